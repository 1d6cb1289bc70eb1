// Package workload is what the containers of a world run: a catalog of model images, and what each does when it is
// started with some arguments: how long it takes to start, when it ends and how, and what a request to stop does to it.
//
//	"nginx:1.27" ──Catalog.Find──> Image{Bytes, …} ──Behave(argv)──> Behaviour{Starts, Runs, ExitCode, …}
//
// Images are data. A lesson can bring its own.
package workload
