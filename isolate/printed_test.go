package isolate

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever a folder, an image or a user gives us for a name, what is printed of it cannot move a cursor, change a title or clear a screen.
func TestNothingPrintedReachesATerminalRaw(t *testing.T) {
	piece := rapid.SampledFrom([]string{"\x1b]0;owned\a", "\x1b[2J", "\r", "\n", "\b", "\x7f", "\u009b31m", "\u202e", "\xff", "a", "/", "é"})
	text := rapid.Custom(func(t *rapid.T) string { return "/" + strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "pieces"), "") })
	plain := func(t *rapid.T, what, printed string) {
		bad := strings.ContainsFunc(printed, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
		require.False(t, bad, "%s: %q", what, printed)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{Rootfs: text.Draw(t, "rootfs"), Args: []string{text.Draw(t, "command"), text.Draw(t, "argument")}, Env: []string{"A=" + text.Draw(t, "env")}, Dir: text.Draw(t, "dir"),
			Hostname: text.Draw(t, "hostname"), Mounts: []Mount{{Kind: Bind, Source: text.Draw(t, "source"), Target: "/x" + text.Draw(t, "target")},
				{Kind: Overlay, Lower: []string{text.Draw(t, "lower")}, Target: "/y"}}}
		p, err := Build(s, Host{})
		if err != nil {
			var wrong *SpecError
			require.True(t, errors.As(err, &wrong))
			plain(t, "error", err.Error())
			return
		}
		plain(t, "plan", p.String())
		i := rapid.IntRange(0, len(p.Steps)-1).Draw(t, "step")
		failed := &StepError{Step: p.Steps[i], Index: i, Line: p.Line(i), Errno: ENOENT}
		plain(t, "error of a step", failed.Error())
	})
	_, err := ParseWalls("\x1b[2J")
	require.NotContains(t, err.Error(), "\x1b")
	_, err = ParseCapabilities("\x1b[2J")
	require.NotContains(t, err.Error(), "\x1b")
}
