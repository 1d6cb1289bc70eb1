package slipway_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/determinism"
	"github.com/slipway-dev/slipway/internal/tools/tree"
)

// replayable tells whether the package promises the same world for the same inputs. Where something
// real waits, it cannot: the API server, the test cluster, the site's server, the share service.
func replayable(path string) bool {
	switch path {
	case "orchestrate/apiserver", "orchestrate/clustertest", "playground/server", "playground/share":
		return false
	case "labels", "isolate/model", "isolate/model/userland", "isolate/model/lab", "internal/shell", "orchestrate", "playground":
		return true
	}
	return strings.HasPrefix(path, "labels/") || strings.HasPrefix(path, "orchestrate/") || strings.HasPrefix(path, "playground/")
}

// mayImport is what a replayable package may import although the rules forbid it, for files with a prefix.
func mayImport(path string) map[string]string {
	if path == "labels" {
		// One writer and many readers share an index: its gate and what lies behind it are atomic, and a reader that
		// waits lets others run. The hash tables find, they are never listed, so their seed shows nowhere.
		return map[string]string{"sync/atomic": "", "runtime": "gate", "hash/maphash": ""}
	}
	return nil
}

func TestNothingReplayableDependsOnTheHost(t *testing.T) {
	fset := token.NewFileSet()
	packages, err := tree.Load(fset, ".")
	if err != nil {
		t.Fatal(err)
	}
	exported, err := exportData()
	if err != nil {
		t.Fatal(err)
	}
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		file, ok := exported[path]
		if !ok {
			return nil, fmt.Errorf("go list knows no compiled package %s", path)
		}
		return os.Open(file)
	})
	for _, p := range packages {
		if !replayable(p.Path) {
			continue
		}
		t.Run(p.Path, func(t *testing.T) {
			tagged := slices.ContainsFunc(p.Files, func(f tree.File) bool { return !f.Test && buildTags(f.AST) != nil })
			for _, debug := range []bool{false, true} {
				if debug && !tagged {
					continue
				}
				checked, err := typeCheck(fset, imports, p, debug)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range determinism.Check(checked) {
					t.Error(f)
				}
			}
		})
	}
}

// exportData compiles the module's packages and says where the compiler's description of each of them
// and of what they import lies.
func exportData() (map[string]string, error) {
	cmd := exec.Command("go", "list", "-e", "-export", "-deps", "-json=ImportPath,Export", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	files := make(map[string]string)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return files, nil
		} else if err != nil {
			return nil, err
		}
		if p.Export != "" {
			files[p.ImportPath] = p.Export
		}
	}
}

// typeCheck checks the package's files that are not tests. The tags of a debug build are on or off
// together; a replayable package has no platform's own files.
func typeCheck(fset *token.FileSet, imports types.Importer, p tree.Package, debug bool) (determinism.Package, error) {
	checked := determinism.Package{
		Fset: fset, MayImport: mayImport(p.Path),
		Info: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object),
			Instances: make(map[*ast.Ident]types.Instance),
		},
	}
	for _, f := range p.Files {
		if f.Test {
			continue
		}
		if tags := buildTags(f.AST); tags == nil || tags.Eval(func(string) bool { return debug }) {
			checked.Files = append(checked.Files, f.AST)
		}
	}
	conf := types.Config{Importer: imports}
	_, err := conf.Check(module+"/"+p.Path, fset, checked.Files, checked.Info)
	return checked, err
}

// buildTags is the file's go:build line, nil if it has none.
func buildTags(file *ast.File) constraint.Expr {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Pos() > file.Package || !constraint.IsGoBuild(c.Text) {
				continue
			}
			if expr, err := constraint.Parse(c.Text); err == nil {
				return expr
			}
		}
	}
	return nil
}

// Nobody reads a file of a thousand lines from its first to its last.
const (
	longFile    = 400 // reported
	tooLongFile = 500 // fails
)

func TestNoFileIsTooLong(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		for _, f := range p.Files {
			switch {
			case f.Generated:
			case f.Lines > tooLongFile:
				t.Errorf("%s has %d lines, more than %d: look for the second concept", f.Name, f.Lines, tooLongFile)
			case f.Lines > longFile:
				t.Logf("%s has %d lines, more than %d: look for the second concept", f.Name, f.Lines, longFile)
			}
		}
	}
}
