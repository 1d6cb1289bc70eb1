package isolate

// devices are the nodes every container has. They give what every process has anyway: nothing, zeros, chance, its own terminal.
var devices = []struct {
	name         string
	major, minor uint64
}{{"null", 1, 3}, {"zero", 1, 5}, {"full", 1, 7}, {"random", 1, 8}, {"urandom", 1, 9}, {"tty", 5, 0}}

// dev is always our own: a folder's /dev may be a link, or its null a file that a mask would be read through.
func (b *builder) dev(root Ref) Ref {
	b.because("/dev is our own, in memory: nothing in the folder can pretend to be a device", "tmpfs(5)")
	dev := b.filesystem("tmpfs", attrNosuid|attrNoexec, option{"mode", "755"}, option{"size", "64k"}, option{"nr_inodes", "64"})
	b.attach(dev, b.standard(root, "dev"), "")
	b.because("the devices that give what every process has anyway", "null(4)")
	for _, d := range devices {
		if b.walls.Has(UserNS) {
			b.borrow(dev, d.name, d.major, d.minor)
		} else {
			b.step("mknodat", dev.use(), str(d.name), named(modeCharacter|0o666, "S_IFCHR|0666"), num(d.major<<8|d.minor))
		}
	}
	b.because("names for one's own open files", "null(4)")
	for _, l := range [...][2]string{{"fd", "/proc/self/fd"}, {"stdin", "/proc/self/fd/0"}, {"stdout", "/proc/self/fd/1"}, {"stderr", "/proc/self/fd/2"}, {"ptmx", "pts/ptmx"}} {
		b.step("symlinkat", str(l[1]), dev.use(), str(l[0]))
	}
	b.because("terminals of one's own", "pts(4)")
	b.submount(dev, "pts", b.filesystem("devpts", attrNosuid|attrNoexec, option{"ptmxmode", "0666"}, option{"mode", "0620"}))
	if b.spec.Terminal {
		b.terminal(dev.use(), "pts/ptmx")
		b.console(dev)
	}
	b.because("shared memory of one's own", "shm_overview(7)")
	b.submount(dev, "shm", b.filesystem("tmpfs", attrNosuid|attrNodev|attrNoexec, option{"mode", "1777"}, option{"size", "64m"}))
	if b.walls.Has(IPCNS) {
		b.because("message queues of one's own", "mq_overview(7)")
		b.submount(dev, "mqueue", b.filesystem("mqueue", attrNosuid|attrNodev|attrNoexec))
	}
	return dev
}

func (b *builder) submount(dev Ref, name string, m Ref) {
	b.step("mkdirat", dev.use(), str(name), octal(0o755))
	b.attach(m, dev, name)
}

// borrow binds the host's node: in a user namespace nobody may make one. It is compared with what it should be before it is used, so that
// a mask made of it is no file of somebody's.
func (b *builder) borrow(dev Ref, name string, major, minor uint64) {
	node, facts := b.result(name), b.result("statx")
	b.step("mknodat", dev.use(), str(name), named(0o100666, "S_IFREG|0666"), num(0))
	b.clones(node, cwd(), "/dev/"+name, 0)
	b.step("statx", node.use(), str(""), named(atEmptyPath, "AT_EMPTY_PATH"), named(statxTypeAndRdev, "STATX_TYPE"), facts.buffer(256))
	b.device(facts, major, minor)
	b.attach(node, dev, name)
}

// device compares what statx said with what it should be.
func (b *builder) device(facts Ref, major, minor uint64) {
	mode, device := facts.cell(0x18), facts.cell(0x80)
	mode.Text, device.Text = "mode", "rdev"
	b.step(checkCall, mode, named(0xf000<<32, "S_IFMT"), named(modeCharacter<<32, "S_IFCHR"))
	b.step(checkCall, device, num(^uint64(0)), named(minor<<32|major, deviceText(major, minor)))
}

func deviceText(major, minor uint64) string { return num(major).String() + ":" + num(minor).String() }

// finishDev takes away what only the masks needed, and the right to add to /dev.
func (b *builder) finishDev(dev Ref) {
	if b.walls.Has(Masks) {
		b.because("the empty folder has served", "unlinkat(2)")
		b.step("unlinkat", dev.use(), str(emptyFolder), named(0x200, "AT_REMOVEDIR"))
	}
	b.because("nothing is added to /dev; the devices work", "mount_setattr(2)")
	b.seals(dev)
}
