package workload

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/replace"
)

// utility is a small tool. It tells whether something comes after it.
type utility = func(r *run, args []string) bool

// builtin is what a shell does itself; nil if it is none of that.
func builtin(name string) utility {
	switch name {
	case ":", "true", "set":
		return succeed
	case "cd":
		return cd
	case "export":
		return export
	case "false":
		return func(r *run, _ []string) bool { r.code = 1; return true }
	case "echo":
		return echo
	case "printf":
		return printf
	case "exit":
		return exit
	case "break":
		return func(r *run, _ []string) bool { r.leave, r.code = true, 0; return true }
	case "trap":
		return trap
	case "wait":
		return wait
	case "read":
		return func(r *run, _ []string) bool { r.code = 1; return true }
	case "[", "test":
		return test
	}
	return nil
}

// external is the program of this name; nil if there is none.
func external(name string) utility {
	switch name {
	case "chmod", "chown", "sync":
		return succeed
	case "mkdir":
		return mkdir
	case "wget", "curl":
		return fetch
	case "nslookup":
		return lookup
	case "ps":
		return ps
	case "env", "printenv":
		return env
	case "sleep":
		return sleep
	case "touch":
		return touch
	case "rm":
		return remove
	case "cat":
		return cat
	case "tee":
		return tee
	case "seq":
		return seq
	case "ls":
		return ls
	case "date":
		return date
	case "hostname":
		return func(r *run, _ []string) bool { r.print(r.b.launch.Host + "\n"); return succeed(r, nil) }
	case "whoami":
		return func(r *run, _ []string) bool { r.print("root\n"); return succeed(r, nil) }
	case "id":
		return func(r *run, _ []string) bool {
			r.print("uid=0(root) gid=0(root) groups=0(root)\n")
			return succeed(r, nil)
		}
	case "pwd":
		return func(r *run, _ []string) bool { r.print(r.path(".") + "\n"); return succeed(r, nil) }
	case "uname":
		return func(r *run, _ []string) bool { r.print("Linux\n"); return succeed(r, nil) }
	case "kill":
		return kill
	case "grep":
		return grep
	}
	return nil
}

func succeed(r *run, _ []string) bool {
	r.code = 0
	return true
}

func export(r *run, args []string) bool {
	for _, a := range args {
		if name, value, ok := strings.Cut(a, "="); ok {
			r.set(name, value)
		}
	}
	return succeed(r, nil)
}

func echo(r *run, args []string) bool {
	end := "\n"
	for len(args) > 0 && (args[0] == "-n" || args[0] == "-e") {
		if args[0] == "-n" {
			end = ""
		}
		args = args[1:]
	}
	r.print(strings.Join(args, " ") + end)
	return succeed(r, nil)
}

// printf knows %s, %d and \n.
func printf(r *run, args []string) bool {
	if len(args) == 0 {
		r.code = 2
		return true
	}
	format := replace.All(args[0], `\n`, "\n", `\t`, "\t")
	for _, a := range args[1:] {
		format = strings.Replace(strings.Replace(format, "%d", "%s", 1), "%s", a, 1)
	}
	r.print(format)
	return succeed(r, nil)
}

func exit(r *run, args []string) bool {
	if len(args) == 0 {
		return r.exit(r.code)
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return r.exit(2)
	}
	return r.exit(int32(n & 0xff))
}

func test(r *run, args []string) bool {
	if n := len(args); n > 0 && args[n-1] == "]" {
		args = args[:n-1]
	}
	not := len(args) > 0 && args[0] == "!"
	if not {
		args = args[1:]
	}
	if r.holds(args) != not {
		r.code = 0
	} else {
		r.code = 1
	}
	return true
}

func (r *run) holds(args []string) bool {
	switch len(args) {
	case 1:
		return args[0] != ""
	case 2:
		switch args[0] {
		case "-z":
			return args[1] == ""
		case "-n":
			return args[1] != ""
		}
		text, there := r.file(args[1])
		return there && (args[0] != "-s" || text != "")
	case 3:
		a, _ := strconv.ParseInt(args[0], 10, 64)
		b, _ := strconv.ParseInt(args[2], 10, 64)
		switch args[1] {
		case "=", "==":
			return args[0] == args[2]
		case "!=":
			return args[0] != args[2]
		case "-eq":
			return a == b
		case "-ne":
			return a != b
		case "-lt":
			return a < b
		case "-le":
			return a <= b
		case "-gt":
			return a > b
		case "-ge":
			return a >= b
		}
	}
	return false
}

func trap(r *run, args []string) bool {
	for _, signal := range args[min(1, len(args)):] {
		if signal != "TERM" && signal != "SIGTERM" && signal != "15" {
			continue
		}
		l, bad := parse(args[0])
		r.trap, r.hasTrap = l, bad == "" && args[0] != "" && args[0] != "-"
	}
	return succeed(r, nil)
}

// wait ends when what runs in the background does; a signal wakes it.
func wait(r *run, _ []string) bool {
	r.code = 0
	until := r.idle
	if r.server != nil {
		until = maxAge
	}
	if until <= r.now {
		return true
	}
	if r.hasTrap && r.term >= r.now && r.term < until && r.term < r.horizon {
		r.now = r.term
		r.signal()
		return !r.stopped
	}
	if !r.pass(until - r.now) {
		r.forever = until == maxAge && r.horizon >= maxAge
		return false
	}
	return true
}

func sleep(r *run, args []string) bool {
	total := time.Duration(0)
	for _, a := range args {
		if a == "infinity" || a == "inf" {
			if r.horizon >= maxAge {
				r.forever = true
			}
			r.pass(maxAge)
			return false
		}
		d, ok := seconds(a)
		if !ok {
			r.complain("sleep: invalid number '" + a + "'")
			r.code = 1
			return true
		}
		total = min(total+d, maxAge)
	}
	r.code = 0
	if len(args) == 0 {
		r.complain("BusyBox sleep: missing operand")
		r.code = 1
		return true
	}
	return r.pass(total)
}
