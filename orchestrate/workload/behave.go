package workload

import (
	"strconv"
	"strings"
	"time"
)

// Behaviour is what a container of an image does with its command and arguments.
type Behaviour struct {
	Program
	// Starts is the time from the start of the process until it works.
	Starts time.Duration
	// StartError is why the process cannot be started at all, as a runtime says it; "" if it can.
	StartError string
}

// Behave decides what runs. command replaces the image's entry point and args its arguments, as in a Pod; both
// may be empty. Of a shell's script only the last command is understood, which is enough for sleep, exit, true, false,
// echo and endless loops; a tool the image does not have cannot be started.
func (im Image) Behave(command, args []string) Behaviour {
	b := Behaviour{Program: im.Program, Starts: im.Starts}
	argv := append(append([]string(nil), command...), args...)
	if len(argv) == 0 || (!im.Shell && len(command) == 0) {
		return b
	}
	program, known := run(argv)
	if !known || !im.Shell {
		b.StartError = `exec: "` + argv[0] + `": executable file not found in $PATH`
		return b
	}
	b.Program = program
	return b
}

// run is what one command does; false if there is no such tool.
func run(argv []string) (Program, bool) {
	name := argv[0][strings.LastIndexByte(argv[0], '/')+1:]
	switch name {
	case "true", "echo", "date", "hostname", "env", "id", "ls", "cat", "printf", "pwd", "uname":
		return Program{}, true
	case "false":
		return Program{ExitCode: 1}, true
	case "sleep":
		return sleep(argv[1:]), true
	case "tail", "httpd", "nc", "top", "watch", "yes":
		return Program{Forever: true, IgnoresTerm: true}, true
	case "sh", "ash":
		return shell(argv[1:]), true
	}
	return Program{}, false
}

// sleep runs as process 1, for which the kernel has no default action on SIGTERM: it sleeps on until it is killed.
func sleep(args []string) Program {
	p := Program{IgnoresTerm: true}
	for _, a := range args {
		if a == "infinity" || a == "inf" {
			p.Forever = true
			return p
		}
		d, ok := seconds(a)
		if !ok {
			return Program{ExitCode: 1}
		}
		p.Runs += d
	}
	if len(args) == 0 {
		p.ExitCode = 1
	}
	return p
}

// seconds reads what sleep takes: a decimal number and one of s, m, h, d. A sleep of over a hundred years is cut there.
func seconds(s string) (time.Duration, bool) {
	const most = 100 * 365 * 24 * time.Hour
	unit := time.Second
	if s != "" {
		switch s[len(s)-1] {
		case 's':
			s = s[:len(s)-1]
		case 'm':
			s, unit = s[:len(s)-1], time.Minute
		case 'h':
			s, unit = s[:len(s)-1], time.Hour
		case 'd':
			s, unit = s[:len(s)-1], 24*time.Hour
		}
	}
	if whole, fraction, ok := strings.Cut(s, "."); ok {
		return tenths(whole, fraction, unit)
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, int64(most/unit))) * unit, true
}

// tenths reads a decimal number of units down to a thousandth of one.
func tenths(whole, fraction string, unit time.Duration) (time.Duration, bool) {
	n, err := strconv.ParseUint(whole+(fraction + "000")[:3], 10, 40)
	if err != nil {
		return 0, false
	}
	return time.Duration(min(n, 1_000_000_000)) * (unit / 1000), true
}

// shell is what a script does: the sum of its sleeps, then the exit code of its last command.
func shell(args []string) Program {
	script := ""
	for i, a := range args {
		if a == "-c" && i+1 < len(args) {
			script = args[i+1]
		}
	}
	var p Program
	if strings.Contains(script, "while true") || strings.Contains(script, "while :") {
		return Program{Forever: true, IgnoresTerm: true}
	}
	for _, line := range strings.FieldsFunc(script, func(r rune) bool { return r == ';' || r == '\n' || r == '&' || r == '|' }) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if words[0] == "exit" {
			return exit(p, words[1:])
		}
		if words[0] == "exec" {
			words = words[1:]
		}
		if len(words) == 0 {
			continue
		}
		next, known := run(words)
		if !known {
			next = Program{ExitCode: 127}
		}
		next.Runs += p.Runs
		next.IgnoresTerm = next.IgnoresTerm || p.IgnoresTerm
		p = next
		if p.Forever {
			return p
		}
	}
	return p
}

func exit(p Program, args []string) Program {
	if len(args) > 0 {
		if code, err := strconv.ParseInt(args[0], 10, 64); err == nil {
			p.ExitCode = int32(code & 0xff)
			return p
		}
		p.ExitCode = 2
	}
	return p
}
