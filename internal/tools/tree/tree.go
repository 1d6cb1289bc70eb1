// Package tree reads the module's own source, so that tests can hold the house to its rules.
//
// It parses every file whatever its build tags, because a rule that holds only on Linux is no rule:
//
//	folder --walk--> *.go --go/parser--> []Package{Path, Files{AST, Imports, Lines}}
//
// Nested modules, testdata, node_modules and folders that the go command skips are left out.
package tree

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Package is one folder of Go files.
type Package struct {
	Path  string // relative to the module's root, with slashes; "." for the root itself
	Name  string // of the package clause, without _test
	Files []File // by name
}

// File is one parsed Go file.
type File struct {
	Name      string // relative to the module's root, with slashes
	Test      bool   // its name ends in _test.go
	Generated bool   // its name ends in _gen.go
	Lines     int
	Imports   []string // import paths, in the file's order
	AST       *ast.File
}

// Load reads the module that lies in root, packages by path. Positions refer to fset.
func Load(fset *token.FileSet, root string) ([]Package, error) {
	var packages []Package
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() {
			return nil
		}
		if name != root && skipped(name) {
			return fs.SkipDir
		}
		p, err := loadPackage(fset, root, name)
		if err != nil || len(p.Files) == 0 {
			return err
		}
		packages = append(packages, p)
		return nil
	})
	slices.SortFunc(packages, func(a, b Package) int { return strings.Compare(a.Path, b.Path) })
	return packages, err
}

func skipped(dir string) bool {
	base := filepath.Base(dir)
	if base == "testdata" || base == "node_modules" || base[0] == '.' || base[0] == '_' {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func loadPackage(fset *token.FileSet, root, dir string) (Package, error) {
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return Package{}, err
	}
	p := Package{Path: filepath.ToSlash(rel)}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return Package{}, err
	}
	for _, name := range names {
		f, err := loadFile(fset, name)
		if err != nil {
			return Package{}, err
		}
		f.Name = path.Join(p.Path, filepath.Base(name))
		p.Name = strings.TrimSuffix(f.AST.Name.Name, "_test")
		p.Files = append(p.Files, f)
	}
	return p, nil
}

func loadFile(fset *token.FileSet, name string) (File, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return File{}, err
	}
	parsed, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return File{}, fmt.Errorf("tree: %w", err)
	}
	f := File{
		Test:      strings.HasSuffix(name, "_test.go"),
		Generated: strings.HasSuffix(name, "_gen.go"),
		Lines:     bytes.Count(source, []byte("\n")),
		AST:       parsed,
	}
	for _, spec := range parsed.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			f.Imports = append(f.Imports, p)
		}
	}
	return f, nil
}
