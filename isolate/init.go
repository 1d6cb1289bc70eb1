package isolate

// initMemory is made before the child: process 1's program in memory that can be neither written nor replaced, by nobody. Whoever finds it as
// /proc/1/exe finds no file of the machine's.
func (b *builder) initMemory() {
	if !b.spec.Init {
		return
	}
	program := initProgram(b.host.Arch)
	b.because("the program of process 1, in sealed memory: nobody can write to it, and it is no file of this machine", "memfd_create(2)")
	b.init = b.result("init")
	b.step("memfd_create", str("init"), named(mfdCloexec|mfdAllowSealing, "MFD_CLOEXEC|MFD_ALLOW_SEALING")).Result = b.init
	b.step("write", b.init.use(), raw(program, "{"+num(uint64(len(program))).String()+" bytes of machine code}"), num(uint64(len(program))))
	b.step("fcntl", b.init.use(), named(fAddSeals, "F_ADD_SEALS"), named(allSeals, "F_SEAL_SEAL|F_SEAL_SHRINK|F_SEAL_GROW|F_SEAL_WRITE"))
}

// parts lets the child have a child, which becomes the command: process 2. The child itself becomes process 1, which hands signals on to
// process 2, collects whoever has lost their parent, and ends as process 2 ends.
func (b *builder) parts() {
	if !b.spec.Init {
		return
	}
	lock := func(by uint64, name string) {
		b.step("fcntl", b.init.use(), named(by, name), words("{F_WRLCK, the whole file}", lockWrite, 0, 0, 0))
	}
	b.because("a lock on process 1's program: it goes when the program starts, with the descriptor", "fcntl(2)")
	lock(fSetLock, "F_SETLK")
	b.because("process 1 becomes a program that hands signals on and collects the dead; a second process becomes the command", "pid_namespaces(7)")
	b.step(partCall, named(cloneVM|sigChld, "CLONE_VM|SIGCHLD"), null()).Skip = 1
	b.as(Between, func() {
		b.step("execveat", b.init.use(), str(""), list([]string{"init"}), list(nil), named(atEmptyPath, "AT_EMPTY_PATH"))
	})
	b.because("wait for the lock, and so for process 1: until it is its program, /proc/1/exe leads to the file of the program that starts it (CVE-2019-5736)", "fcntl(2)")
	lock(fSetLockWait, "F_SETLKW")
	if b.walls.Has(Session) {
		b.because("the command's session is its own, not process 1's", "setsid(2)")
		b.step("setsid")
	}
	b.controls()
}

// initProgram is an ELF file of one segment: a header, and the code of testdata/init, which init_gen.go holds as bytes. Source: elf(5).
func initProgram(a Arch) []byte {
	const base, header = 0x400000, 64 + 56
	code := initCode[a.column()]
	size := uint64(header + len(code))
	machine := [...]uint64{62, 183}[a.column()] // EM_X86_64, EM_AARCH64
	elf := words("",
		0x10102464c457f, 0, // magic; 64 bits, little-endian
		2|machine<<16|1<<32, base+header, 64, 0, 64<<32|56<<48, 1, // executable; where it begins; one segment, described next
		1|5<<32, 0, base, base, size, size, 0x10000) // loaded as a whole, to be read and executed
	return append(elf.Bytes, code...)
}
