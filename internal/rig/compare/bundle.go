//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/slipway-dev/slipway/isolate"
)

type object = map[string]any

// bundle writes what runc and crun start from: a config.json beside which nothing is needed. It asks for what specOf asks for, with the mounts, masks
// and read-only parts that `runc spec` writes.
func bundle(dir, root string, limits bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mount := func(at, kind string, options ...string) object {
		return object{"destination": at, "type": kind, "source": kind, "options": options}
	}
	linux := object{
		"namespaces": []object{{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}},
		"maskedPaths": []string{"/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
			"/proc/sched_debug", "/sys/firmware", "/proc/scsi"},
		"readonlyPaths": []string{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"},
		"seccomp": object{"defaultAction": "SCMP_ACT_ERRNO", "architectures": []string{"SCMP_ARCH_X86_64"},
			"syscalls": []object{{"names": append(isolate.DefaultSyscalls(), "clone", "ioctl", "personality", "socket"), "action": "SCMP_ACT_ALLOW"}}},
	}
	if limits {
		linux["resources"] = object{"memory": object{"limit": 64 << 20}, "pids": object{"limit": 20}, "cpu": object{"quota": 50000, "period": 100000}}
	}
	config := object{
		"ociVersion": "1.0.0",
		"hostname":   "slipway",
		"root":       object{"path": root},
		"process": object{"cwd": "/", "args": []string{"/bin/true"}, "env": []string{"PATH=/bin"}, "user": object{"uid": 0, "gid": 0}, "noNewPrivileges": true,
			"capabilities": object{"bounding": []string{}, "effective": []string{}, "permitted": []string{}},
			"rlimits":      []object{{"type": "RLIMIT_NOFILE", "soft": 1024, "hard": 1024}}},
		"mounts": []object{mount("/proc", "proc"), mount("/dev", "tmpfs", "nosuid", "mode=755", "size=65536k"),
			mount("/dev/pts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"),
			mount("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
			mount("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"), mount("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro")},
		"linux": linux,
	}
	text, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "config.json"), text, 0o644)
}
