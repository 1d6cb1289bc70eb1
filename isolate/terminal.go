package isolate

import "strconv"

// terminal makes a terminal, in the container's own devpts if it has one, and sends its outer end to the parent. The command's standard
// files are the inner end; nobody outside reads what is typed into it but who asked for it, and there is no other terminal to type into.
func (b *builder) terminal(dir Arg, ptmx string) {
	outer, inner, facts := b.result("outer"), b.result("inner"), b.result("statx")
	b.because("a terminal of its own: an outer end for the caller, an inner end for the command", "pts(4)")
	b.step("openat", dir, str(ptmx), named(oRDWR|oNOCTTY|oCLOEXEC|oNONBLOCK, "O_RDWR|O_NOCTTY|O_CLOEXEC|O_NONBLOCK")).Result = outer
	if b.spec.Join != nil {
		b.because("it is one: who is inside may have put something else in its place", "pts(4)")
		b.step("statx", outer.use(), str(""), named(atEmptyPath, "AT_EMPTY_PATH"), named(statxTypeAndRdev, "STATX_TYPE"), facts.buffer(256))
		b.device(facts, 5, 2)
	}
	b.because("the inner end, by the outer one: no path has to be believed", "TIOCGPTPEER(2const)")
	b.step("ioctl", outer.use(), named(tiocUnlock, "TIOCSPTLCK"), words("{0}", 0))
	b.step("ioctl", outer.use(), named(tiocPeer, "TIOCGPTPEER"), named(oRDWR|oNOCTTY|oCLOEXEC, "O_RDWR|O_NOCTTY|O_CLOEXEC")).Result = inner
	if size := b.spec.TerminalSize; size != (TerminalSize{}) {
		b.because("its size, before anybody asks", "TIOCSWINSZ(2const)")
		text := "{" + strconv.Itoa(int(size.Rows)) + " rows, " + strconv.Itoa(int(size.Columns)) + " columns}"
		b.step("ioctl", inner.use(), named(tiocSetSize, "TIOCSWINSZ"), words(text, uint64(size.Rows)|uint64(size.Columns)<<16))
	}
	if u := b.spec.User; u.UID != 0 {
		b.because("it is the command's user's", "fchown(2)")
		b.step("fchown", inner.use(), num(uint64(u.UID)), named(^uint64(0), "-1"))
	}
	b.because("the outer end goes to the caller", "unix(7), SCM_RIGHTS")
	b.step("sendmsg", refConsole.use(), outer.message(), num(0))
	b.inner = inner
}

// console is what programs that speak to the machine's operator open: the same terminal.
func (b *builder) console(dev Ref) {
	b.because("/dev/console is the terminal too", "console(4)")
	at := b.result("console")
	b.step("mknodat", dev.use(), str("console"), named(0o100600, "S_IFREG|0600"), num(0))
	b.clones(at, b.inner.use(), "", 0)
	b.attach(at, dev, "console")
}

// controls makes the terminal the session's own: its keys send signals.
func (b *builder) controls() {
	if b.spec.Terminal {
		b.because("the terminal is the session's: Ctrl-C is a signal, jobs can be stopped", "TIOCSCTTY(2const)")
		b.step("ioctl", num(0), named(tiocSetCTTY, "TIOCSCTTY"), num(0))
	}
}
