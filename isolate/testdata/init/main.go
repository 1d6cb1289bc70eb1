// Command init is no program: the function code is what process 1 of a container runs. A test takes its bytes out of the binary.
package main

func code()

func main() { code() }
