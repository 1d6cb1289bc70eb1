// Command wasmpack makes a Go program for WebAssembly smaller to download, without changing what it does.
//
// Two things in such a program cost a visitor bytes and give nothing:
//
//   - The linker cuts the initial memory at every few zero bytes, into some ninety thousand segments with a
//     header each. Joined again, the zeros between them compress to next to nothing.
//   - The runtime's function table (pclntab) knows the file, line and inlined calls of every instruction. They are read only
//     to print a stack trace. What unwinding, the garbage collector and recover need stays, and so do the functions' names.
//
// The way through the program:
//
//	module --sections--> data segments --one image--> pclntab: drop line tables --few segments--> module
//
// A stack trace of a packed program has the functions' names and ? for their lines; the same commit built
// without wasmpack gives the lines. Only the layout of Go 1.20 to 1.26 is known: another one is an error, never
// a guess. Usage: wasmpack [-names=false] FILE rewrites FILE in place.
//
// Source: the WebAssembly core specification, "Binary Format"; the Go runtime's symtab.go and runtime2.go.
package main
