package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// signalNames are the signals by number, without SIG.
var signalNames = [...]string{"EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
	"CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL", "PWR", "SYS"}

// signalTexts are what strsignal(3) says.
var signalTexts = [...]string{"", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error", "Floating point exception",
	"Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe", "Alarm clock", "Terminated", "Stack fault",
	"Child exited", "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
	"File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed", "I/O possible", "Power failure", "Bad system call"}

func signalText(sig int) string {
	if sig < len(signalTexts) {
		return signalTexts[sig]
	}
	if sig >= 34 {
		return "Real-time signal " + itoa(sig-34)
	}
	return "Unknown signal " + itoa(sig)
}

// signalNumber reads a signal by name or number; -1 if there is none.
func signalNumber(word string) int {
	if word != "" && strings.Trim(word, "0123456789") == "" {
		if n := atoi(word); n < 65 {
			return n
		}
		return -1
	}
	name := strings.TrimPrefix(strings.ToUpper(word), "SIG")
	if name == "IOT" {
		name = "ABRT"
	}
	if name == "CLD" {
		name = "CHLD"
	}
	return slices.Index(signalNames[:], name)
}

// runTraps runs what was set for the signals that have come.
func (s *sh) runTraps() {
	for _, sig := range s.p.Caught() {
		if s.interrupted(sig) {
			return
		}
		if text := s.traps[sig]; text != "" {
			status, outer := s.status, s.builtin
			s.builtin = ""
			s.runText(text, false)
			s.status, s.builtin = status, outer
		}
	}
}

// interrupted gives up the line under way if somebody typed Ctrl-C to a shell that does not catch it otherwise.
func (s *sh) interrupted(sig int) bool {
	if _, caught := s.traps[sig]; sig != model.SIGINT || !s.interactive || caught {
		return false
	}
	s.status = 128 + sig
	s.leave, s.levels = returning, givenUp
	return true
}

func shTrap(s *sh, args []string) int {
	words := args[1:]
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	if len(words) == 0 {
		for sig := 0; sig < 65; sig++ {
			if text, ok := s.traps[sig]; ok {
				s.printf("trap -- '" + strings.ReplaceAll(text, "'", `'"'"'`) + "' " + signalNames[sig] + "\n")
			}
		}
		return 0
	}
	action, reset := words[0], false
	if len(words) == 1 || action == "-" {
		reset = true
		if len(words) > 1 {
			words = words[1:]
		}
	} else {
		words = words[1:]
	}
	status := 0
	for _, w := range words {
		sig := signalNumber(w)
		if sig < 0 {
			s.complain(w, ": invalid signal specification")
			status = 1
			continue
		}
		if reset {
			delete(s.traps, sig)
			s.p.Signal(sig, model.Default)
			continue
		}
		s.traps[sig] = action
		if sig == 0 {
			continue
		}
		if action == "" {
			s.p.Signal(sig, model.Ignored)
		} else {
			s.p.Signal(sig, model.Caught)
		}
	}
	return status
}

func shKill(s *sh, args []string) int {
	for i, a := range args {
		if i > 0 && strings.HasPrefix(a, "%") {
			if n := atoi(a[1:]); n > 0 && n <= len(s.jobs) {
				args = slices.Clone(args)
				args[i] = itoa(s.jobs[n-1].pids[0])
			}
		}
	}
	c := &cmd{Process: s.p, name: s.arg0, args: args[1:]}
	status := kill(c)
	c.flush()
	return status
}

func shWait(s *sh, args []string) int {
	if len(args) < 2 {
		for {
			running := false
			for _, j := range s.jobs {
				running = running || !j.ended
			}
			if !running {
				s.jobs = nil
				return 0
			}
			if status, ok := s.waitOne(nil); !ok {
				return status
			}
		}
	}
	status := 0
	for _, w := range args[1:] {
		status = s.waitFor(w)
	}
	return status
}

// waitOne waits for any child; ok is false if a signal came, whose number the status tells, or there is none.
func (s *sh) waitOne(now *job) (int, bool) {
	st, e := s.p.Wait(-1, true)
	switch e {
	case model.OK:
		s.note(st, now)
		return 0, true
	case model.EINTR:
		caught := s.p.Caught()
		for _, sig := range caught {
			s.interrupted(sig)
			if text := s.traps[sig]; text != "" {
				s.builtin = ""
				s.runText(text, false)
			}
		}
		if len(caught) > 0 {
			return 128 + caught[0], false
		}
		return 0, true
	}
	for _, j := range s.jobs {
		j.ended = true
	}
	return 127, false
}

func (s *sh) waitFor(word string) int {
	var of *job
	for i, j := range s.jobs {
		if strings.HasPrefix(word, "%") && atoi(word[1:]) == i+1 || contains(j.pids, atoi(word)) {
			of = j
		}
	}
	if of == nil {
		return 127
	}
	for !of.ended {
		if status, ok := s.waitOne(of); !ok {
			return status
		}
	}
	return of.last
}

// listText is what of the text under way a list is.
func (s *sh) listText(l shell.List) string {
	first := l.Pipelines[0].Commands[0]
	last := l.Pipelines[len(l.Pipelines)-1]
	end := last.Commands[len(last.Commands)-1].End
	if first.Pos > end || end > len(s.src) {
		return ""
	}
	return s.src[first.Pos:end]
}

func shJobs(s *sh, _ []string) int {
	for {
		st, e := s.p.Wait(-1, false)
		if e != model.OK || st.PID == 0 {
			break
		}
		s.note(st, nil)
	}
	var live []*job
	for i, j := range s.jobs {
		mark := " "
		switch i {
		case len(s.jobs) - 1:
			mark = "+"
		case len(s.jobs) - 2:
			mark = "-"
		}
		state := "Running"
		if j.ended {
			state = "Done"
			if j.last > 128 {
				state = signalText(j.last - 128)
			} else if j.last != 0 {
				state = "Done(" + itoa(j.last) + ")"
			}
		} else {
			live = append(live, j)
		}
		s.printf(left("["+itoa(i+1)+"]"+mark+"  "+state, 33) + j.text + "\n")
	}
	s.jobs = live
	return 0
}
