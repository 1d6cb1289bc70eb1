package slipway_test

import (
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/tree"
)

// tooHeavy are packages that must not come into the engine again, not even by way of another: what each weighed
// there, with what it alone needs, is in docs/bench.md and docs/decisions/003-own-yaml-reader.md.
var tooHeavy = []string{"encoding/json", "regexp", "regexp/syntax", "text/template", "html/template", "net/http", yaml}

func TestTheEngineStaysFreeOfHeavyPackages(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "./wasm/browser")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	closure := strings.Fields(string(out))
	if !slices.Contains(closure, module+"/orchestrate") {
		t.Fatalf("that is not the engine: %s", out)
	}
	for _, path := range closure {
		if slices.Contains(tooHeavy, path) {
			t.Errorf("the engine imports %s; `GOOS=js GOARCH=wasm go list -deps -f '{{.ImportPath}} {{.Imports}}' ./wasm/browser` shows by which way", path)
		}
	}
}

// copied are functions that are compiled anew, several kilobytes each time, for every type they are called with. In the engine
// internal/sorting stands for them, except in the files listed, which sort while a world moves.
var (
	copied     = []string{"SortFunc", "SortStableFunc", "SortedFunc", "SortedStableFunc"}
	mayBeQuick = []string{"orchestrate/store/order.go"}
)

func TestTheEngineSortsWithOneCopyOfTheCode(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		i := slices.IndexFunc(house, func(r room) bool { return r.path == p.Path })
		if i < 0 || house[i].host || p.Path == "lessons" { // lessons are read where the site is built
			continue
		}
		for _, f := range p.Files {
			if !f.Test && !slices.Contains(mayBeQuick, f.Name) {
				for _, name := range calls(f.AST, "slices", copied) {
					t.Errorf("%s calls slices.%s, which is compiled anew for each type: call internal/sorting", f.Name, name)
				}
			}
		}
	}
}

// calls lists the functions of a package, of those asked for, that a file uses.
func calls(file *ast.File, from string, names []string) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, sel.Sel.Name) {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == from {
				found = append(found, sel.Sel.Name)
			}
		}
		return true
	})
	return found
}
