package playground

import (
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// A command of kubectl takes no virtual time, so a loop of thousands of them would run at one go: the page could not draw, and nobody
// could press Ctrl-C. Therefore a script draws breath after so many commands without a wait of its own, and goes on a moment later. By
// virtual time, so that a replay breathes where the session did.
const (
	breathEvery = 100
	breathTime  = 500 * time.Millisecond
	mostBreaths = shell.MaxCommands / breathEvery
)

// breathing is how far a script has come since it last waited.
type breathing struct {
	commands int // since the last breath
	breaths  int
	still    bool // it runs inside a command that cannot wait for it
}

// breathJob is the wait of a breath.
type breathJob struct {
	sleepJob
	code int // of the command before it
}

func (j breathJob) Poll(env *kubectl.Env) (kubectl.Result, bool) {
	_, over := j.sleepJob.Poll(env)
	return kubectl.Result{Code: j.code}, over
}

func (j breathJob) Clone() kubectl.Job { return j }

// poll ends a script that has gone on for too long.
func (j breathJob) poll(s *Session) (kubectl.Result, bool) {
	res, over := j.Poll(s.env(nil))
	if over && s.breaths >= mostBreaths && s.exec != nil {
		s.say(Err, shell.Endless)
		s.exec.Interrupt()
	}
	return res, over
}

// breathe lets a script wait behind a command if it has run many.
func (s *Session) breathe(res kubectl.Result) kubectl.Result {
	if s.commands++; res.Job != nil || s.still || s.commands < breathEvery {
		return res
	}
	s.commands = 0
	s.breaths++
	res.Job = breathJob{sleepJob{s.cluster.Now() + breathTime}, res.Code}
	return res
}

// waited begins to count anew, unless it was for breath that the script waited.
func (s *Session) waited(j kubectl.Job) {
	if _, breath := j.(breathJob); !breath {
		s.breathing = breathing{still: s.still}
	}
}
