package userland

import (
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// list runs a chain of pipelines. tail says that the shell has nothing to do after it.
func (s *sh) list(l shell.List, tail bool) {
	if l.Background {
		// In other shells one stands around a pipeline and waits for it: a bomb of forks runs full and comes to rest.
		if pl := l.Pipelines[0]; s.interactive && len(l.Pipelines) == 1 && len(pl.Commands) > 1 && !pl.Not {
			if j := s.start(pl, true); j != nil {
				s.bg = j.pids[len(j.pids)-1]
				j.text = s.listText(l)
				s.jobs = append(s.jobs, j)
				s.status = 0
			}
			return
		}
		pid, ok := s.fork(func(s *sh) {
			s.child()
			s.background()
			l.Background = false
			s.list(l, true)
		})
		if ok {
			s.bg = pid
			s.jobs = append(s.jobs, &job{pids: []int{pid}, text: s.listText(l)})
			s.status = 0
		}
		return
	}
	for i, pl := range l.Pipelines {
		if i > 0 && (pl.Join == shell.IfOK) != (s.status == 0) {
			continue
		}
		last := i == len(l.Pipelines)-1
		if !last || pl.Not {
			s.tested++
		}
		s.pipeline(pl, tail && last && !pl.Not)
		if pl.Not {
			s.status = boolStatus(s.status != 0)
		}
		if !last || pl.Not {
			s.tested--
		}
		s.runTraps()
		if s.leave != staying {
			return
		}
		if s.errexit && s.status != 0 && s.tested == 0 && last {
			s.exit(s.status)
		}
	}
}

func boolStatus(ok bool) int {
	if ok {
		return 0
	}
	return 1
}

// background is what a job does that nobody waits for: its input is empty, it ignores what a terminal sends.
func (s *sh) background() {
	s.p.Signal(model.SIGINT, model.Ignored)
	s.p.Signal(model.SIGQUIT, model.Ignored)
	if fd, e := s.p.Open("/dev/null", model.ReadOnly, 0); e == model.OK && fd != 0 {
		s.p.Dup2(fd, 0)
		s.p.Close(fd)
	}
}

// fork runs body in a child that is a copy of the shell. If there can be none it says so, and the command is given up.
func (s *sh) fork(body func(s *sh)) (int, bool) {
	pid, e := s.tryFork(body)
	if e != model.OK {
		s.noFork(e)
	}
	return pid, e == model.OK
}

func (s *sh) noFork(e model.Errno) {
	s.complain("can't fork: ", e.Text())
	s.abort(2)
}

func (s *sh) tryFork(body func(s *sh)) (int, model.Errno) {
	c := s.clone()
	if s.interactive {
		// The child is not to miss a signal before it runs, only because the shell that somebody types to ignores it.
		s.p.Signal(model.SIGTERM, model.Default)
		defer s.p.Signal(model.SIGTERM, model.Ignored)
	}
	return s.p.Fork(func(p *model.Process) int {
		c.p = p
		body(c)
		c.exit(c.status)
		return c.status
	})
}

// abort gives up what is under way: a shell that somebody types to goes on with the next line, another ends.
func (s *sh) abort(status int) {
	s.status = status
	if !s.interactive || !s.root {
		s.exit(status)
	}
	s.leave, s.levels = returning, givenUp
}

// clone is the shell that a child goes on with: its own variables, no jobs, no traps but what is ignored.
func (s *sh) clone() *sh {
	c := *s
	c.root, c.jobs, c.builtin = false, nil, ""
	c.vars = make(map[string]*variable, len(s.vars))
	//order:irrelevant every entry goes into another map
	for name, v := range s.vars {
		n := *v
		c.vars[name] = &n
	}
	c.traps = map[int]string{}
	//order:irrelevant every entry goes into another map
	for sig, text := range s.traps {
		if text == "" {
			c.traps[sig] = ""
		}
	}
	c.locals = nil
	c.args = append([]string(nil), s.args...)
	return &c
}

// job are the processes of a pipeline.
type job struct {
	pids  []int
	last  int // the status of the last process
	done  int
	ended bool
	text  string // as it was typed
}

// child prepares a forked shell: signals that the shell catches or ignores for itself are as they were when it was started.
func (s *sh) child() {
	for sig := 1; sig < 65; sig++ {
		if s.p.SignalAction(sig) == model.Caught {
			s.p.Signal(sig, model.Default)
		}
	}
	if s.interactive {
		s.p.Signal(model.SIGINT, model.Default)
		s.p.Signal(model.SIGTERM, model.Default)
		s.p.Signal(model.SIGQUIT, model.Default)
		s.interactive = false
	}
}

// pipeline runs commands side by side, each reading what the one before it writes.
func (s *sh) pipeline(pl shell.Pipeline, tail bool) {
	if len(pl.Commands) == 1 {
		s.run(&pl.Commands[0], tail)
		return
	}
	if j := s.start(pl, false); j != nil {
		s.status = s.await(j)
	}
}

// start starts the commands of a pipeline; nil says that it could not be.
func (s *sh) start(pl shell.Pipeline, background bool) *job {
	j := &job{}
	in := -1
	for i := range pl.Commands {
		r, w := -1, -1
		if i < len(pl.Commands)-1 {
			var e model.Errno
			if r, w, e = s.p.Pipe(); e != model.OK {
				if in < 0 {
					e = model.EBADF // ash closes the input there is not, before it says what went wrong
				}
				s.complain("can't create pipe: ", e.Text())
				s.abort(2)
				return nil
			}
		}
		c, in0 := &pl.Commands[i], in // the child runs later: it must not see what the loop does next
		pid, ok := s.fork(func(s *sh) {
			s.child()
			if background {
				s.background()
			}
			if in0 >= 0 {
				s.p.Dup2(in0, 0)
				s.p.Close(in0)
			}
			if w >= 0 {
				s.p.Dup2(w, 1)
				s.p.Close(w)
				s.p.Close(r)
			}
			s.run(c, true)
		})
		if in >= 0 {
			s.p.Close(in)
		}
		if w >= 0 {
			s.p.Close(w)
		}
		in = r
		if !ok {
			return nil
		}
		j.pids = append(j.pids, pid)
	}
	return j
}

// await waits for every process of a job. How one died from a signal is said, as ash says it.
func (s *sh) await(j *job) int {
	for j.done < len(j.pids) {
		st, e := s.p.Wait(-1, true)
		if e == model.EINTR {
			continue
		}
		if e != model.OK {
			break
		}
		s.note(st, j)
	}
	j.ended = true
	return j.last
}

// note files the end of a child with its job. now is the job that is waited for.
func (s *sh) note(st model.Status, now *job) {
	of := now
	if now == nil || !contains(now.pids, st.PID) {
		of = nil
		for _, j := range s.jobs {
			if contains(j.pids, st.PID) {
				of = j
			}
		}
	}
	if of == nil {
		return
	}
	of.done++
	if of.pids[len(of.pids)-1] == st.PID {
		of.last = st.Shell()
	}
	if of.done == len(of.pids) {
		of.ended = true
	}
	if of == now && st.Signal != 0 && st.Signal != model.SIGINT && st.Signal != model.SIGPIPE {
		s.say(signalText(st.Signal) + "\n")
	}
}

func contains(list []int, n int) bool {
	for _, each := range list {
		if each == n {
			return true
		}
	}
	return false
}

// run runs one command. tail says that the shell ends with it.
func (s *sh) run(c *shell.Command, tail bool) {
	if s.depth++; s.depth > 200 {
		s.complain("too many commands inside one another")
		s.depth--
		s.abort(2)
		return
	}
	defer func() { s.depth-- }()
	s.p.Spend(2000)
	if c.Compound == nil {
		s.simple(c, tail)
		return
	}
	if c.Compound.Kind == shell.Function {
		s.funcs[c.Compound.Name] = c.Compound
		s.status = 0
		return
	}
	if c.Compound.Kind == shell.Subshell {
		s.subshell(c, tail)
		return
	}
	saved, ok := s.redirect(c.Redirects, false)
	if ok {
		s.compound(c.Compound, tail && len(c.Redirects) == 0)
	} else {
		s.status = 1
	}
	s.restore(saved)
}
