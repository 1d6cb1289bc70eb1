package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// run runs a module under Node as the page does, and gives what it printed.
func run(t *testing.T, module []byte) (stdout, stderr string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.wasm")
	require.NoError(t, os.WriteFile(file, module, 0o644))
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), file)
	cmd.Env = []string{"GOTRACEBACK=system", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	require.True(t, errors.As(cmd.Run(), &exit), "the program ends in a panic")
	return out.String(), errs.String()
}

func build(t *testing.T) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program and runs it under Node; make test does")
	}
	file := filepath.Join(t.TempDir(), "walls.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", file, "./testdata/walls")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	module, err := os.ReadFile(file)
	require.NoError(t, err)
	return module
}

func TestAPackedProgramDoesTheSame(t *testing.T) {
	module := build(t)
	wantOut, wantErr := run(t, module)
	require.Contains(t, wantOut, "size 200\n")
	require.Contains(t, wantErr, "main.go:", "an unpacked trace has lines")
	for _, names := range []bool{true, false} {
		packed, err := pack(bytes.Clone(module), names)
		require.NoError(t, err)
		out, errs := run(t, packed)
		require.Equal(t, wantOut, out)
		require.Contains(t, errs, "panic: the end")
		require.Equal(t, names, strings.Contains(errs, "main.main"), "names in the trace: %s", errs)
		require.NotContains(t, errs, "main.go:")
		require.Regexp(t, `pc=0x1[0-9a-f]{7}\b`, errs, "the number of a function and its block, for where there are no names")
		_, err = pack(packed, names)
		require.ErrorIs(t, err, errTable, "a program is packed once")
	}
}

func TestDamageIsAnErrorNotAGuess(t *testing.T) {
	module := build(t)
	_, err := pack([]byte("no module"), true)
	require.ErrorContains(t, err, "not a WebAssembly module")
	_, err = pack(module[:len(module)/2], true)
	require.ErrorIs(t, err, errShort)
	_, err = pack(bytes.ReplaceAll(module, header[:4], []byte{0xf0, 0xff, 0xff, 0xff}), true) // of another version of Go
	require.ErrorIs(t, err, errTable)
}

func TestDataSurvivesBeingWrittenInFewSegments(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var want []segment
		for range chance.IntN(8) {
			b := make([]byte, chance.IntN(3*gap))
			for range chance.IntN(5) {
				if len(b) > 0 {
					b[chance.IntN(len(b))] = byte(chance.IntN(256))
				}
			}
			want = append(want, segment{chance.IntN(5 * gap), b})
		}
		memory := image(want)
		got, err := segments(dataBody(memory))
		require.NoError(t, err)
		require.Equal(t, bytes.TrimRight(memory, "\x00"), image(got))
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\x10\x0b\x01x"))
	f.Fuzz(func(t *testing.T, module []byte) {
		if packed, err := pack(bytes.Clone(module), true); err == nil {
			_, err = sections(packed)
			require.NoError(t, err)
		}
	})
}
