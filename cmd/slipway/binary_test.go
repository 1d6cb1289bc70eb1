//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// asSlipway makes the test binary run as the command itself, so that tests meet the real process: its exit code, its
// streams and its signals.
const asSlipway = "SLIPWAY_TEST_RUN_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asSlipway) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is the command as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asSlipway+"=1", "PATH=") // no browser to be found
	return cmd
}

func TestWhatTheLabDoesIsHandedOnToIt(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\necho \"$0 $*\"; read line; echo \"$line\"; exit 7\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, labProgram), []byte(script), 0o755))
	cmd := process(t, "lesson", "check", "a b")
	cmd.Env = append(cmd.Env, "PATH="+dir)
	cmd.Stdin = strings.NewReader("and its input\n")
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	require.Equal(t, 7, cmd.ProcessState.ExitCode())
	require.Equal(t, filepath.Join(dir, labProgram)+" lesson check a b\nand its input\n", string(out))

	cmd = process(t, "play")
	out, err = cmd.CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "go install github.com/slipway-dev/slipway/cmd/...@latest", "it says what is missing")
}

func TestExitCodesAsAProcess(t *testing.T) {
	for _, test := range []struct {
		args []string
		code int
	}{
		{[]string{"version"}, 0},
		{[]string{"inspect", "0"}, 1},
		{[]string{"dance"}, 2},
	} {
		cmd := process(t, test.args...)
		_ = cmd.Run()
		require.Equal(t, test.code, cmd.ProcessState.ExitCode(), test.args)
	}
}
