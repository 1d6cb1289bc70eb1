//go:build amd64 || arm64

package isolate

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// owner is who a file outside belongs to.
func owner(t *testing.T, path string) uint32 {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info.Sys().(*syscall.Stat_t).Uid
}

// With users of its own a container finds a folder of root's to be nobody's, unless it is shifted.
func TestKernelOwnersAreShifted(t *testing.T) {
	needKernel(t)
	needRoot(t)
	maps := []IDMap{{0, 100000, 65536}}
	dir, err := os.MkdirTemp("", "slipway-shift") // not t.TempDir, which only root may enter
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.Chmod(dir, 0o755))
	root, data := filepath.Join(dir, "root"), filepath.Join(dir, "data")
	require.NoError(t, os.CopyFS(root, os.DirFS(rootfs(t))))
	require.NoError(t, os.Chmod(filepath.Join(root, "probe"), 0o755))
	require.NoError(t, os.Mkdir(data, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(data, "mine"), nil, 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(root, "tmp"), 0o755))
	s := Spec{Rootfs: root, UIDs: maps, GIDs: maps, Shift: true, Mounts: []Mount{{Kind: Bind, Source: data, Target: "/data", Writable: true}}}
	out, err := inside(t, s, "owner", "/probe", "/data/mine")
	require.NoError(t, err, "it takes a file system that can: %s", out)
	require.Equal(t, "0\n0", out)
	says(t, s, "write", "/data/new", "x")
	require.Zero(t, owner(t, filepath.Join(data, "new")), "what 0 makes inside is 0's outside")
	says(t, s, "write", "/tmp/new", "x")
	require.Zero(t, owner(t, filepath.Join(root, "tmp/new")))
}

func TestShiftingWhatCannotBeIsRefused(t *testing.T) {
	maps := []IDMap{{0, 100000, 65536}}
	for want, test := range map[string]struct {
		spec Spec
		host Host
	}{
		"only root":           {Spec{}, nobodyV2},
		"there is no map":     {Spec{}, rootV2},
		"leave Scratch out":   {Spec{UIDs: maps, GIDs: maps, Scratch: 1 << 20}, rootV2},
		"can be mounted once": {Spec{UIDs: maps, GIDs: maps, Mounts: []Mount{{Kind: Bind, Source: "/r", Target: "/x"}}}, rootV2},
	} {
		test.spec.Rootfs, test.spec.Args, test.spec.Shift = "/r", []string{"/x"}, true
		_, err := Build(test.spec, test.host)
		require.ErrorContains(t, err, want)
	}
}
