package slipway_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/tools/tree"
)

func TestEveryPackageAndExportedNameIsDocumented(t *testing.T) {
	fset := token.NewFileSet()
	packages, err := tree.Load(fset, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		for _, v := range undocumented(fset, p) {
			t.Error(v)
		}
	}
}

// undocumented lists what the package does not explain: itself, and its exported names.
func undocumented(fset *token.FileSet, p tree.Package) []string {
	var found []string
	var comment string
	hasCode := false
	for _, f := range p.Files {
		if f.Test {
			continue
		}
		hasCode = true
		if f.AST.Doc != nil {
			comment += f.AST.Doc.Text()
		}
		for _, decl := range f.AST.Decls {
			for _, id := range silent(decl) {
				found = append(found, fmt.Sprintf("%s: exported %s has no comment: say what it is, its units, order and errors", fset.Position(id.Pos()), id.Name))
			}
		}
	}
	opening := "Package " + p.Name + " "
	if p.Name == "main" {
		opening = "Command "
	}
	if hasCode && !strings.HasPrefix(comment, opening) {
		found = append(found, fmt.Sprintf("%s: no package comment that begins with %q: one sentence a newcomer can say aloud", p.Path, opening))
	}
	return found
}

// silent lists the exported names a declaration makes without a comment.
func silent(decl ast.Decl) []*ast.Ident {
	var names []*ast.Ident
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && !selfExplaining(d) {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				// A group of constants may be explained once, above it.
				if d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Names...)
				}
			}
		}
	}
	return slices.DeleteFunc(names, func(id *ast.Ident) bool { return !id.IsExported() })
}

// selfExplaining tells whether a function is a method of an unexported type, or one whose meaning the
// standard library fixed.
func selfExplaining(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return false
	}
	receiver := d.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
			continue
		case *ast.IndexExpr:
			receiver = r.X
			continue
		case *ast.IndexListExpr:
			receiver = r.X
			continue
		case *ast.Ident:
			if !r.IsExported() {
				return true
			}
		}
		break
	}
	return slices.Contains([]string{"String", "Error", "Unwrap", "Len", "Less", "Swap", "MarshalJSON", "UnmarshalJSON",
		"MarshalText", "UnmarshalText", "Read", "Write", "Close", "ServeHTTP"}, d.Name.Name)
}

func TestEveryConceptHasAnExample(t *testing.T) {
	packages, err := tree.Load(token.NewFileSet(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		room, _, _ := strings.Cut(p.Path, "/")
		if !slices.Contains([]string{"labels", "isolate", "orchestrate", "playground", "lessons"}, room) {
			continue
		}
		if !exemplified(p) {
			t.Errorf("package %s has no Example with an // Output: a concept that does not run is not understood", p.Path)
		}
	}
}

// exemplified tells whether the package has a runnable example, or exports nothing that could have one.
func exemplified(p tree.Package) bool {
	exports := false
	for _, f := range p.Files {
		for _, decl := range f.AST.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			exports = exports || !f.Test && d.Name.IsExported()
			if !f.Test || !strings.HasPrefix(d.Name.Name, "Example") {
				continue
			}
			for _, c := range f.AST.Comments {
				output := strings.HasPrefix(c.Text(), "Output:") || strings.HasPrefix(c.Text(), "Unordered output:")
				if output && c.Pos() > d.Pos() && c.End() < d.End() {
					return true
				}
			}
		}
	}
	return !exports
}

func TestTheDocGuardsCatch(t *testing.T) {
	const documented = "// Package p says a sentence.\npackage p\n"
	tests := []struct {
		name, source, test string
		want               []string // parts of what is found, in order
	}{
		{"nothing missing", documented + "// F is.\nfunc F() {}\n// T is.\ntype T struct{}\n// M is.\nfunc (T) M() {}", exampleOutput, nil},
		{"no package comment", "package p\n", "", []string{"no package comment"}},
		{"a package comment that is none", "// Some words.\npackage p\n", "", []string{"no package comment"}},
		{"functions and methods", documented + "func F() {}\ntype t[K any] struct{}\nfunc (*t[K]) M() {}\n// U is.\ntype U[K any] int\nfunc (*U[K]) M() {}", exampleOutput, []string{"F has no", "M has no"}},
		{"types", documented + "type T int\ntype (\n// U is.\nU int\nV int\n)", "", []string{"T has no", "V has no"}},
		{"a group explained once", documented + "// The colours.\nconst (\nRed = 1\nBlue = 2\n)\nvar A, b = 1, 2", "", []string{"A has no"}},
		{"methods the standard library explains", documented + "// T is.\ntype T int\nfunc (T) String() string { return \"\" }", exampleOutput, nil},
		{"no example", documented + "// F is.\nfunc F() {}", "package p\nfunc TestF() {}", []string{"no example"}},
		{"an example that does not run", documented + "// F is.\nfunc F() {}", "package p\nfunc ExampleF() { F() }\n// Output: of nobody\n", []string{"no example"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fset := token.NewFileSet()
			p := tree.Package{Path: "p", Name: "p"}
			for name, source := range map[string]string{"p.go": tt.source, "p_test.go": tt.test} {
				if source == "" {
					continue
				}
				parsed, err := parser.ParseFile(fset, name, source, parser.ParseComments)
				if err != nil {
					t.Fatal(err)
				}
				p.Files = append(p.Files, tree.File{Name: name, Test: name == "p_test.go", AST: parsed})
			}
			got := undocumented(fset, p)
			if !exemplified(p) {
				got = append(got, "no example")
			}
			if !slices.EqualFunc(got, tt.want, strings.Contains) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

const exampleOutput = `package p
func ExampleF() {
	F()
	// Output: it runs
}`
