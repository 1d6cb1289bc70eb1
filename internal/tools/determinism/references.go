package determinism

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"strconv"
	"strings"
)

// forbiddenPackages may not be imported at all; a path that ends in "/" stands for everything below it.
var forbiddenPackages = []struct{ path, rule, text string }{
	{"os", "host", "the world has no files, environment or host; take what is needed as input"},
	{"os/", "host", "the world has no processes, signals or users"},
	{"net", "host", "the world has no network; a request is an input"},
	{"net/", "host", "the world has no network; a request is an input"},
	{"syscall", "host", "the world has no kernel below it"},
	{"syscall/", "host", "the world has no browser below it; that is wasm/browser"},
	{"runtime", "host", "nothing may depend on the Go runtime, its version or its goroutines"},
	{"runtime/", "host", "nothing may depend on the Go runtime, its version or its goroutines"},
	{"log", "host", "never log inside a library; return it, or append it to the trace"},
	{"log/", "host", "never log inside a library; return it, or append it to the trace"},
	{"crypto/rand", "random", "draw from a stream forked by name from the seed"},
	{"hash/maphash", "random", "its seed differs in each process"},
	{"sync", "concurrency", "one goroutine owns a world"},
	{"sync/", "concurrency", "one goroutine owns a world"},
	{"context", "concurrency", "nothing blocks in a world, so nothing can be cancelled"},
}

// forbiddenNames are single names of packages that are otherwise welcome.
var forbiddenNames = map[string]struct{ rule, text string }{
	"time.Now":          {"clock", "ask the clock you were given"},
	"time.Since":        {"clock", "subtract from the clock you were given"},
	"time.Until":        {"clock", "subtract from the clock you were given"},
	"time.Sleep":        {"clock", "put an event on the queue"},
	"time.After":        {"clock", "put an event on the queue"},
	"time.AfterFunc":    {"clock", "put an event on the queue"},
	"time.Tick":         {"clock", "put an event on the queue"},
	"time.NewTimer":     {"clock", "put an event on the queue"},
	"time.NewTicker":    {"clock", "put an event on the queue"},
	"time.Timer":        {"clock", "put an event on the queue"},
	"time.Ticker":       {"clock", "put an event on the queue"},
	"time.Local":        {"host", "print in UTC"},
	"time.LoadLocation": {"host", "it reads the host's zones; use time.LoadLocationFromTZData with embedded data"},
}

func (c *checker) imports(file *ast.File) {
	base := filepath.Base(c.Fset.Position(file.Package).Filename)
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if prefix, ok := c.MayImport[path]; ok && strings.HasPrefix(base, prefix) {
			continue
		}
		for _, f := range forbiddenPackages {
			if path == f.path || strings.HasSuffix(f.path, "/") && strings.HasPrefix(path, f.path) {
				c.report(spec.Pos(), f.rule, "import of %s: %s", path, f.text)
			}
		}
	}
}

// references refuses single names: the wall clock, shared sources of chance, inexact functions, builtins.
func (c *checker) references(n ast.Node, stack []ast.Node) {
	id, ok := n.(*ast.Ident)
	if !ok {
		return
	}
	obj := c.Info.Uses[id]
	if b, ok := obj.(*types.Builtin); ok && (b.Name() == "print" || b.Name() == "println") {
		c.report(id.Pos(), "host", "builtin %s writes to the host; return it, or append it to the trace", b.Name())
		return
	}
	if obj == nil || obj.Pkg() == nil {
		return
	}
	path, name := obj.Pkg().Path(), obj.Name()
	if method(obj) {
		if path == "time" && name == "Local" {
			c.report(id.Pos(), "host", "Time.Local is the host's zone; print in UTC")
		}
		return
	}
	if f, ok := forbiddenNames[path+"."+name]; ok {
		c.report(id.Pos(), f.rule, "%s.%s: %s", path, name, f.text)
	}
	_, function := obj.(*types.Func)
	switch {
	case path == "time" && (name == "Unix" || name == "UnixMilli" || name == "UnixMicro") && !madeUTC(stack):
		c.report(id.Pos(), "host", "time.%s is in the host's zone; write time.%s(...).UTC()", name, name)
	case (path == "math/rand" || path == "math/rand/v2") && function && !strings.HasPrefix(name, "New"):
		c.report(id.Pos(), "random", "%s.%s draws from the shared source; draw from a stream forked by name from the seed", path, name)
	case path == "math" && function && !floatFuncs[name]:
		c.report(id.Pos(), "float", "math.%s differs between processors; use a fixed table", name)
	}
}

func method(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	return ok && f.Signature().Recv() != nil
}

// madeUTC tells whether the name on top of the stack is called and its result put into UTC: time.Unix(...).UTC().
func madeUTC(stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel.Name == "UTC" {
				return true
			}
		case *ast.CallExpr:
		default:
			return false
		}
	}
	return false
}

// pointers refuses addresses, which differ from run to run, as text or as numbers.
func (c *checker) pointers(n ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	if tv, ok := c.Info.Types[call.Fun]; ok && tv.IsType() {
		b, isBasic := tv.Type.Underlying().(*types.Basic)
		if arg := c.Info.TypeOf(call.Args[0]); isBasic && b.Kind() == types.Uintptr && arg != nil && types.Identical(arg, types.Typ[types.UnsafePointer]) {
			c.report(call.Pos(), "pointer", "an address as a number differs from run to run")
		}
		return
	}
	f, ok := c.callee(call).(*types.Func)
	if !ok {
		return
	}
	if f.Pkg() != nil && f.Pkg().Path() == "reflect" && (f.Name() == "Pointer" || f.Name() == "UnsafePointer" || f.Name() == "UnsafeAddr") {
		c.report(call.Pos(), "pointer", "an address as a number differs from run to run")
	}
	if !strings.HasSuffix(f.Name(), "f") && (f.Pkg() == nil || f.Pkg().Path() != "fmt") {
		return
	}
	for _, arg := range call.Args {
		if v := c.Info.Types[arg].Value; v != nil && formatsPointer(v.ExactString()) {
			c.report(arg.Pos(), "pointer", "%%p prints an address, which differs from run to run")
		}
	}
}

// formatsPointer tells whether a format has the verb p, with or without flags; "%%p" has not.
func formatsPointer(format string) bool {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		for i < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[i]) >= 0 {
			i++
		}
		if i < len(format) && format[i] == 'p' {
			return true
		}
	}
	return false
}
