//go:build linux && (amd64 || arm64)

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"github.com/slipway-dev/slipway/isolate"
)

// worker is a running program that starts a container for every line and answers with what it took: a library's caller.
type worker struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func newWorker(argv []string) (*worker, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &worker{cmd, in, bufio.NewReader(out)}, cmd.Start()
}

func (w *worker) start() (s sample, err error) {
	if _, err = fmt.Fprintln(w.in); err != nil {
		return s, err
	}
	_, err = fmt.Fscanln(w.out, &s.wall, &s.cpu)
	s.cpu *= 1000
	return s, err
}

func (w *worker) close() {
	_ = w.in.Close()
	_ = w.cmd.Wait()
}

// serve is such a program in Go.
func serve(spec isolate.Spec, heap int) error {
	held := make([]byte, heap<<20)
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	defer runtime.KeepAlive(held)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		before, began := used(), time.Now()
		if err := isolate.Command(spec).Run(); err != nil {
			return err
		}
		took := time.Since(began)
		if _, err := fmt.Println(took.Nanoseconds(), (used() - before).Microseconds()); err != nil {
			return err
		}
	}
	return nil
}

// used is the processor time of this process and of the children it waited for.
func used() (d time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		_ = syscall.Getrusage(who, &u)
		d += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return d
}
