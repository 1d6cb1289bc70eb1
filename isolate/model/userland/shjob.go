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
		if sig == model.SIGINT && s.traps[sig] == "" && s.interactive {
			s.abort(130)
		}
		if text := s.traps[sig]; text != "" {
			status, outer := s.status, s.builtin
			s.builtin = ""
			s.runText(text, false)
			s.status, s.builtin = status, outer
		}
	}
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

func shRead(s *sh, args []string) int {
	raw, fd := false, 0
	names := args[1:]
	for len(names) > 0 && strings.HasPrefix(names[0], "-") && len(names[0]) > 1 {
		o := names[0]
		names = names[1:]
		switch {
		case o == "-r":
			raw = true
		case (o == "-p" || o == "-t" || o == "-n" || o == "-d" || o == "-u") && len(names) > 0:
			if o == "-u" {
				fd = atoi(names[0])
			}
			names = names[1:]
		}
	}
	if len(names) == 0 {
		names = []string{"REPLY"}
	}
	line, status := s.readInput(fd, raw)
	for i, name := range names {
		line = strings.Trim(line, " \t\n")
		word := line
		ifs := " \t\n"
		if v := s.vars["IFS"]; v != nil {
			ifs = v.value
		}
		if n := strings.IndexAny(line, ifs); n >= 0 && ifs != "" && i+1 < len(names) {
			word, line = line[:n], line[n+1:]
		} else if i+1 < len(names) {
			line = ""
		}
		if !s.assign(name, word) {
			return 2
		}
	}
	return status
}

// readInput reads a line; a backslash before the newline joins the next.
func (s *sh) readInput(fd int, raw bool) (string, int) {
	var line []byte
	escaped := false
	for {
		data, e := s.p.Read(fd, 1)
		if e == model.EINTR {
			return string(line), 1
		}
		if e != model.OK || len(data) == 0 {
			return string(line), 1
		}
		c := data[0]
		switch {
		case escaped:
			escaped = false
			if c != '\n' {
				line = append(line, c)
			}
		case c == '\\' && !raw:
			escaped = true
		case c == '\n':
			return string(line), 0
		default:
			line = append(line, c)
		}
	}
}

// ulimits are the options of ulimit, with what they are counted in.
var ulimits = []struct {
	letter byte
	which  int
	unit   uint64
	name   string
}{
	{'f', model.LimitFsize, 512, "file size (blocks)"}, {'t', model.LimitCPU, 1, "cpu time (seconds)"},
	{'d', model.LimitData, 1024, "data seg size (kb)"}, {'s', model.LimitStack, 1024, "stack size (kb)"},
	{'c', model.LimitCore, 512, "core file size (blocks)"}, {'m', model.LimitRSS, 1024, "resident set size (kb)"},
	{'l', model.LimitMemlock, 1024, "locked memory (kb)"}, {'p', model.LimitNproc, 1, "processes"},
	{'n', model.LimitNofile, 1, "file descriptors"}, {'v', model.LimitAS, 1024, "address space (kb)"},
	{'w', model.LimitLocks, 1, "locks"}, {'e', model.LimitNice, 1, "scheduling priority"},
	{'r', model.LimitRtprio, 1, "real-time priority"},
}

func shUlimit(s *sh, args []string) int {
	soft, hard := false, false
	letter := byte('f')
	words := args[1:]
	all := false
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		for i := 1; i < len(words[0]); i++ {
			switch l := words[0][i]; l {
			case 'S':
				soft = true
			case 'H':
				hard = true
			case 'a':
				all = true
			default:
				letter = l
			}
		}
		words = words[1:]
	}
	show := func(which int, unit uint64) string {
		l := s.p.Getrlimit(which)
		n := l.Soft
		if hard && !soft {
			n = l.Hard
		}
		if n == model.Unlimited {
			return "unlimited\n"
		}
		return itoa64(int64(n/unit)) + "\n"
	}
	for _, u := range ulimits {
		switch {
		case all:
			s.printf("-" + string(u.letter) + ": " + left(u.name, 30) + " " + show(u.which, u.unit))
		case u.letter == letter && len(words) == 0:
			return s.printf(show(u.which, u.unit))
		case u.letter == letter:
			return s.setLimit(u.which, u.unit, words[0], soft, hard)
		}
	}
	if all {
		return 0
	}
	s.say(s.arg0 + ": invalid option -- '" + string(letter) + "'\n")
	return 1
}

func (s *sh) setLimit(which int, unit uint64, word string, soft, hard bool) int {
	n := model.Unlimited
	if word != "unlimited" {
		if strings.Trim(word, "0123456789") != "" {
			s.say(s.arg0 + ": invalid number '" + word + "'\n")
			return 1
		}
		n = uint64(atoi(word)) * unit
	}
	l := s.p.Getrlimit(which)
	if soft || !hard {
		l.Soft = n
	}
	if hard || !soft {
		l.Hard = n
	}
	if hard && !soft && l.Soft > l.Hard {
		l.Soft = l.Hard
	}
	if e := s.p.Setrlimit(which, l); e != model.OK {
		s.say(s.arg0 + ": error setting limit: " + e.Text() + "\n")
		return 1
	}
	return 0
}
