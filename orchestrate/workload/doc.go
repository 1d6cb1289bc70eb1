// Package workload is what the containers of a world run: a catalog of model images, and what each does when it is
// started with some arguments: how long it takes to start, what it answers, prints and uses, when it ends and how, and
// what a request to stop does to it.
//
//	"nginx:1.27" ──Catalog.Find──> Image{Layers, Program, …} ──Behave(Launch)──> Behaviour
//	                                                                              │
//	   Answer(port, path, age)   Exec(argv, age)   Lines(from, to)   Usage(age)   End, Stop
//
// All of these are pure functions of how the container was started and how old it is, so nothing a container does has to be
// stored or polled: a world asks for what it needs, and [Behaviour.Change] says when an answer may be another one.
//
// Images are data. A lesson can bring its own. Missing on purpose: file systems beyond names of files, requests between
// containers, and input from a terminal.
package workload
