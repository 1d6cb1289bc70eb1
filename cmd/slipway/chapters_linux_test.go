package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var consoleBlock = regexp.MustCompile("(?s)```console\n(.*?)```")

// The commands in the chapters do what is said there: each line below a command is in what it prints, in this order.
func TestTheChaptersCommandsDoWhatIsSaid(t *testing.T) {
	needContainers(t)
	files, err := filepath.Glob("../../docs/isolate/*.md")
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	script := "#!/bin/sh\n" + asSlipway + "=1 exec '" + self + "' \"$@\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "slipway"), []byte(script), 0o755))
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, block := range consoleBlock.FindAllStringSubmatch(string(text), -1) {
			line, want, _ := strings.Cut(block[1], "\n")
			line, ok := strings.CutPrefix(line, "$ ")
			require.True(t, ok, block[1])
			cmd := exec.Command("/bin/sh", "-c", line)
			cmd.Env = append(os.Environ(), "PATH="+dir+":/bin:/usr/bin")
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, "%s: %s\n%s", file, line, out)
			rest := string(out)
			for want := range strings.Lines(want) {
				want = strings.TrimSpace(want)
				_, after, ok := strings.Cut(rest, want)
				require.True(t, ok, "%s: %s does not print %q after what came before, but\n%s", file, line, want, out)
				rest = after
			}
			found++
		}
	}
	require.GreaterOrEqual(t, found, 8)
}
