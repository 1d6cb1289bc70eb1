package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// thinned is a file with other bodies for some of its functions. Lines stay where they are.
func thinned(name string, src []byte, cuts []cut) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	at := func(p token.Pos) int { return set.Position(p).Offset }
	var edits []edit
	for _, c := range cuts {
		f := find(file, c.function)
		if f == nil {
			return nil, fmt.Errorf("%s has no function %s in this release of Go: see whether it is still to be cut, and where it is now", name, c.function)
		}
		begin, end := at(f.Body.Lbrace), at(f.Body.Rbrace)+1
		edits = append(edits, edit{begin, end, body(file.Name.Name, f, c.instead) + strings.Repeat("\n", bytes.Count(src[begin:end], []byte("\n")))})
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.begin - a.begin })
	for _, e := range edits {
		src = slices.Concat(src[:e.begin], []byte(e.text), src[e.end:])
	}
	return unusedImports(name, src)
}

type edit struct {
	begin, end int
	text       string
}

// find is a function by its name, a method by its receiver's type too: (*T).m or T.m. Nil if there is none with a body.
func find(file *ast.File, name string) *ast.FuncDecl {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && nameOf(f) == name {
			return f
		}
	}
	return nil
}

func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	switch t := f.Recv.List[0].Type.(type) {
	case *ast.Ident:
		return t.Name + "." + f.Name.Name
	case *ast.StarExpr:
		if id, ok := t.X.(*ast.Ident); ok {
			return "(*" + id.Name + ")." + f.Name.Name
		}
	}
	return "" // a method of a type with parameters, of which none is cut
}

// body is what a function does instead: stop the program, unless something else is said.
func body(pkg string, f *ast.FuncDecl, instead string) string {
	switch {
	case instead != never:
		return "{ " + instead + " }"
	case pkg != "runtime":
		return `{ panic("cut from the engine") }`
	case f.Type.Results != nil:
		return `{ throw("cut from the engine"); for {} }`
	}
	return `{ throw("cut from the engine") }`
}

// unusedImports gives imports that nothing uses any more the name _.
func unusedImports(name string, src []byte) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, 0)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	for _, spec := range slices.Backward(file.Imports) {
		full, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if spec.Name == nil && !used[path.Base(full)] {
			at := set.Position(spec.Path.Pos()).Offset
			src = slices.Concat(src[:at], []byte("_ "), src[at:])
		}
	}
	return src, nil
}
