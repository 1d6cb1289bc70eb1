package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

func main() {
	names := flag.Bool("names", false, "keep the functions' names, for stack traces")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: wasmpack [-names] FILE\n\nmakes a Go program for WebAssembly smaller, in place")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if !knows(runtime.Version()) {
		fmt.Fprintf(os.Stderr, "wasmpack: it knows the tables of %s and this is %s: %s stays as it is, a fifth heavier\n", madeFor, runtime.Version(), flag.Arg(0))
		return
	}
	if err := packFile(flag.Arg(0), *names); err != nil {
		fmt.Fprintln(os.Stderr, "wasmpack:", err)
		os.Exit(1)
	}
}

// madeFor is the release of Go whose code and tables are known here. What another one writes is left alone: it works as it is.
const madeFor = "go1.26"

func knows(version string) bool { return version == madeFor || strings.HasPrefix(version, madeFor+".") }

func packFile(name string, keepNames bool) error {
	module, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	packed, err := pack(module, keepNames)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, packed, 0o644)
}

// pack is the whole way: the module with its data in few segments and without line tables, its code shortened, and a function that puts the
// function table together.
func pack(module []byte, keepNames bool) ([]byte, error) {
	all, err := sections(module)
	if err != nil {
		return nil, err
	}
	code, data := find(all, codeSection), find(all, dataSection)
	found, err := segments(data.body)
	if err != nil {
		return nil, err
	}
	memory := image(found)
	t, err := findTable(memory)
	if err != nil {
		return nil, err
	}
	if code.body, err = rewriteCode(code.body, t.pcs); err != nil {
		return nil, err
	}
	if err := emptyTypeFirst(all); err != nil {
		return nil, err
	}
	if err := t.strip(keepNames); err != nil {
		return nil, err
	}
	routines, memory, err := t.unpacker(memory, all)
	if err != nil {
		return nil, err
	}
	data.body = dataBody(memory)
	if all, err = startWith(all, routines); err != nil {
		return nil, err
	}
	return join(withZeros(all)), nil
}
