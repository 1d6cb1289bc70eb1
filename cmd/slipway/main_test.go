package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func slipway(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestCommandLines(t *testing.T) {
	for _, test := range []struct {
		args      []string
		code      int
		out, errs string
	}{
		{nil, 2, "", "Commands:"},
		{[]string{"--help"}, 0, "Commands:", ""},
		{[]string{"dance"}, 2, "", `unknown command "dance"`},
		{[]string{"version"}, 0, "slipway ", ""},
		{[]string{"version", "-o", "json"}, 0, `"kubernetes":"v1.37.2"`, ""},
		{[]string{"version", "-o", "xml"}, 1, "", "-o xml is not known"},
		{[]string{"run", "--help"}, 0, "Usage: slipway run", ""},
		{[]string{"run", "--rootfs", "/nonexistent"}, 1, "", "there is no command"},
		{[]string{"explain", "--only", "uts", "--", "/bin/true"}, 0, "CLONE_NEWUTS", ""},
		{[]string{"explain", "--only", "moat", "--", "/bin/true"}, 1, "", `there is no wall "moat"`},
		{[]string{"explain", "-o", "json", "--rootfs", "/r", "--", "/bin/true"}, 0, `"Call": "pivot_root"`, ""},
		{[]string{"explain", "-o", "xml", "--rootfs", "/r", "--", "/bin/true"}, 1, "", "-o xml is not known"},
		{[]string{"explain", "--memory", "much", "--rootfs", "/r", "--", "/bin/true"}, 1, "", "64m is 64 MiB"},
		{[]string{"audit", "--rootfs", "/r"}, 1, "", "leave --rootfs out"},
		{[]string{"audit", "--inside", "{"}, 1, "", "--inside: unexpected end"},
		{[]string{"ps", "-o", "xml"}, 1, "", "-o xml is not known"},
		{[]string{"kill"}, 2, "", "Usage: slipway kill"},
		{[]string{"logs", "nobody"}, 1, "", `there is no container "nobody"`},
		{[]string{"rm", "--help"}, 0, "Usage: slipway rm", ""},
		{[]string{"run", "--detach", "--name", "../x", "--rootfs", "/r", "--", "/x"}, 1, "", "use letters"},
		{[]string{"inspect"}, 2, "", "Usage: slipway inspect"},
		{[]string{"inspect", "0"}, 1, "", "there is no process 0"},
		{[]string{"inspect", "-o", "xml", "1"}, 1, "", "-o xml is not known"},
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
			code, out, errs := slipway(test.args...)
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
	code, _, errs := slipway("play", "--site", dir, "--addr", busy)
	require.Equal(t, 1, code)
	require.Contains(t, errs, "is in use, perhaps by another slipway")
}

func TestLessonBuildWritesWhatThePageReads(t *testing.T) {
	dir := t.TempDir()
	code, _, errs := slipway("lesson", "build", "--out", dir)
	require.Zero(t, code, errs)
	for _, name := range []string{"scenario.json", "goals.json", "en.json", "vi.json"} {
		b, err := os.ReadFile(filepath.Join(dir, "pod", name))
		require.NoError(t, err)
		var v map[string]any
		require.NoError(t, json.Unmarshal(b, &v))
		require.NotEmpty(t, v["steps"])
	}
}
