package isolate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Every cause belongs to a call plans make, says what is wrong and what to do, and none is hidden by one before it.
func TestCausesTeach(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range causes {
		require.NotEmpty(t, c.cause)
		require.NotEmpty(t, c.help)
		if c.call != checkCall {
			require.NotContains(t, c.errno.String(), "errno ", "the errno has no name")
		}
		if c.call != checkCall && c.call != netlinkCall && c.call != "" {
			_, known := AMD64.number(c.call)
			require.True(t, known, c.call)
		}
		key := c.call + c.errno.String()
		require.False(t, seen[key], "%s is there twice", key)
		seen[key] = true
	}
	what, help := explainErrno("clone3", EPERM)
	require.Contains(t, what, "user namespaces are off")
	require.Contains(t, help, "run as root")
	what, _ = explainErrno("umask", EPERM)
	require.Equal(t, "it is not allowed", what)
	what, help = explainErrno("umask", EXDEV)
	require.Empty(t, what+help)
}

func TestAnErrorIsOneLine(t *testing.T) {
	p := plan(t, Spec{}, rootV2)
	e := &StepError{Step: p.Steps[0], Index: 0, Line: p.Line(0), Errno: EPERM, Cause: "c", Remedy: "r"}
	require.Equal(t, "isolate: step 1: "+p.Line(0)+": EPERM; c; r", e.Error())
	require.Equal(t, "isolate: a; b", (&UnsupportedError{"a", "b"}).Error())
	require.Equal(t, "signal 9", (&ExitError{&State{Code: 137, Signal: 9}}).Error())
	require.Equal(t, "exit status 2", (&ExitError{&State{Code: 2}}).Error())
}
