//go:build amd64 || arm64

package isolate

import (
	"os/exec"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkStart starts a command and waits for its end: bare as os/exec does, behind all walls, with limits, and from a program with a heap of a
// gigabyte, which must not matter.
func BenchmarkStart(b *testing.B) {
	needKernel(b)
	root := rootfs(b)
	spec := Spec{Rootfs: root, Args: []string{"/probe", "true"}}
	limited := spec
	limited.Limits = Limits{Memory: 64 << 20, PIDs: 20, CPU: 500}
	run := func(s Spec) func(*testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, Command(s).Run())
			}
		}
	}
	b.Run("os/exec", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, exec.Command(root+"/probe", "true").Run())
		}
	})
	b.Run("walls", run(spec))
	b.Run("limits", run(limited))
	heap := make([]byte, 1<<30)
	for i := 0; i < len(heap); i += 4096 {
		heap[i] = 1
	}
	b.Run("walls, 1 GB heap", run(spec))
	runtime.KeepAlive(heap)
}

// BenchmarkBuild makes a plan and lays it out.
func BenchmarkBuild(b *testing.B) {
	spec := Spec{Rootfs: "/r", Args: []string{"/bin/true"}}
	b.ReportAllocs()
	for b.Loop() {
		p, err := Build(spec, rootV1)
		require.NoError(b, err)
		_, err = compile(p)
		require.NoError(b, err)
	}
}
