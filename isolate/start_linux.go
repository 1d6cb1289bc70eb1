//go:build amd64 || arm64

package isolate

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unsafe"
)

// Files are what the command gets as its standard input, output and errors, and a pidfd of the container it joins, if it does. They stay the
// caller's.
type Files struct{ Stdin, Stdout, Stderr, Container *os.File }

// Start carries out the plan: the parent's steps here, the child's in the child, and returns when the child has become the
// command. If a step fails it returns a [*StepError], and nothing of the container is left.
func Start(p Plan, f Files) (*Process, error) {
	c, err := compile(p)
	if err != nil {
		return nil, err
	}
	defer c.common.free()
	s := &starter{compiled: c, done: make([]bool, len(p.Steps))}
	defer s.close()
	if err := s.prepare(f); err != nil {
		return nil, err
	}
	if err := s.run(Before, func(i int) bool { return p.Steps[i].Call == "clone3" }); err != nil {
		s.undo()
		return nil, err
	}
	defer runtime.KeepAlive(s) // the child walks it until it is the command or dead
	defer runtime.KeepAlive(f)
	shareMemory()
	defer unshareMemory()
	if err := s.clone(); err != nil {
		s.undo()
		return nil, err
	}
	err = s.run(Beside, nil)
	if err != nil {
		s.process.kill()
	} else {
		err = s.await()
	}
	if err2 := s.adopt(); err == nil {
		err = err2
	}
	if err == nil {
		s.process.Terminal, err = s.terminal()
	}
	if err != nil {
		s.process.kill()
		_, _ = s.process.reap()
		s.process.release()
		s.undo()
		return nil, err
	}
	s.process.starter = s
	return s.process, nil
}

// starter is a plan on its way.
type starter struct {
	*compiled
	done    []bool // by step: it was made and did not fail
	opened  []int  // descriptors of the parent's steps
	status  [2]int
	wake    [2]int
	console [2]int // a pair of sockets: the child sends a terminal it made
	process *Process
}

// prepare makes the pipe whose end says that the child has become the command, and the one the child waits on.
func (s *starter) prepare(f Files) error {
	none := [2]int{-1, -1}
	s.status, s.wake, s.console = none, none, none
	for i, file := range []*os.File{f.Stdin, f.Stdout, f.Stderr} {
		s.results[int(refStdin)+i] = uint64(file.Fd())
	}
	if f.Container != nil {
		s.results[refContainer] = uint64(f.Container.Fd())
	}
	if err := pipe(&s.status); err != nil {
		return err
	}
	if slices.ContainsFunc(s.plan.Steps, func(st Step) bool { return st.Call == "sendmsg" }) {
		pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			return os.NewSyscallError("socketpair", err)
		}
		s.console = pair
		if err := above(&s.console); err != nil {
			return err
		}
		s.results[refConsole] = uint64(s.console[1])
	}
	waits := slices.ContainsFunc(s.plan.Steps, func(st Step) bool { return st.By == Beside })
	if !waits {
		return nil
	}
	err := pipe(&s.wake)
	s.results[refWake], s.results[refWaker] = uint64(s.wake[0]), uint64(s.wake[1])
	return err
}

// pipe makes a pipe outside of the numbers 0 to 2, which the child is going to overwrite.
func pipe(p *[2]int) error {
	if err := syscall.Pipe2(p[:], syscall.O_CLOEXEC); err != nil {
		return os.NewSyscallError("pipe2", err)
	}
	return above(p)
}

// above moves descriptors that have one of the three numbers.
func above(p *[2]int) error {
	for i, fd := range p {
		if fd > 2 {
			continue
		}
		n, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), fDupFDCloexec, 3)
		if errno != 0 {
			return os.NewSyscallError("fcntl", errno)
		}
		_ = syscall.Close(fd)
		p[i] = int(n)
	}
	return nil
}

// run makes the steps of an actor, up to one that until names.
func (s *starter) run(by Actor, until func(int) bool) error {
	for i := 0; i < len(s.plan.Steps); i++ {
		step := s.plan.Steps[i]
		if step.By != by {
			continue
		}
		if until != nil && until(i) {
			return nil
		}
		errno := s.make(i)
		switch {
		case errno == 0:
			s.done[i] = true
		case errno == step.Tolerate:
			i += step.Skip
		default:
			return s.failed(i, errno)
		}
	}
	return nil
}

// make makes a step of the parent.
func (s *starter) make(i int) Errno {
	var a [6]uintptr
	for j, cell := range s.rows[i].args {
		a[j] = uintptr(*cell)
	}
	var kept [][]byte
	for j, arg := range s.plan.Steps[i].Args {
		if arg.Kind == String && strings.Contains(arg.Text, "{pid}") {
			text := withPID(arg.Text, s.results[refPID])
			kept, a[j] = append(kept, text), uintptr(unsafe.Pointer(&text[0]))
		}
	}
	switch s.plan.Steps[i].Call {
	case checkCall:
		if a[0]&a[1] != a[2] {
			return checkFailedErrno
		}
		return 0
	case netlinkCall:
		return talk(int(a[0]), s.plan.Steps[i].Args[1].Bytes, uint32(a[2]), int(a[3]))
	}
	r, _, errno := syscall.Syscall6(uintptr(s.rows[i].number), a[0], a[1], a[2], a[3], a[4], a[5])
	runtime.KeepAlive(kept)
	if errno != 0 {
		return Errno(errno)
	}
	*s.rows[i].result = uint64(r)
	switch s.plan.Steps[i].Call {
	case "openat", "open_tree", "memfd_create", "socket", "pidfd_open":
		if !s.keeps(s.plan.Steps[i].Result) {
			s.opened = append(s.opened, int(r))
		}
	case "close":
		s.opened = slices.DeleteFunc(s.opened, func(fd int) bool { return fd == int(a[0]) })
	}
	return 0
}

