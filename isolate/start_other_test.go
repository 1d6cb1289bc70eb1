//go:build !(linux && (amd64 || arm64))

package isolate

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where there is no Linux, whatever would touch a kernel says so, and everything else works: plans are made, explained and compared.
func TestElsewhereTheErrorIsOfAType(t *testing.T) {
	_, err := Detect()
	_, err2 := Start(Plan{}, Files{})
	_, err3 := Inspect(1)
	_, err4 := (&Process{}).Wait()
	for i, err := range []error{err, err2, err3, err4, Command(Spec{Rootfs: "/r", Args: []string{"/x"}}).Run(), (&Process{}).Signal(syscall.Signal(9))} {
		var unsupported *UnsupportedError
		require.ErrorAs(t, err, &unsupported, i)
		require.Contains(t, err.Error(), "containers need Linux")
		require.NotEmpty(t, unsupported.Remedy)
	}
	require.Empty(t, Audit(Look()))
	p, err := Build(Spec{Rootfs: "/r", Args: []string{"/x"}}, Host{})
	require.NoError(t, err)
	require.Contains(t, p.String(), "pivot_root")
}
