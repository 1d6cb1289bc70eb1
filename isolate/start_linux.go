//go:build amd64 || arm64

package isolate

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unsafe"
)

// Files are what the command gets as its standard input, output and errors. They stay the caller's.
type Files struct{ Stdin, Stdout, Stderr *os.File }

// Start carries out the plan: the parent's steps here, the child's in the child, and returns when the child has become the
// command. If a step fails it returns a [*StepError], and nothing of the container is left.
func Start(p Plan, f Files) (*Process, error) {
	c, err := compile(p)
	if err != nil {
		return nil, err
	}
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
	if err != nil {
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
	table   table
	done    []bool // by step: it was made and did not fail
	opened  []int  // descriptors of the parent's steps
	status  [2]int
	wake    [2]int
	process *Process
}

// prepare makes the pipe whose end says that the child has become the command, and the one the child waits on.
func (s *starter) prepare(f Files) error {
	s.status, s.wake = [2]int{-1, -1}, [2]int{-1, -1}
	for i, file := range []*os.File{f.Stdin, f.Stdout, f.Stderr} {
		s.results[int(refStdin)+i] = uint64(file.Fd())
	}
	if err := pipe(&s.status); err != nil {
		return err
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
	r, _, errno := syscall.Syscall6(uintptr(s.rows[i].number), a[0], a[1], a[2], a[3], a[4], a[5])
	runtime.KeepAlive(kept)
	if errno != 0 {
		return Errno(errno)
	}
	*s.rows[i].result = uint64(r)
	switch s.plan.Steps[i].Call {
	case "openat":
		s.opened = append(s.opened, int(r))
	case "close":
		s.opened = slices.DeleteFunc(s.opened, func(fd int) bool { return fd == int(a[0]) })
	}
	return 0
}

// clone makes the child and leaves it to its table.
func (s *starter) clone() error {
	at := slices.IndexFunc(s.plan.Steps, func(st Step) bool { return st.Call == "clone3" })
	var pidfd int32 = -1
	args := &cloneArgs{flags: *s.rows[at].args[0], pidfd: uint64(uintptr(unsafe.Pointer(&pidfd))), exitSignal: *s.rows[at].args[1], cgroup: *s.rows[at].args[2]}
	s.table = table{rows: &s.child[0], count: uint64(len(s.child)), allMask: ^uint64(0)}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	pid := launch(args, unsafe.Sizeof(*args), &s.table)
	runtime.KeepAlive(args)
	if pid < 0 {
		return s.failed(at, Errno(-pid))
	}
	s.done[at] = true
	s.results[refPID] = uint64(pid)
	s.process = newProcess(pid, int(pidfd))
	closeFD(&s.status[1])
	closeFD(&s.wake[0])
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
	row := int(s.table.at)
	if s.table.errno == 0 && row >= s.first {
		return nil
	}
	return s.failed(s.steps[row], Errno(s.table.errno))
}

func (s *starter) failed(i int, e Errno) error {
	step := s.plan.Steps[i]
	err := &StepError{Step: step, Index: i, Line: s.plan.Line(i), Errno: e}
	err.Cause, err.Remedy = explainErrno(step.Call, e)
	if e != 0 && e < checkFailedErrno {
		err.err = syscall.Errno(e)
	}
	return err
}

// undo takes away what the steps before made.
func (s *starter) undo() {
	for i, step := range s.plan.Steps {
		if step.By == After && s.done[step.Of] {
			s.remove(i)
		}
	}
}

func (s *starter) close() {
	for _, p := range []*int{&s.status[0], &s.status[1], &s.wake[0], &s.wake[1]} {
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