// keeps says that a step after the end closes the descriptor, which is open until then.
func (s *starter) keeps(r Ref) bool {
	return slices.ContainsFunc(s.plan.Steps, func(st Step) bool {
		return st.By == After && st.Call == "close" && Ref(st.Args[0].Value) == r && st.Of > 0
	})
}

// clone makes the child and leaves it to its table.
func (s *starter) clone() error {
	at := slices.IndexFunc(s.plan.Steps, func(st Step) bool { return st.Call == "clone3" })
	var pidfd int32 = -1
	args := &cloneArgs{flags: *s.rows[at].args[0], pidfd: uint64(uintptr(unsafe.Pointer(&pidfd))), exitSignal: *s.rows[at].args[1], cgroup: *s.rows[at].args[2]}
	s.common.between = table{rows: &s.child[0], count: uint64(len(s.child))}
	s.common.child = s.common.between
	s.common.child.allMask, s.common.child.between = ^uint64(0), &s.common.between
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	pid := launch(args, unsafe.Sizeof(*args), &s.common.child)
	runtime.KeepAlive(args)
	if pid < 0 {
		return s.failed(at, Errno(-pid))
	}
	s.done[at] = true
	s.results[refPID] = uint64(pid)
	s.process = newProcess(pid, int(pidfd))
	closeFD(&s.status[1])
	closeFD(&s.wake[0])
	closeFD(&s.console[1])
	return nil
}

// await returns when the child has become the command, or says why it has not.
func (s *starter) await() error {
	var b [1]byte
	for {
		_, err := syscall.Read(s.status[0], b[:])
		if err != syscall.EINTR {
			break
		}
	}
	child, between := s.common.child, s.common.between
	switch {
	case between.errno != 0 || child.errno == 0 && int(between.at) < s.apart:
		return s.failed(s.steps[between.at], Errno(between.errno))
	case child.errno != 0 || int(child.at) < s.first:
		return s.failed(s.steps[child.at], Errno(child.errno))
	}
	return nil
}

// adopt waits for a process that was between us and the command, and takes the command, which is our child all the same, in its place.
func (s *starter) adopt() error {
	pid := int(uint32(s.common.part))
	if pid == 0 {
		return nil
	}
	_, _ = s.process.reap()
	s.process.release()
	fd, _, errno := syscall.Syscall(sysPidfdOpen, uintptr(pid), 0, 0)
	if errno != 0 {
		_ = syscall.Kill(pid, syscall.SIGKILL) // ours until it is waited for
		var status syscall.WaitStatus
		_, _ = syscall.Wait4(pid, &status, 0, nil)
		return os.NewSyscallError("pidfd_open", errno)
	}
	s.process = newProcess(pid, int(fd))
	return nil
}

// terminal receives the one the child made; nil if it made none.
func (s *starter) terminal() (*os.File, error) {
	if s.console[0] < 0 {
		return nil, nil
	}
	letter, control := make([]byte, 1), make([]byte, 64)
	_, n, _, _, err := syscall.Recvmsg(s.console[0], letter, control, syscall.MSG_DONTWAIT|syscall.MSG_CMSG_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("recvmsg", err)
	}
	messages, err := syscall.ParseSocketControlMessage(control[:n])
	if err != nil || len(messages) != 1 {
		return nil, fmt.Errorf("isolate: the child sent no terminal: %w", errors.Join(err, os.ErrInvalid))
	}
	fds, err := syscall.ParseUnixRights(&messages[0])
	if err != nil {
		return nil, os.NewSyscallError("recvmsg", err)
	}
	_ = syscall.SetNonblock(fds[0], true) // so that the runtime waits for it without a thread
	return os.NewFile(uintptr(fds[0]), "terminal"), nil
}

func (s *starter) failed(i int, e Errno) error {
	err := s.plan.Failure(i, e)
	if e != 0 && e < checkFailedErrno {
		err.err = syscall.Errno(e)
	}
	return err
}

// undo takes away what the steps before made.
func (s *starter) undo() {
	s.close() // a lock among it
	for i := 0; i < len(s.plan.Steps); i++ {
		step := s.plan.Steps[i]
		if step.By == After && s.done[step.Of] && s.remove(i) == step.Tolerate {
			i += step.Skip
		}
	}
	s.close()
}

func (s *starter) close() {
	for _, p := range []*int{&s.status[0], &s.status[1], &s.wake[0], &s.wake[1], &s.console[0], &s.console[1]} {
		closeFD(p)
	}
	for _, fd := range s.opened {
		_ = syscall.Close(fd)
	}
	s.opened = nil
}

func closeFD(fd *int) {
	if *fd >= 0 {
		_ = syscall.Close(*fd)
		*fd = -1
	}
}
