// Command wasmpack makes a Go program for WebAssembly smaller to download, without changing what it does.
//
// Some things in such a program cost a visitor bytes and give nothing:
//
//   - The linker cuts the initial memory at every few zero bytes, into some ninety thousand segments with a
//     header each. Joined again, the zeros between them compress to next to nothing.
//   - The runtime's function table (pclntab) knows the file, line and inlined calls of every instruction. They are read only
//     to print a stack trace, and what is for interrupting a function never. What unwinding, the garbage collector and recover need
//     stays; names stay with -names.
//     What stays is written by columns (columns.go, maps.go), and a function that runs when the module starts makes rows of them (start.go).
//   - The compiler adds up 64-bit addresses where an instruction has an offset (address.go), and writes a constant that is
//     different at every call where a function can count (resume.go), by numbers that could be nearer to each other (numbers.go). It jumps by way of a table where a branch leads ahead
//     (jump.go), opens blocks far from where they are used (blocks.go), leads out of a function where it can return, finds arguments at another place in every function (end.go),
//     and never looks back at the instruction before (shorter.go). And brotli takes what it writes for text (context.go).
//
// The way through the program:
//
//	module --sections--> data segments --one image--> pclntab: drop line tables, columns --few segments--> module
//	                \--> functions --instructions--> offsets, counted blocks, returns in place, ends of frames -->/
//
// A stack trace of a packed program has program counters, of which the upper half is the number of the function; with -names
// it has the functions' names, and the same commit built without wasmpack gives the lines. Only the layout of Go 1.26 is
// known: another one is an error, never a guess; so is a program that has been packed. Usage: wasmpack [-names] FILE rewrites
// FILE in place.
//
// Source: the WebAssembly core specification, "Binary Format"; the Go runtime's symtab.go and runtime2.go.
package main
