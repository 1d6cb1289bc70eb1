package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
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
	} {
		t.Run(filepath.Join(test.args...), func(t *testing.T) {
			code, out, errs := slipway(test.args...)
			require.Equal(t, test.code, code, errs)
			require.Contains(t, out, test.out)
			require.Contains(t, errs, test.errs)
		})
	}
}

// What is linked is initialised at every start, before the container: these are milliseconds and megabytes.
func TestNothingThatDelaysAStartIsLinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	linked := strings.Fields(string(out))
	require.Contains(t, linked, "github.com/slipway-dev/slipway/isolate")
	for _, heavy := range []string{"net/http", "github.com/yuin/goldmark", "go.yaml.in/yaml/v3", "github.com/slipway-dev/slipway/orchestrate"} {
		require.NotContains(t, linked, heavy)
	}
}
