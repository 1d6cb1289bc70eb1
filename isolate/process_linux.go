//go:build amd64 || arm64

package isolate

import (
	"os"
	"syscall"
	"time"
	"unsafe"
)

// Process is a command that runs. It must be waited for.
type Process struct {
	PID int // outside
	// Terminal is the outer end of the terminal the command has, if the Spec asked for one: what is read is what it prints. Wait does not close it.
	Terminal *os.File

	pidfd   *os.File
	starter *starter
}

func newProcess(pid, pidfd int) *Process {
	_ = syscall.SetNonblock(pidfd, true) // so that the runtime waits for it without a thread
	return &Process{PID: pid, pidfd: os.NewFile(uintptr(pidfd), "pidfd")}
}

func (p *Process) release() { _ = p.pidfd.Close() }

// Signal sends a signal to the command. As process 1 of its namespace the command only gets those it handles, and SIGKILL and SIGSTOP.
func (p *Process) Signal(sig syscall.Signal) error {
	var errno syscall.Errno
	err := p.control(func(fd uintptr) { _, _, errno = syscall.Syscall6(sysPidfdSendSignal, fd, uintptr(sig), 0, 0, 0, 0) })
	switch {
	case err != nil || errno == syscall.ESRCH:
		return os.ErrProcessDone
	case errno != 0:
		return os.NewSyscallError("pidfd_send_signal", errno)
	}
	return nil
}

func (p *Process) control(f func(fd uintptr)) error {
	conn, err := p.pidfd.SyscallConn()
	if err != nil {
		return err
	}
	return conn.Control(f)
}

func (p *Process) kill() { _ = p.Signal(syscall.SIGKILL) }

// Wait waits until the command has ended and takes away what was made for it.
func (p *Process) Wait() (*State, error) {
	st, err := p.reap()
	p.release()
	if p.starter != nil {
		p.starter.undo()
	}
	return st, err
}

const (
	pPIDFD             = 3
	sysPidfdSendSignal = 424 // these two on all architectures
	sysPidfdOpen       = 434
)

// reap collects the exit. The pidfd becomes readable when there is one; until then no thread waits.
func (p *Process) reap() (*State, error) {
	var st *State
	var err error
	conn, connErr := p.pidfd.SyscallConn()
	if connErr != nil {
		return nil, connErr
	}
	connErr = conn.Read(func(fd uintptr) bool {
		st, err = waitid(fd)
		return st != nil || err != nil
	})
	if err == nil {
		err = connErr
	}
	return st, err
}

// waitid returns nil if the process has not ended yet.
func waitid(pidfd uintptr) (*State, error) {
	var info struct {
		signo, errno, code, _ int32
		pid, uid, status      int32
		_                     [100]byte
	}
	var usage syscall.Rusage
	for {
		_, _, errno := syscall.Syscall6(syscall.SYS_WAITID, pPIDFD, pidfd, uintptr(unsafe.Pointer(&info)), syscall.WEXITED|syscall.WNOHANG, uintptr(unsafe.Pointer(&usage)), 0)
		if errno == syscall.EINTR {
			continue
		}
		if errno != 0 {
			return nil, os.NewSyscallError("waitid", errno)
		}
		break
	}
	if info.pid == 0 {
		return nil, nil
	}
	st := &State{User: span(usage.Utime), System: span(usage.Stime), MaxRSS: usage.Maxrss << 10}
	if info.code == 1 { // CLD_EXITED
		st.Code = int(info.status)
	} else {
		st.Signal, st.Code = int(info.status), 128+int(info.status)
	}
	return st, nil
}

func span(t syscall.Timeval) time.Duration { return time.Duration(t.Nano()) }
