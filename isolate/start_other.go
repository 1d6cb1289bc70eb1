//go:build !(js && engine) && !(linux && (amd64 || arm64))

package isolate

import (
	"os"
	"runtime"
	"syscall"
)

func unsupported() error {
	return &UnsupportedError{"containers need Linux on amd64 or arm64, and this is " + runtime.GOOS + " on " + runtime.GOARCH,
		"plans can be made and explained here; use a Linux machine or virtual machine to run them"}
}

// Detect needs Linux.
func Detect() (Host, error) { return Host{}, unsupported() }

func detect(bool) (Host, error) { return Detect() }

func notForwarding() bool { return false }

// Files are what the command gets as its standard input, output and errors, and a pidfd of the container it joins, if it does.
type Files struct{ Stdin, Stdout, Stderr, Container *os.File }

// Start needs Linux.
func Start(Plan, Files) (*Process, error) { return nil, unsupported() }

// Process is a command that runs: there is none here.
type Process struct {
	PID      int
	Terminal *os.File
}

// Signal needs Linux.
func (p *Process) Signal(syscall.Signal) error { return unsupported() }

// Wait needs Linux.
func (p *Process) Wait() (*State, error) { return nil, unsupported() }

func (p *Process) killAll() error { return unsupported() }

// Look finds nothing: audits need Linux.
func Look() Outside { return Outside{} }

// Audit needs Linux: nothing is found.
func Audit(Outside) []Finding { return nil }

// Inspect needs Linux.
func Inspect(int) (Inspection, error) { return Inspection{}, unsupported() }

// Find needs Linux.
func Find(int) (Running, error) { return Running{}, unsupported() }

func (Running) hold() (*os.File, error) { return nil, unsupported() }

// Stats needs Linux: nothing is counted.
func (Running) Stats() Stats { return Stats{} }

// Freeze needs Linux.
func (Running) Freeze() error { return unsupported() }

// Thaw needs Linux.
func (Running) Thaw() error { return unsupported() }
