// Command thinstd makes the standard library thinner for the engine.
//
//	thinstd GOROOT/src DIR --> DIR/overlay.json and changed copies of files, for go build -overlay DIR/overlay.json
//
// A first look: cuts.go lists functions by file, and what each does instead. Most of them the engine cannot reach, because nothing in it
// writes a trace, calls C or sets GODEBUG; but the linker cannot know that, and keeps them and all they call.
//
// DIR has to be one that go build ./... passes by, such as one that begins with an underscore.
//
// A function that is not where cuts.go says is an error. With another release of Go than cuts.go was made for the overlay is empty: the engine is
// heavier then, and works.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: thinstd SRC DIR\n\nwrites DIR/overlay.json for go build -overlay, SRC being the standard library's source")
		os.Exit(2)
	}
	cuts := files
	if !knows(runtime.Version()) {
		fmt.Fprintf(os.Stderr, "thinstd: it knows the standard library of %s and this is %s: the engine is built with all of it, 65 KB heavier\n", madeFor, runtime.Version())
		cuts = nil
	}
	if err := write(os.Args[1], os.Args[2], cuts); err != nil {
		fmt.Fprintln(os.Stderr, "thinstd:", err)
		os.Exit(1)
	}
}

// madeFor is the release of Go whose standard library cuts.go was read for.
const madeFor = "go1.26"

func knows(version string) bool { return version == madeFor || strings.HasPrefix(version, madeFor+".") }

// write puts the changed files and the overlay that names them into dir.
func write(src, dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	replace := map[string]string{} // by absolute path
	for _, f := range files {
		name := filepath.Join(src, f.name)
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		thin, err := thinned(f.name, text, f.cuts)
		if err != nil {
			return err
		}
		to, err := filepath.Abs(filepath.Join(dir, strings.ReplaceAll(f.name, "/", "_")))
		if err != nil {
			return err
		}
		if err := os.WriteFile(to, thin, 0o644); err != nil {
			return err
		}
		replace[name] = to
	}
	overlay, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o644)
}
