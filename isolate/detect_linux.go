//go:build amd64 || arm64

package isolate

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Detect reads what plans must know of this machine. Controllers that the caller may not use are left out. Elsewhere than on Linux, and on
// architectures whose child has no code, it returns an [*UnsupportedError].
func Detect() (Host, error) {
	h, err := detect(true)
	h.NotForwarding = notForwarding()
	return h, err
}

func notForwarding() bool {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_forward")
	return err == nil && strings.TrimSpace(string(text)) == "0"
}

// detect leaves out the cgroups if nothing is to be limited.
func detect(cgroups bool) (Host, error) {
	h := Host{Arch: Arch(runtime.GOARCH), UID: uint32(os.Geteuid()), GID: uint32(os.Getegid())}
	if h.Arch.column() < 0 {
		return h, &UnsupportedError{"containers need amd64 or arm64, and this is " + runtime.GOARCH, "plans can be made and explained here"}
	}
	if text, err := os.ReadFile("/proc/sys/kernel/cap_last_cap"); err == nil {
		h.LastCap, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		h.NoTime = older(string(release), 6, 3)
	}
	h.NoPrograms = landlockVersion() < landlockRefer
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(rlimitNoFile, &limit); err == nil {
		h.NoFile = limit.Max
	}
	h.Cgroups = []Controller{}
	if cgroups {
		own, _ := os.ReadFile("/proc/self/cgroup")
		mounts, _ := os.ReadFile("/proc/self/mountinfo")
		all := controllersOf(string(own), string(mounts), func(dir string) string {
			text, _ := os.ReadFile(dir + "/cgroup.controllers")
			return string(text)
		})
		theirs := func(path string) bool { return syscall.Access(path, 2) == nil }
		if h.UID != 0 {
			all = delegate(all, string(own), theirs, func(file string) string {
				text, _ := os.ReadFile(file)
				return string(text)
			})
		}
		for _, c := range all { // none is not nil, which would stand for all
			if theirs(c.Dir) {
				h.Cgroups = append(h.Cgroups, c)
			}
		}
	}
	return h, nil
}

// landlockVersion is that of the kernel's Landlock; 0 if it has none, or was told not to use it.
func landlockVersion() int {
	n, _ := Arch(runtime.GOARCH).number("landlock_create_ruleset")
	version, _, errno := syscall.Syscall(uintptr(n), 0, 0, 1) // LANDLOCK_CREATE_RULESET_VERSION
	if errno != 0 {
		return 0
	}
	return int(version)
}
