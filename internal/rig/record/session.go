//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"github.com/slipway-dev/slipway/isolate/model/transcript"
)

// session is a shell of a lab that reads its lines from a pipe. What it and all others print comes together in another.
type session struct {
	in    *os.File // where lines are written
	stdin string   // what that pipe is called in /proc/PID/fd/0
	out   int      // descriptor
}

// typeIn types a script to a fresh lab, and leaves nothing of that lab behind.
func typeIn(script transcript.Transcript) (came transcript.Transcript, err error) {
	inRead, inWrite, err := os.Pipe()
	if err != nil {
		return came, err
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return came, err
	}
	cmd := labCommand()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = inRead, outWrite, outWrite
	if err := cmd.Start(); err != nil {
		return came, err
	}
	name, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", inRead.Fd()))
	if err != nil {
		return came, err
	}
	inRead.Close()
	outWrite.Close()
	s := &session{in: inWrite, stdin: name, out: int(outRead.Fd())}
	defer func() {
		inWrite.Close()
		cmd.Process.Kill() // process 1 of the lab takes all others with it
		cmd.Wait()
		outRead.Close()
		err = errors.Join(err, removeCgroups("/sys/fs/cgroup"), restoreLimits())
	}()
	if err := s.started(); err != nil {
		return came, err
	}
	came = transcript.Transcript{Name: script.Name, Title: script.Title}
	for i, step := range script.Steps {
		got, err := s.step(step.Command)
		if err != nil {
			return came, fmt.Errorf("step %d, %s: %w", i+1, step.Command, err)
		}
		came.Steps = append(came.Steps, got)
	}
	return came, nil
}

// step types a line and tells what came until the shell had told its status.
//
// The shell takes a child's end for the end of its input if that falls into its waiting for a line. So it must not wait: the line and the
// question for $? come in one write, and the answer is read by a thread before which no other runs, which writes the next line at once.
func (s *session) step(line string) (transcript.Step, error) {
	step := transcript.Step{Command: line}
	if _, err := io.WriteString(s.in, line+"\n"+askStatus); err != nil {
		return step, err
	}
	var out bytes.Buffer
	last, rest := "", 50*time.Millisecond // looking at all processes takes long, and nobody else runs meanwhile
	look := time.Now().Add(rest)
	for began := time.Now(); time.Since(began) < patience; {
		if err := s.drain(&out); err != nil {
			return step, err
		}
		if before, rest, found := strings.Cut(out.String(), mark); found {
			if code, after, whole := strings.Cut(rest, "\n"); whole {
				status, err := strconv.Atoi(code)
				step.Output, step.Status = before+after, status
				if step.Output != "" && !strings.HasSuffix(step.Output, "\n") {
					step.Output += "\n"
				}
				return step, err
			}
		}
		// A shell in the shell reads the next lines; the outer one has the question for its status already.
		if time.Now().Before(look) {
			continue
		}
		now := s.waiting()
		rest = min(2*rest, time.Second)
		look = time.Now().Add(rest)
		if now != "" && now == last && out.Len() == 0 {
			return step, nil
		}
		if now != "" && now == last {
			return step, fmt.Errorf("it starts a shell and prints %q, for which the format has no place", out.String())
		}
		last = now
	}
	return step, fmt.Errorf("it does not end; printed until now: %q", out.String())
}

const (
	mark      = "\x01status "
	patience  = 120 * time.Second
	askStatus = `__s=$?; echo "` + mark + `$__s"; __r() { return $__s; }; __r` + "\n" // no process more, and the next line finds $? as it was
)

// started waits for the shell's first wish for a line and forgets its greeting.
func (s *session) started() error {
	var out bytes.Buffer
	look := time.Now()
	for began := time.Now(); time.Since(began) < patience; {
		if err := s.drain(&out); err != nil {
			return fmt.Errorf("%w: %s", err, &out)
		}
		if time.Now().Before(look) {
			continue
		}
		look = time.Now().Add(200 * time.Millisecond)
		if s.waiting() != "" {
			return s.drain(&out)
		}
	}
	return fmt.Errorf("no shell came up: %q", out.String())
}

// drain waits two milliseconds for output and reads what is there.
func (s *session) drain(to *bytes.Buffer) error {
	for timeout := 2; ; timeout = 0 {
		poll := struct {
			fd      int32
			events  int16
			revents int16
		}{int32(s.out), 1 /* POLLIN */, 0}
		n, _, errno := syscall.Syscall(syscall.SYS_POLL, uintptr(unsafe.Pointer(&poll)), 1, uintptr(timeout))
		if errno == syscall.EINTR || errno == 0 && n == 0 {
			return nil
		}
		if errno != 0 {
			return errno
		}
		var b [4096]byte
		got, err := syscall.Read(s.out, b[:])
		if err != nil {
			return err
		}
		if got == 0 {
			return errors.New("the lab has ended")
		}
		to.Write(b[:got])
	}
}

// beFirst lets the calling thread run before all that are not real-time; what it starts is not.
func beFirst() error {
	runtime.LockOSThread()
	priority := int32(1)
	const fifo, resetOnFork = 1, 0x40000000
	if _, _, errno := syscall.Syscall(syscall.SYS_SCHED_SETSCHEDULER, 0, fifo|resetOnFork, uintptr(unsafe.Pointer(&priority))); errno != 0 {
		return fmt.Errorf("sched_setscheduler: %w", errno)
	}
	return nil
}

// typedAhead is how many bytes nobody has read yet.
func (s *session) typedAhead() int {
	n := int32(0)
	syscall.Syscall(syscall.SYS_IOCTL, s.in.Fd(), 0x541b /* FIONREAD */, uintptr(unsafe.Pointer(&n)))
	return int(n)
}

// waiting is the process that waits in read(0) at the shells' pipe, and "" if none does.
func (s *session) waiting() string {
	if s.typedAhead() > 0 {
		return ""
	}
	all, _ := filepath.Glob("/proc/[0-9]*/syscall")
	for _, file := range all {
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), "0 0x0 ") {
			continue
		}
		dir := filepath.Dir(file)
		if name, err := os.Readlink(dir + "/fd/0"); err == nil && name == s.stdin {
			return filepath.Base(dir)
		}
	}
	return ""
}

// removeCgroups removes what a script has made, from the leaves on; processes need a moment to be gone.
func removeCgroups(root string) error {
	var err error
	for try := 0; try < 100; try++ {
		err = nil
		filepath.Walk(root, func(path string, info os.FileInfo, walkErr error) error {
			if walkErr == nil && info.IsDir() && path != root {
				os.WriteFile(path+"/cgroup.kill", []byte("1"), 0)
				os.WriteFile(path+"/cgroup.freeze", []byte("0"), 0)
			}
			return nil
		})
		var left []string
		filepath.Walk(root, func(path string, info os.FileInfo, walkErr error) error {
			if walkErr == nil && info.IsDir() && path != root {
				left = append(left, path)
			}
			return nil
		})
		for i := len(left) - 1; i >= 0; i-- {
			err = errors.Join(err, os.Remove(left[i]))
		}
		if err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
