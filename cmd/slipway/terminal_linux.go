package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"unsafe"

	"github.com/slipway-dev/slipway/isolate"
)

// sit puts the caller's terminal at the disposal of the command's: keys go through as they are pressed, and the size follows. What it
// returns undoes that, and may be called again.
func sit(cmd *isolate.Cmd) (restore func()) {
	inner := cmd.Process.Terminal
	if inner == nil {
		return func() {}
	}
	outer := os.Stdin
	was, ok := rawMode(outer)
	resized := make(chan os.Signal, 1)
	follow := func() {
		if size, ok := sizeOf(outer); ok {
			setSize(inner, size)
		}
	}
	if ok {
		follow()
		signal.Notify(resized, syscall.SIGWINCH)
		go func() {
			for range resized {
				follow()
			}
		}()
	}
	return sync.OnceFunc(func() {
		if !ok {
			return
		}
		signal.Stop(resized)
		close(resized)
		setMode(outer, was)
	})
}

// callersSize is the size of the terminal the caller sits at, 0 if there is none.
func callersSize() isolate.TerminalSize {
	s, _ := sizeOf(os.Stdin)
	return isolate.TerminalSize{Rows: s.rows, Columns: s.columns}
}

// control is an ioctl on a file that Go may wait for at the same time.
func control(f *os.File, request uintptr, p unsafe.Pointer) bool {
	conn, err := f.SyscallConn()
	if err != nil {
		return false
	}
	var errno syscall.Errno
	err = conn.Control(func(fd uintptr) { _, _, errno = syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(p)) })
	return err == nil && errno == 0
}

// rawMode lets keys through one by one and unchanged, and returns the mode before; false if the file is no terminal. Source: termios(3), "raw mode".
func rawMode(f *os.File) (was syscall.Termios, ok bool) {
	if !control(f, syscall.TCGETS, unsafe.Pointer(&was)) {
		return was, false
	}
	raw := was
	raw.Iflag &^= syscall.IGNBRK | syscall.BRKINT | syscall.PARMRK | syscall.ISTRIP | syscall.INLCR | syscall.IGNCR | syscall.ICRNL | syscall.IXON
	raw.Oflag &^= syscall.OPOST
	raw.Lflag &^= syscall.ECHO | syscall.ECHONL | syscall.ICANON | syscall.ISIG | syscall.IEXTEN
	raw.Cflag = raw.Cflag&^(syscall.CSIZE|syscall.PARENB) | syscall.CS8
	raw.Cc[syscall.VMIN], raw.Cc[syscall.VTIME] = 1, 0
	return was, setMode(f, raw)
}

func setMode(f *os.File, mode syscall.Termios) bool {
	return control(f, syscall.TCSETS, unsafe.Pointer(&mode))
}

// size is struct winsize. Source: TIOCGWINSZ(2const).
type size struct{ rows, columns, _, _ uint16 }

func sizeOf(f *os.File) (s size, ok bool) {
	ok = control(f, syscall.TIOCGWINSZ, unsafe.Pointer(&s))
	return s, ok
}

func setSize(f *os.File, s size) bool { return control(f, syscall.TIOCSWINSZ, unsafe.Pointer(&s)) }
