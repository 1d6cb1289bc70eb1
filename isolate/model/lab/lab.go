// Package lab is a small machine to type to: the model kernel with a root file system, users, a few mounts, and a shell as process 1 of
// namespaces of its own. It is the machine of the transcripts that were recorded from a real kernel.
//
//	l := lab.New()
//	out, status := l.Run("unshare -u hostname box; hostname")   // "lab\n", 0
//	l.Close()
//
// Time in it is virtual: a sleep takes no time of the caller's.
package lab

import (
	"github.com/slipway-dev/slipway/isolate/model"
	"github.com/slipway-dev/slipway/isolate/model/container"
	"github.com/slipway-dev/slipway/isolate/model/userland"
)

// Epoch is when the lab is switched on: the talk's day, in Unix seconds.
const Epoch = 1_487_413_800

// Lab is a machine with a shell that waits for lines.
type Lab struct {
	k       *model.Kernel
	in, out *model.HostPipe
	shell   *model.Process
	slipway bool  // the program is there
	steps   int   // how much work a line may be
	begin   int64 // when it was opened, by the kernel's clock
}

// New starts a lab.
func New() *Lab { return start(false) }

// NewWithSlipway starts a lab that has more programs than the machine of the transcripts: slipway and what lessons need besides.
func NewWithSlipway() *Lab { return start(true) }

func start(slipway bool) *Lab {
	programs := userland.Programs()
	if slipway {
		programs["slipway"] = container.Slipway
	}
	l := &Lab{slipway: slipway, steps: maxSteps, k: model.Boot(model.Config{Epoch: Epoch, Programs: programs})}
	l.k.Start(l.setup)
	l.k.Run(patience, maxSteps, l.waiting)
	return l
}

// Close switches the machine off. It must be called, or what its processes hold stays in memory.
func (l *Lab) Close() { l.k.Close() }

const (
	maxSteps = 1_000_000
	second   = 1_000_000_000
	// pause is how long a person takes between two lines.
	pause = second / 100
	// patience is how long a line may take, in the lab's own time.
	patience = 3600 * second
)

// Run types a line and lets the machine work until a shell waits for the next. It returns what was printed, and the status of the last
// command of the shell that waits. A line that never ends is given up after an hour of the lab's time, with status -1.
func (l *Lab) Run(line string) (output string, status int) {
	l.in.Write(line + "\n")
	l.k.Run(l.k.Now()+patience, l.steps, func() bool {
		output += l.out.Take()
		return l.waiting()
	})
	idle := l.in.Reader()
	l.k.Run(l.k.Now()+pause, l.steps, func() bool {
		output += l.out.Take()
		return false
	})
	output += l.out.Take()
	if idle == nil {
		return output, -1
	}
	return output, idle.Status
}

// waiting tells whether a shell has done what it was told.
func (l *Lab) waiting() bool {
	return l.in != nil && l.in.Reader() != nil || l.shell != nil && l.shell.Ended()
}
