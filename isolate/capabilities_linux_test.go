//go:build amd64 || arm64

package isolate

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func capabilitySets(t *testing.T, s Spec) CapabilitySets {
	t.Helper()
	var in Inspection
	in.readStatus(says(t, s, "cat", "/proc/self/status"))
	return in.Capabilities
}

func TestKernelCapabilitiesAreThoseKept(t *testing.T) {
	needKernel(t)
	set, err := ParseCapabilities("kill,chown")
	require.NoError(t, err)
	require.Equal(t, Keep(set, User{}), capabilitySets(t, Spec{Capabilities: Keep(set, User{})}))
	require.Equal(t, CapabilitySets{}, capabilitySets(t, Spec{}))
}

func TestKernelAnotherUserKeepsThemToo(t *testing.T) {
	needKernel(t)
	needRoot(t)
	set, err := ParseCapabilities("net_bind_service")
	require.NoError(t, err)
	u := User{UID: 1000, GID: 1000}
	require.Equal(t, Keep(set, u), capabilitySets(t, Spec{User: u, Capabilities: Keep(set, u)}))
	require.Equal(t, CapabilitySets{}, capabilitySets(t, Spec{User: u}))
}

// Each refusal is one wall's: with the wall open the same call works or fails otherwise.
func TestKernelACapabilityIsWhatTheCallNeeds(t *testing.T) {
	needKernel(t)
	needRoot(t)
	kill, err := ParseCapabilities("sys_chroot")
	require.NoError(t, err)
	out, err := inside(t, Spec{Open: Seccomp}, "chroot", "/dev")
	require.Error(t, err)
	require.Contains(t, out, "operation not permitted")
	says(t, Spec{Open: Seccomp, Capabilities: Keep(kill, User{})}, "chroot", "/dev")
	_, err = inside(t, Spec{Capabilities: Keep(kill, User{})}, "chroot", "/dev")
	require.Error(t, err, "the filter refuses what the capability allows")
	says(t, Spec{Syscalls: []string{"chroot"}, Capabilities: Keep(kill, User{})}, "chroot", "/dev")
}

func TestKernelTheFilterRefusesWhatItSays(t *testing.T) {
	needKernel(t)
	arch, err := Detect()
	require.NoError(t, err)
	for name, want := range map[string]Errno{"unshare": EPERM, "bpf": EPERM, "keyctl": EPERM, "clone3": ENOSYS, "ptrace": EPERM, "io_uring_setup": EPERM, "setns": EPERM, "mount": EPERM,
		"open_tree": EPERM, "pivot_root": EPERM, "kexec_load": EPERM, "init_module": EPERM, "reboot": EPERM, "swapon": EPERM, "add_key": EPERM, "process_vm_readv": EPERM} {
		n, ok := arch.Arch.number(name)
		require.True(t, ok, name)
		require.Equal(t, strconv.Itoa(int(want)), says(t, Spec{}, "syscall", strconv.Itoa(int(n))), name)
	}
	if arch.Arch == AMD64 {
		require.Equal(t, strconv.Itoa(int(ENOSYS)), says(t, Spec{}, "syscall", strconv.Itoa(0x40000000+39)), "x32's getpid")
	}
	require.Equal(t, "2", strings.TrimSpace(field(says(t, Spec{}, "cat", "/proc/self/status"), "Seccomp")))
}

// A setuid program gives nothing: the folder's mount ignores the bit, and no_new_privs would.
func TestKernelSetuidGivesNothing(t *testing.T) {
	needKernel(t)
	needRoot(t)
	s := Spec{Rootfs: setuidRoot(t), User: User{UID: 1000, GID: 1000}}
	require.Equal(t, "1000 1000", says(t, s, "ids"))
	s.Open = NoNewPrivs | Capabilities | Seccomp // the folder's flag alone
	require.Equal(t, "1000 1000", says(t, s, "ids"))
}

func setuidRoot(t *testing.T) string {
	t.Helper()
	root := rootfs(t)
	probe := filepath.Join(root, "probe")
	b, err := os.ReadFile(probe)
	require.NoError(t, err)
	require.NoError(t, os.Remove(probe)) // a link to what other tests use
	require.NoError(t, os.WriteFile(probe, b, 0o755))
	require.NoError(t, os.Chmod(probe, 0o755|os.ModeSetuid))
	return root
}
