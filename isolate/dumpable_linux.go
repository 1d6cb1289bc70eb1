//go:build amd64 || arm64

package isolate

import (
	"sync"
	"syscall"
)

// shared guards what children change in the memory they share with us. A child that changes its user makes that memory undumpable: no core dumps,
// and /proc/self is root's. As long as any child is on its way, what it was before is remembered here, and the last one restores it.
var shared struct {
	sync.Mutex
	children int
	dumpable bool
}

func shareMemory() {
	shared.Lock()
	defer shared.Unlock()
	if shared.children == 0 {
		was, _, _ := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_GET_DUMPABLE, 0, 0)
		shared.dumpable = was == 1
	}
	shared.children++
}

func unshareMemory() {
	shared.Lock()
	defer shared.Unlock()
	if shared.children--; shared.children == 0 && shared.dumpable {
		_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 1, 0)
	}
}
