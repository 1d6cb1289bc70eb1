package isolate

// What /proc and /sys would tell or let do beyond the container. Those that a kernel does not have are left out.
var (
	readOnlyProc  = []string{"bus", "fs", "irq", "sys", "sysrq-trigger"}
	maskedFiles   = []string{"kcore", "keys", "timer_list", "timer_stats", "sched_debug", "latency_stats", "kallsyms", "interrupts", "kmsg"}
	maskedFolders = []string{"acpi", "scsi", "asound"}
	maskedSys     = []string{"firmware", "devices/virtual/powercap"}
)

const emptyFolder = ".empty"

const inert = attrNosuid | attrNodev | attrNoexec

// proc shows the processes of the child's pid namespace. Without a namespace of its own the user namespace forbids a new one,
// and the caller's is shown.
func (b *builder) proc(root, dev Ref) {
	b.because("/proc shows the processes of one's own namespace", "proc(5)")
	at := b.standard(root, "proc")
	var proc Ref
	if b.walls.Has(UserNS) && !b.walls.Has(PIDNS) {
		proc = b.result("proc")
		b.clones(proc, cwd(), "/proc", atRecursive)
		b.setattr(proc, inert)
	} else {
		proc = b.filesystem("proc", inert)
	}
	b.attach(proc, at, "")
	if !b.walls.Has(Masks) {
		return
	}
	b.because("the kernel's switches can be read, not turned", "proc_sys(5)")
	for _, name := range readOnlyProc {
		b.readOnly(proc, name)
	}
	b.because("what tells of the whole machine reads as nothing: /dev/null, our own, lies over it", "proc(5)")
	for _, name := range maskedFiles {
		null := b.result("null")
		b.clones(null, dev.use(), "null", 0)
		b.attach(null, proc, name).tolerate(ENOENT, 0)
	}
	b.because("folders that tell of the whole machine are empty", "proc(5)")
	b.step("mkdirat", dev.use(), str(emptyFolder), octal(0o555))
	for _, name := range maskedFolders {
		b.empties(dev, proc, name)
	}
}

// readOnly lays a read-only copy of a part of a file system over itself.
func (b *builder) readOnly(fs Ref, name string) {
	m := b.result(name)
	b.clones(m, fs.use(), name, atRecursive).tolerate(ENOENT, 2)
	b.setattr(m, inert|attrReadOnly)
	b.attach(m, fs, name)
}

func (b *builder) empties(dev, fs Ref, name string) {
	m := b.result("empty")
	b.clones(m, dev.use(), emptyFolder, 0)
	b.setattr(m, inert|attrReadOnly)
	b.attach(m, fs, name).tolerate(ENOENT, 0)
}

// sys is read-only. It shows the network of whoever mounts it, so a user namespace needs its own network for one.
func (b *builder) sys(root, dev Ref) {
	if b.walls.Has(UserNS) && !b.walls.Has(NetNS) {
		return
	}
	b.because("/sys tells of devices, and lets nothing be switched", "sysfs(5)")
	at := b.standard(root, "sys")
	sys := b.filesystem("sysfs", inert|attrReadOnly)
	b.attach(sys, at, "")
	if !b.walls.Has(Masks) {
		return
	}
	b.because("folders that tell of the whole machine are empty", "sysfs(5)")
	for _, name := range maskedSys {
		b.empties(dev, sys, name)
	}
}
