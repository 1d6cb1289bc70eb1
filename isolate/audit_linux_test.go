//go:build amd64 || arm64

package isolate

import (
	_ "embed"
	"encoding/json"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

//go:embed testdata/audit.tsv
var auditRows string

// auditIDs are what an audit must find, in no order.
func auditIDs() []string {
	var ids []string
	for line := range strings.Lines(auditRows) {
		id, _, _ := strings.Cut(line, "\t")
		if !strings.HasPrefix(line, "#") && id != "id" {
			ids = append(ids, id)
		}
	}
	return ids
}

func audited(t *testing.T, s Spec) map[string]Finding {
	t.Helper()
	outside, err := json.Marshal(Look())
	require.NoError(t, err)
	var found []Finding
	require.NoError(t, json.Unmarshal([]byte(says(t, s, "audit", string(outside))), &found))
	byID := map[string]Finding{}
	for _, f := range found {
		byID[f.ID] = f
	}
	require.Len(t, byID, len(found), "an id is there twice")
	return byID
}

func TestKernelTheDefaultHasNoHole(t *testing.T) {
	needKernel(t)
	name := "@slipway-audit"
	socket, err := net.Listen("unix", name) // something to be found
	require.NoError(t, err)
	defer socket.Close()
	found := audited(t, Spec{})
	require.Len(t, found, len(auditIDs()))
	for _, id := range auditIDs() {
		require.Contains(t, found, id)
		require.True(t, found[id].Holds, "%s: %s", id, found[id].Found)
	}
}

// A row that stays green when its wall is open proves nothing.
func TestKernelEachWallTurnsItsRows(t *testing.T) {
	needKernel(t)
	needRoot(t) // without root the kernel refuses most of it anyway
	for _, test := range []struct {
		open Walls
		rows []string
	}{
		{Capabilities | Seccomp, []string{"zero CapPrm", "zero CapEff", "zero CapBnd", "seccomp filter", "mount tmpfs denied", "mknod block denied", "mknod /dev/mem denied", "chroot denied",
			"unshare mount namespace denied", "remount /proc/sys writable denied", "bpf denied"}},
		{Seccomp, []string{"seccomp filter", "nested user namespace denied", "io_uring_setup denied", "userfaultfd denied"}},
		{NoNewPrivs, []string{"no_new_privs"}},
		{UTSNS, []string{"own hostname"}},
		{PIDNS, []string{"only own processes"}},
		{NetNS, []string{"no host abstract sockets"}},
		{Masks, []string{"not-writable /proc/sys/vm/drop_caches", "unreadable /proc/timer_list", "not-writable /proc/irq/default_smp_affinity"}},
	} {
		t.Run(test.open.String(), func(t *testing.T) {
			socket, err := net.Listen("unix", "@slipway-audit-walls")
			require.NoError(t, err)
			defer socket.Close()
			found := audited(t, Spec{Open: test.open})
			for _, row := range test.rows {
				require.False(t, found[row].Holds, "%s stays green: %s", row, found[row].Found)
			}
		})
	}
}
