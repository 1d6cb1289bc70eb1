package slipway_test

import (
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/tree"
)

// tooHeavy are packages that must not come into the engine again, not even by way of another: what each weighed
// there, with what it alone needs, is in docs/bench.md and docs/decisions/003-own-yaml-reader.md.
var tooHeavy = []string{"fmt", "os", "encoding/json", "encoding/hex", "text/tabwriter", "regexp", "regexp/syntax", "text/template", "html/template", "net/http", yaml}

func TestTheEngineStaysFreeOfHeavyPackages(t *testing.T) {
	list := exec.Command("go", "list", "-tags", "engine", "-deps", "./wasm/browser")
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
			t.Errorf("the engine imports %s: fmt, json, yaml and sorting below internal/ are there instead; `GOOS=js GOARCH=wasm go list -tags engine -deps -f '{{.ImportPath}} {{.Imports}}' ./wasm/browser` shows by which way", path)
		}
	}
}

// unknownVerb is what internal/fmt does not print.
var unknownVerb = regexp.MustCompile(`%(?:[^sdqvcTw%#]|#[^v])`)

func TestTheEngineFormatsWithVerbsThatExist(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range packages {
		for _, f := range p.Files {
			if f.Test || !slices.Contains(f.Imports, module+"/internal/fmt") {
				continue
			}
			ast.Inspect(f.AST, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && len(calls(call.Fun, "fmt", []string{"Sprintf", "Errorf", "Fprintf"})) > 0 {
					seen++
					for _, bad := range formats(call, unknownVerb) {
						t.Errorf("%s: internal/fmt does not know %s", f.Name, bad)
					}
				}
				return true
			})
		}
	}
	if seen < 50 {
		t.Errorf("only %d formats were looked at", seen)
	}
}

// formats lists what of the literals in a call's first two arguments matches.
func formats(call *ast.CallExpr, match *regexp.Regexp) []string {
	var found []string
	for _, arg := range call.Args[:min(2, len(call.Args))] {
		ast.Inspect(arg, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				found = append(found, match.FindAllString(strings.ReplaceAll(lit.Value, "%%", ""), -1)...)
			}
			return true
		})
	}
	return found
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

// calls lists the functions of a package, of those asked for, that a piece of code uses.
func calls(in ast.Node, from string, names []string) []string {
	var found []string
	ast.Inspect(in, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, sel.Sel.Name) {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == from {
				found = append(found, sel.Sel.Name)
			}
		}
		return true
	})
	return found
}
