package determinism

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Package is type-checked source: what [Check] reads.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Info  *types.Info
	// MayImport names packages of the standard library that this package may use although the
	// rules forbid them, for the files whose base name begins with the prefix: {"sync/atomic": "index"}.
	MayImport map[string]string
}

// Finding is one place that breaks one rule.
type Finding struct {
	Pos  token.Position
	Rule string // "map", "clock", "random", "host", "concurrency", "float" or "pointer"
	Text string // what was found and what to write instead
}

// String is the finding as a compiler would print it.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s", f.Pos, f.Rule, f.Text)
}

// Check lists what breaks the rules, by file and then by position.
func Check(p Package) []Finding {
	c := &checker{Package: p, marks: make(map[string]map[int]bool)}
	for _, file := range p.Files {
		c.readMarks(file)
		c.imports(file)
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			c.concurrency(n)
			c.mapOrder(n, stack)
			c.floats(n)
			c.references(n, stack)
			c.pointers(n)
			return true
		})
	}
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Offset, b.Pos.Offset))
	})
	return c.found
}

type checker struct {
	Package
	found []Finding
	// marks holds "file:marker" -> lines that end a comment with that marker.
	marks map[string]map[int]bool
}

const (
	orderMark = "//order:irrelevant "
	floatMark = "//float:exact "
)

func (c *checker) report(pos token.Pos, rule, format string, args ...any) {
	c.found = append(c.found, Finding{c.Fset.Position(pos), rule, fmt.Sprintf(format, args...)})
}

func (c *checker) readMarks(file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			for _, mark := range []string{orderMark, floatMark} {
				why, ok := strings.CutPrefix(comment.Text, mark)
				if !ok || strings.TrimSpace(why) == "" {
					continue
				}
				// The reason may go on for some lines: the comment's last line is what stands above the code.
				end := c.Fset.Position(group.End())
				key := end.Filename + mark
				if c.marks[key] == nil {
					c.marks[key] = make(map[int]bool)
				}
				c.marks[key][end.Line] = true
			}
		}
	}
}

// marked tells whether the line above pos ends a comment with the marker and a reason.
func (c *checker) marked(pos token.Pos, mark string) bool {
	at := c.Fset.Position(pos)
	return c.marks[at.Filename+mark][at.Line-1]
}

// statement is the innermost statement on the stack: a marker may stand above it as well.
func statement(stack []ast.Node) ast.Node {
	for _, n := range slices.Backward(stack) {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
	}
	return nil
}
