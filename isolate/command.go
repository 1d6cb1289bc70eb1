//go:build !(js && engine)

package isolate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
)

// Cmd is a command in a container, used as one of os/exec is. A Cmd can be started once.
type Cmd struct {
	Spec
	// Stdin, Stdout and Stderr are the command's; nil is /dev/null. What is no *os.File is copied through a pipe.
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Plan is what is carried out; Start fills it.
	Plan Plan
	// Process runs, after Start.
	Process *Process
	// State is how it ended, after Wait.
	State *State

	ctx     context.Context
	stop    func() bool
	copies  chan error
	copying int
	ours    []*os.File // closed in Start's caller, after Start
	theirs  []*os.File
}

var started atomic.Uint64

// Command is a command that will run as the spec says, on this machine.
func Command(s Spec) *Cmd { return &Cmd{Spec: s, ctx: context.Background()} }

// CommandContext is like [Command]; all of the container is killed when the context is done.
func CommandContext(ctx context.Context, s Spec) *Cmd { return &Cmd{Spec: s, ctx: ctx} }

// Start builds the plan and carries it out. It returns once the command runs.
func (c *Cmd) Start() error {
	if c.Process != nil {
		return errors.New("isolate: it was started already")
	}
	if err := c.ctx.Err(); err != nil {
		return err
	}
	host, err := detect((c.Group || len(c.Limits.controllers()) > 0) && c.Join == nil)
	if err != nil {
		return err
	}
	if c.Name == "" {
		c.Name = "c" + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatUint(started.Add(1), 10)
	}
	if c.Network == Bridged {
		host.NotForwarding = notForwarding()
	}
	if err := c.drawAddress(); err != nil {
		return err
	}
	if c.Plan, err = Build(c.Spec, host); err != nil {
		return err
	}
	files, err := c.files()
	if err == nil && c.Join != nil {
		files.Container, err = c.Join.hold()
		c.theirs = append(c.theirs, files.Container)
	}
	if err == nil {
		c.Process, err = Start(c.Plan, files)
	}
	closeAll(c.theirs)
	if err != nil {
		closeAll(c.ours)
		for range c.copying {
			<-c.copies
		}
		return err
	}
	if c.Process.Terminal != nil {
		c.attach()
	}
	c.stop = context.AfterFunc(c.ctx, func() { _ = c.Kill() })
	return nil
}

// drawAddress gives the container a free address on its bridge, if it has none. Two that draw the same at the same time do not get it both: the
// kernel keeps the names of their devices apart.
func (c *Cmd) drawAddress() error {
	if c.Network != Bridged || c.Bridge.Address.IsValid() || c.Join != nil || !c.Bridge.gateway().Addr().Is4() {
		return nil
	}
	entries, err := os.ReadDir("/sys/class/net")
	if err != nil {
		return err
	}
	devices := make([]string, len(entries))
	for i, e := range entries {
		devices[i] = e.Name()
	}
	a, ok := c.Bridge.free(devices)
	if !ok {
		return errors.New("isolate: all addresses of " + c.Bridge.gateway().Masked().String() + " are taken")
	}
	c.Bridge.Address = a
	return nil
}

// Wait waits for the command and for what copies its output. The error is an [*ExitError] if the command ran and failed.
func (c *Cmd) Wait() error {
	if c.Process == nil {
		return errors.New("isolate: it was not started")
	}
	state, err := c.Process.Wait()
	c.State = state
	c.stop()
	if c.Process.Terminal != nil {
		c.hangUp()
	}
	for range c.copying {
		if copied := <-c.copies; err == nil {
			err = copied
		}
	}
	closeAll(c.ours)
	switch {
	case err != nil:
		return err
	case c.ctx.Err() != nil && state.Code != 0:
		return c.ctx.Err()
	case state.Code != 0:
		return &ExitError{state}
	}
	return nil
}

// Run starts the command and waits for it.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Output runs the command and returns what it printed on its standard output.
func (c *Cmd) Output() ([]byte, error) {
	var out bytes.Buffer
	c.Stdout = &out
	err := c.Run()
	return out.Bytes(), err
}

// CombinedOutput runs the command and returns all it printed.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.Bytes(), err
}

// files are the command's standard files, with pipes where Go reads or writes.
func (c *Cmd) files() (f Files, err error) {
	c.copies = make(chan error, 3)
	if c.Terminal {
		f.Stdin, err = c.null(os.O_RDWR)
		return Files{Stdin: f.Stdin, Stdout: f.Stdin, Stderr: f.Stdin}, err // the child puts its terminal in their place
	}
	if f.Stdin, err = c.input(); err != nil {
		return f, err
	}
	if f.Stdout, err = c.output(c.Stdout); err != nil {
		return f, err
	}
	if c.Stderr != nil && same(c.Stdout, c.Stderr) {
		f.Stderr = f.Stdout
		return f, nil
	}
	f.Stderr, err = c.output(c.Stderr)
	return f, err
}

// same tells whether two writers are one; those that cannot be compared are two.
func same(a, b io.Writer) (equal bool) {
	defer func() { _ = recover() }()
	return a == b
}

func (c *Cmd) input() (*os.File, error) {
	switch in := c.Stdin.(type) {
	case nil:
		return c.null(os.O_RDONLY)
	case *os.File:
		return in, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.theirs = append(c.theirs, r)
	go func() { // not waited for: the reader may never end, as in a terminal
		_, _ = io.Copy(w, c.Stdin)
		_ = w.Close()
	}()
	return r, nil
}

func (c *Cmd) output(to io.Writer) (*os.File, error) {
	switch out := to.(type) {
	case nil:
		return c.null(os.O_WRONLY)
	case *os.File:
		return out, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.theirs, c.ours = append(c.theirs, w), append(c.ours, r)
	c.copying++
	go func() {
		_, err := io.Copy(to, r)
		c.copies <- err
	}()
	return w, nil
}

func (c *Cmd) null(mode int) (*os.File, error) {
	f, err := os.OpenFile(os.DevNull, mode, 0)
	if err == nil {
		c.theirs = append(c.theirs, f)
	}
	return f, err
}

func closeAll(files []*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

// Signal sends a signal to the command, see [Process.Signal].
func (c *Cmd) Signal(sig syscall.Signal) error {
	if c.Process == nil {
		return errors.New("isolate: it was not started")
	}
	return c.Process.Signal(sig)
}

// Kill kills the command and everything it started.
func (c *Cmd) Kill() error {
	if c.Process == nil {
		return errors.New("isolate: it was not started")
	}
	return c.Process.killAll()
}
