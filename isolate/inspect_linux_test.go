//go:build amd64 || arm64

package isolate

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKernelInspectSeesTheWalls(t *testing.T) {
	needKernel(t)
	cmd := command(t, "sleep")
	cmd.Spec.Open = UTSNS
	begun(t, cmd)
	in, err := Inspect(cmd.Process.PID)
	require.NoError(t, err)
	require.NoError(t, cmd.Kill())
	_ = cmd.Wait()
	if os.Geteuid() == 0 { // others may not read the links of a process with other rights
		shared := UTSNS | UserNS
		if h, err := Detect(); err == nil && h.NoTime {
			shared |= TimeNS
		}
		require.Equal(t, Namespaces&^shared, in.Own)
		require.Equal(t, shared, in.Shared)
	}
	require.True(t, in.NoNewPrivs)
	require.Equal(t, "filter", in.Seccomp)
	require.Equal(t, CapabilitySets{}, in.Capabilities)

	own, err := Inspect(os.Getpid())
	require.NoError(t, err)
	require.Equal(t, Walls(0), own.Own)
	_, err = Inspect(1 << 30)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestAnInspectionReadsAsATable(t *testing.T) {
	in := Inspection{PID: 7, Own: PIDNS | UTSNS, Root: "/r"}
	in.readStatus("Name:\tx\nCapInh:\t0\nCapPrm:\t0000000000000021\nCapEff:\t20\nCapBnd:\t000001fffeffffff\nCapAmb:\t0\nNoNewPrivs:\t1\nSeccomp:\t2\n")
	text := in.String()
	for _, want := range []string{"namespaces of its own  pid,uts", "bounding  all but CAP_SYS_RESOURCE", "permitted CAP_CHOWN,CAP_KILL", "effective CAP_KILL", "ambient   none", "seccomp                filter"} {
		require.Contains(t, text, want)
	}
}
