//go:build engine && machine

package kubectl

// verbs are none in the engine for lessons about a machine: its terminal is a shell there, and beside it is no cluster that kubectl could ask.
func verbs() []*verb { return nil }
