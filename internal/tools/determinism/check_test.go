package determinism

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// bad holds a snippet for each rule; every line that must be found ends in "// want <rule>".
var bad = []struct{ name, source string }{
	{"clock", `import "time"
		func f() { _ = time.Now() } // want clock
		func g(t time.Time) time.Duration { return time.Since(t) } // want clock
		func h(t time.Time) time.Duration { return time.Until(t) } // want clock
		func i() { time.Sleep(1) } // want clock
		func j() { f := time.Now; _ = f } // want clock
		func k() { _ = time.After(1) } // want clock
		func l() { time.AfterFunc(1, func() {}) } // want clock
		func m() { _ = time.NewTimer(1) } // want clock
		func n() { _ = time.NewTicker(1) } // want clock
		func o() { _ = time.Tick(1) } // want clock
		var p *time.Timer // want clock
		var ok time.Duration = 2 * time.Second`},
	{"zone", `import "time"
		func f(t time.Time) time.Time { return t.Local() } // want host
		func g(t time.Time) time.Time { return t.In(time.Local) } // want host
		func h() (*time.Location, error) { return time.LoadLocation("Asia/Saigon") } // want host
		func i() time.Time { return time.Unix(1, 0) } // want host
		func j() time.Time { return time.UnixMilli(1).Add(1) } // want host
		func ok() time.Time { return time.Unix(1, 0).UTC() }`},
	{"random", `import "math/rand/v2"
		import old "math/rand"
		import secret "crypto/rand" // want random
		import "hash/maphash" // want random
		func f() int { return rand.IntN(3) } // want random
		func g() int { return old.Intn(3) } // want random
		func h() { old.Shuffle(3, func(i, j int) {}) } // want random
		var _ maphash.Hash; var _ = secret.Reader
		func ok() int { return rand.New(rand.NewPCG(1, 2)).IntN(3) }`},
	{"host", `import "os" // want host
		import "os/exec" // want host
		import "net" // want host
		import "net/url" // want host
		import "runtime" // want host
		import "runtime/debug" // want host
		import "syscall" // want host
		import "log" // want host
		import "log/slog" // want host
		func f() { println(os.Args, exec.ErrDot, net.ErrClosed, url.PathEscape(""), runtime.GOOS) } // want host
		func g() { debug.FreeOSMemory(); log.Print(slog.LevelInfo, syscall.EINVAL) }`},
	{"concurrency", `import "sync" // want concurrency
		import "sync/atomic" // want concurrency
		import "context" // want concurrency
		var _ sync.Mutex; var _ atomic.Int64; var _ context.Context
		func f() { go f() } // want concurrency
		func g() { select {} } // want concurrency
		func h(c chan int) {} // want concurrency
		type t = interface{ C() <-chan int } // want concurrency
		func i(c t) int { return <-c.C() } // want concurrency
		type s interface{ C() chan<- int } // want concurrency
		func j(c s) { c.C() <- 1 } // want concurrency
		func k(c t) { for range c.C() {} } // want concurrency`},
	{"map", `import ("maps"; "slices"; "reflect")
		type set map[string]int
		func f(m map[string]int) { for k := range m { _ = k } } // want map
		func g(m set) { for _, v := range m { _ = v } } // want map
		func h[M ~map[string]int](m M) { for k := range m { _ = k } } // want map
		func i(m set) { for k := range maps.Keys(m) { _ = k } } // want map
		func j(m set) []int { return slices.Collect(maps.Values(m)) } // want map
		func k(m set) { for a, b := range maps.All(m) { _, _ = a, b } } // want map
		func l(m set) []reflect.Value { return reflect.ValueOf(m).MapKeys() } // want map
		//order:irrelevant
		func noReason(m set) { for k := range m { _ = k } } // want map
		func o(m set) {
			//order:irrelevant too far above

			for k := range m { _ = k } // want map
		}
		func ok(m set) (n int) {
			for _, k := range slices.Sorted(maps.Keys(m)) { _ = k }
			for range m { n++ }
			//order:irrelevant a sum is a sum,
			// whichever way it is added up
			for _, v := range m { n += v }
			//order:irrelevant only the length counts
			n += len(slices.Collect(maps.Keys(m)))
			for k := range []string{} { _ = k }
			m = maps.Collect(maps.All(m))
			return n
		}`},
	{"float", `import ("math"; "slices"; "cmp")
		func f(x, y, z float64) float64 { return x*y + z } // want float
		func g(x, y, z float32) float32 { return z - (x * y) } // want float
		func h(x, y, z float64) float64 { z += x * y; return z } // want float
		func i(x, y, z float64) float64 { return -(x * y) + z } // want float
		func j(x, y float64) bool { return x == y } // want float
		func k(x, y float64) bool { return x < y } // want float
		func l(x float64) float64 { return math.Log(x) } // want float
		func m(x float64) float64 { return math.Pow(x, 2) } // want float
		func n(x float64) float64 { return math.Exp(x) } // want float
		var o map[float64]int // want float
		func p(x []float64) { slices.Sort(x) } // want float
		func q(x, y float64) int { return cmp.Compare(x, y) } // want float
		func ok(x, y, z float64) bool {
			z = float64(x*y) + z
			z = math.Floor(z) + math.Sqrt(z)
			//float:exact both are the number the user typed
			if x == y { return true }
			return z > 0.5
		}`},
	{"pointer", `import ("fmt"; "reflect"; "unsafe")
		func f(x *int) string { return fmt.Sprintf("%p", x) } // want pointer
		func g(x *int) string { return fmt.Sprintf("at %#08p", x) } // want pointer
		func h(x *int) uintptr { return uintptr(unsafe.Pointer(x)) } // want pointer
		func i(x *int) uintptr { return reflect.ValueOf(x).Pointer() } // want pointer
		func logf(format string, args ...any) {}
		func j(x *int) { logf("%p", x) } // want pointer
		func ok(x *int) string { return fmt.Sprintf("%d%%p", *x) }`},
}

func TestEveryRuleCatchesItsBadCode(t *testing.T) {
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			source := "package p\n" + tt.source
			want := make(map[int]string)
			for i, line := range strings.Split(source, "\n") {
				if _, rule, ok := strings.Cut(line, "// want "); ok {
					want[i+1] = rule
				}
			}
			got := make(map[int]string)
			for _, f := range Check(load(t, source)) {
				got[f.Pos.Line] = f.Rule
				if want[f.Pos.Line] != f.Rule {
					t.Errorf("found what is allowed: %s", f)
				}
			}
			for line, rule := range want {
				if got[line] != rule {
					t.Errorf("line %d: not found: %s: %s", line, rule, strings.Split(source, "\n")[line-1])
				}
			}
		})
	}
}

func TestAnExceptionHoldsOnlyForItsFiles(t *testing.T) {
	p := load(t, "package p\nimport \"sync/atomic\"\nvar _ atomic.Int64\n")
	p.MayImport = map[string]string{"sync/atomic": "snippet"}
	if got := Check(p); len(got) != 0 {
		t.Errorf("in a file the exception names: %v", got)
	}
	p.MayImport = map[string]string{"sync/atomic": "index"}
	if got := Check(p); len(got) != 1 {
		t.Errorf("in another file: %v", got)
	}
}

func load(t *testing.T, source string) Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "snippet.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Uses: make(map[*ast.Ident]types.Object),
		Instances: make(map[*ast.Ident]types.Instance),
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	return Package{Fset: fset, Files: []*ast.File{file}, Info: info}
}
