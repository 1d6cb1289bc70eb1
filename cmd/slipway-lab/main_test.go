package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func lab(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = table.Run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestCommandLines(t *testing.T) {
	for _, test := range []struct {
		args      []string
		code      int
		out, errs string
	}{
		{nil, 2, "", "Commands:"},
		{[]string{"dance"}, 2, "", `unknown command "dance"`},
		{[]string{"play", "--help"}, 0, "Usage: slipway play", ""},
		{[]string{"play", "--nope"}, 2, "", "flag provided but not defined"},
		{[]string{"play", "--site", "/nonexistent"}, 1, "", "run `make site` first"},
		{[]string{"lesson"}, 2, "", "Usage: slipway lesson"},
		{[]string{"lesson", "--help"}, 0, "Usage: slipway lesson", ""},
		{[]string{"lesson", "dance"}, 2, "", `unknown command "dance"`},
		{[]string{"lesson", "check"}, 0, "pod: ok", ""},
		{[]string{"lesson", "build"}, 2, "", "needs --out DIR"},
		{[]string{"lesson", "list"}, 0, "A pod", ""},
		{[]string{"lesson", "check", "/nonexistent"}, 1, "there is no such file", "1 of 1 lessons do not hold"},
	} {
		t.Run(filepath.Join(test.args...), func(t *testing.T) {
			code, out, errs := lab(test.args...)
			require.Equal(t, test.code, code, errs)
			require.Contains(t, out, test.out)
			require.Contains(t, errs, test.errs)
		})
	}
}

func TestAPortInUseIsExplained(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("hello"), 0o644))
	busy := listen(t)
	code, _, errs := lab("play", "--site", dir, "--addr", busy)
	require.Equal(t, 1, code)
	require.Contains(t, errs, "is in use, perhaps by another slipway")
}

func TestLessonBuildWritesWhatThePageReads(t *testing.T) {
	dir := t.TempDir()
	code, _, errs := lab("lesson", "build", "--out", dir)
	require.Zero(t, code, errs)
	for _, name := range []string{"scenario.json", "goals.json", "en.json", "vi.json"} {
		b, err := os.ReadFile(filepath.Join(dir, "pod", name))
		require.NoError(t, err)
		var v map[string]any
		require.NoError(t, json.Unmarshal(b, &v))
		require.NotEmpty(t, v["steps"])
	}
}
