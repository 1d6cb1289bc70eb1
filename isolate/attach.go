//go:build !(js && engine)

package isolate

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// attach copies between the caller's streams and the command's terminal. The input is not waited for: it may never end.
func (c *Cmd) attach() {
	terminal := c.Process.Terminal
	if c.Stdin != nil {
		go func() {
			if _, err := io.Copy(terminal, c.Stdin); err == nil {
				_, _ = terminal.Write([]byte{4}) // Ctrl-D: the end of input that is no terminal's
			}
		}()
	}
	to := c.Stdout
	if to == nil {
		to = io.Discard
	}
	c.copying++
	go func() {
		_, err := io.Copy(to, terminal)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			err = rest(to, terminal)
		}
		var path *fs.PathError
		if errors.As(err, &path) && path.Op == "read" {
			err = nil // EIO is how a terminal says that nobody is left at its inner end
		}
		c.copies <- err
	}()
}

// hangUp ends the copying when the command has ended, even if something it left behind keeps the terminal open.
func (c *Cmd) hangUp() {
	_ = c.Process.Terminal.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
}

// rest copies what is there already.
func rest(to io.Writer, terminal *os.File) error {
	b := make([]byte, 4096)
	for range 64 { // more than a terminal holds
		if err := terminal.SetReadDeadline(time.Now().Add(10 * time.Millisecond)); err != nil {
			return err
		}
		n, err := terminal.Read(b)
		if _, err2 := to.Write(b[:n]); err2 != nil {
			return err2
		}
		if err != nil {
			return nil
		}
	}
	return nil
}
