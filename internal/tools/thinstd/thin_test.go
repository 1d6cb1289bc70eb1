package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const source = `package some

import (
	"fmt"
	"strings"
)

func kept() string { return strings.ToLower("A") }

func cut(n int) (string, error) {
	fmt.Println(n)
	return "", nil
}

type T struct{}

func (t *T) cut() { fmt.Println("{") }
func (t T) plain() bool {
	return false
}
`

func TestThinnedHasOtherBodiesOnTheSameLines(t *testing.T) {
	got, err := thinned("some.go", []byte(source), []cut{{"cut", never}, {"(*T).cut", ""}, {"T.plain", "return true"}})
	require.NoError(t, err)
	require.Equal(t, `package some

import (
	_ "fmt"
	"strings"
)

func kept() string { return strings.ToLower("A") }

func cut(n int) (string, error) { panic("cut from the engine") }




type T struct{}

func (t *T) cut() {  }
func (t T) plain() bool { return true }


`, string(got))
}

func TestInTheRuntimeWhatIsNeverCalledThrows(t *testing.T) {
	got, err := thinned("r.go", []byte("package runtime\nfunc a() {}\nfunc b() int { return 1 }\n"), []cut{{"a", never}, {"b", never}})
	require.NoError(t, err)
	require.Equal(t, "package runtime\nfunc a() { throw(\"cut from the engine\") }\nfunc b() int { throw(\"cut from the engine\"); for {} }\n", string(got))
}

func TestAFunctionThatIsNotThereIsAnError(t *testing.T) {
	for _, name := range []string{"gone", "T.cut", "(*T).plain", "T"} {
		_, err := thinned("some.go", []byte(source), []cut{{name, never}})
		require.ErrorContains(t, err, "some.go has no function "+name)
	}
	require.ErrorContains(t, write(t.TempDir(), t.TempDir(), files), "no such file")
}

// goroot is where the standard library is.
func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

// TestEveryCutIsThere needs no build: a release of Go that moves a function fails here first.
func TestEveryCutIsThere(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, write(filepath.Join(goroot(t), "src"), dir, files))
	written, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, written, len(files)+1)
}

// run builds testdata/busy for WebAssembly, and gives what it says under Node and how large it is.
func run(t *testing.T, flags ...string) (said string, size int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "busy.wasm")
	build := exec.Command("go", append(append([]string{"build", "-trimpath", "-o", file}, flags...), "./testdata/busy")...)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	module, err := os.ReadFile(file)
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(goroot(t), "lib", "wasm", "go_js_wasm_exec"), file)
	cmd.Env = []string{"GOTRACEBACK=system", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	require.Error(t, cmd.Run(), "the program ends in a panic")
	return errs.String(), len(module)
}

func TestAThinProgramDoesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library and runs a program under Node; make test does")
	}
	dir := t.TempDir()
	require.NoError(t, write(filepath.Join(goroot(t), "src"), dir, files))
	want, thick := run(t)
	got, thin := run(t, "-overlay", filepath.Join(dir, "overlay.json"))
	require.Contains(t, got, "slept true")
	require.Contains(t, got, "litter 99500500")
	// Goroutines and addresses are others; what is said, and who called whom, is not.
	story := func(text string) string {
		begin, _, _ := strings.Cut(text, "\n\ngoroutine ")
		return begin + strings.Join(regexp.MustCompile(`(?m)^main\.\w+`).FindAllString(text, -1), " ")
	}
	require.Equal(t, story(want), story(got))
	require.Less(t, thin, thick-200_000)
}

func TestAnotherReleaseIsLeftWhole(t *testing.T) {
	for version, known := range map[string]bool{"go1.26": true, "go1.26.8": true, "go1.260": false, "go1.27.1": false, "devel go1.26-abc": false} {
		require.Equal(t, known, knows(version), version)
	}
	dir := t.TempDir()
	require.NoError(t, write(filepath.Join(goroot(t), "src"), dir, nil))
	text, err := os.ReadFile(filepath.Join(dir, "overlay.json"))
	require.NoError(t, err)
	require.JSONEq(t, `{"Replace": {}}`, string(text))
}
