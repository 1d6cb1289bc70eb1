package shell

import (
	"strconv"
	"strings"
)

// builtin is a command of the shell's own. It gives what is left of its input, or nil if it did not read.
type builtin = func(e *Exec, r Runner, args []string, stdin []byte) (Result, []byte)

// left is the code of a command that has itself moved on to what runs next.
const left = -1

// builtins are the commands that change the shell, or ask it something.
var builtins = map[string]builtin{
	"export": func(e *Exec, _ Runner, args []string, _ []byte) (Result, []byte) { return e.export(args[1:]), nil },
	"unset":  func(e *Exec, _ Runner, args []string, _ []byte) (Result, []byte) { return e.unset(args[1:]), nil },
	"read":   func(e *Exec, _ Runner, args []string, in []byte) (Result, []byte) { return e.read(args[1:], in) },
	"break": func(e *Exec, _ Runner, args []string, _ []byte) (Result, []byte) {
		return e.leaveLoop(args, false), nil
	},
	"continue": func(e *Exec, _ Runner, args []string, _ []byte) (Result, []byte) { return e.leaveLoop(args, true), nil },
	"exit":     func(e *Exec, _ Runner, args []string, _ []byte) (Result, []byte) { return e.exit(args), nil },
	":":        func(*Exec, Runner, []string, []byte) (Result, []byte) { return Result{}, nil },
	"test":     func(_ *Exec, r Runner, args []string, _ []byte) (Result, []byte) { return test(r, args), nil },
	"[":        func(_ *Exec, r Runner, args []string, _ []byte) (Result, []byte) { return test(r, args), nil },
}

// Builtins are the names of the shell's own commands, sorted, for completion.
func Builtins() []string {
	return []string{":", "[", "break", "continue", "exit", "export", "read", "test", "unset"}
}

// export sets NAME=value; every variable is exported here, so a bare NAME has nothing to do.
func (e *Exec) export(args []string) Result {
	for _, arg := range args {
		name, value, set := strings.Cut(arg, "=")
		if name == "" || nameLen(name) != len(name) {
			return Result{Stderr: "sh: export: " + Quoted(name) + ": not a valid identifier\n", Code: 1}
		}
		if set {
			e.Vars[name] = value
		}
	}
	return Result{}
}

// unset forgets variables.
func (e *Exec) unset(args []string) Result {
	for _, name := range args {
		if nameLen(name) != len(name) || name == "" {
			return Result{Stderr: "sh: unset: " + Quoted(name) + ": not a valid identifier\n", Code: 1}
		}
		delete(e.Vars, name)
	}
	return Result{}
}

// read takes a line of the input apart into variables; the last one gets all that is left of it.
func (e *Exec) read(names []string, in []byte) (Result, []byte) {
	if len(names) > 0 && names[0] == "-r" {
		names = names[1:]
	}
	if len(names) == 0 {
		names = []string{"REPLY"}
	}
	for _, name := range names {
		if name == "" || nameLen(name) != len(name) {
			return Result{Stderr: "sh: read: " + Quoted(name) + ": not a valid identifier\n", Code: 1}, nil
		}
	}
	line, rest, whole := strings.Cut(string(in), "\n")
	for i, name := range names {
		line = strings.Trim(line, " \t")
		word := line
		if n := strings.IndexAny(line, " \t"); n >= 0 && i+1 < len(names) {
			word, line = line[:n], line[n:]
		} else if i+1 < len(names) {
			line = ""
		}
		e.Vars[name] = word
	}
	if !whole {
		return Result{Code: 1}, []byte{}
	}
	return Result{}, []byte(rest)
}

// leaveLoop is break, or continue.
func (e *Exec) leaveLoop(args []string, again bool) Result {
	n := 1
	if len(args) > 1 {
		given, err := strconv.Atoi(args[1])
		if err != nil || given < 1 {
			return Result{Stderr: "sh: " + args[0] + ": Illegal number: " + args[1] + "\n", Code: 2}
		}
		n = given
	}
	at := -1
	for i := len(e.frames) - 1; i >= 0 && n > 0; i-- {
		if c := e.frames[i].compound; c == nil || c.Kind == Subshell {
			break // a loop outside a subshell is another shell's
		} else if c.loop() {
			at = i
			n--
		}
	}
	if at < 0 {
		return Result{}
	}
	for len(e.frames)-1 > at {
		if outer := e.top().outer; outer != nil {
			e.Vars = outer
		}
		e.frames = e.frames[:len(e.frames)-1]
	}
	e.setStatus(0)
	f := e.top()
	if again {
		f.list, f.body = len(f.lists), true
		return Result{Code: left}
	}
	e.leave(0)
	return Result{Code: left}
}

// exit ends the shell: the script, or the subshell or substitution it stands in.
func (e *Exec) exit(args []string) Result {
	res := exitStatus(e, args)
	if res.Stderr != "" {
		return res
	}
	e.leaveShell(res.Code)
	e.exited = e.over
	return Result{Code: left}
}

// leaveShell ends the innermost shell with this status.
func (e *Exec) leaveShell(code int) {
	for e.top().outer == nil && len(e.frames) > 1 {
		e.frames = e.frames[:len(e.frames)-1]
	}
	e.leave(code)
}

// exitStatus is the status that exit would end a shell with.
func exitStatus(e *Exec, args []string) Result {
	if len(args) < 2 || args[0] != "exit" {
		return Result{Code: e.status}
	}
	code, err := strconv.Atoi(args[1])
	if err != nil || code < 0 {
		return Result{Stderr: "sh: exit: Illegal number: " + args[1] + "\n", Code: 2}
	}
	return Result{Code: code & 0xff}
}

// test is the command [: 0 if what it says holds, 1 if not, 2 if it says nothing.
//
// Source: POSIX.1-2024, test.
func test(r Runner, args []string) Result {
	name := args[0]
	args = args[1:]
	if name == "[" {
		if len(args) == 0 || args[len(args)-1] != "]" {
			return Result{Stderr: "sh: [: missing ]\n", Code: 2}
		}
		args = args[:len(args)-1]
	}
	holds, err := condition(r, args)
	if err != "" {
		return Result{Stderr: "sh: " + name + ": " + err + "\n", Code: 2}
	}
	return Result{Code: int(truth(!holds))}
}

func condition(r Runner, args []string) (bool, string) {
	for i, join := range args {
		if join == "-o" && i > 0 {
			return either(r, args[:i], args[i+1:], func(a, b bool) bool { return a || b })
		}
	}
	for i, join := range args {
		if join == "-a" && i > 0 {
			return either(r, args[:i], args[i+1:], func(a, b bool) bool { return a && b })
		}
	}
	if len(args) > 1 && args[0] == "!" {
		holds, err := condition(r, args[1:])
		return !holds, err
	}
	switch len(args) {
	case 0:
		return false, ""
	case 1:
		return args[0] != "", ""
	case 2:
		return unaryTest(r, args[0], args[1])
	case 3:
		return binaryTest(args[0], args[1], args[2])
	}
	return false, "too many arguments"
}

func either(r Runner, a, b []string, join func(a, b bool) bool) (bool, string) {
	left, err := condition(r, a)
	if err != "" {
		return false, err
	}
	right, err := condition(r, b)
	return join(left, right), err
}

func unaryTest(r Runner, op, arg string) (bool, string) {
	switch op {
	case "-n":
		return arg != "", ""
	case "-z":
		return arg == "", ""
	case "-e", "-f", "-r", "-s":
		data, err := r.ReadFile(arg)
		return err == nil && (op != "-s" || len(data) > 0), ""
	}
	return false, op + ": unknown operand"
}

func binaryTest(a, op, b string) (bool, string) {
	switch op {
	case "=", "==":
		return a == b, ""
	case "!=":
		return a != b, ""
	}
	compare := map[string]func(a, b int64) bool{
		"-eq": func(a, b int64) bool { return a == b }, "-ne": func(a, b int64) bool { return a != b },
		"-lt": func(a, b int64) bool { return a < b }, "-le": func(a, b int64) bool { return a <= b },
		"-gt": func(a, b int64) bool { return a > b }, "-ge": func(a, b int64) bool { return a >= b },
	}[op]
	if compare == nil {
		return false, op + ": unknown operand"
	}
	left, err := strconv.ParseInt(strings.TrimSpace(a), 10, 64)
	if err != nil {
		return false, "Illegal number: " + a
	}
	right, err := strconv.ParseInt(strings.TrimSpace(b), 10, 64)
	if err != nil {
		return false, "Illegal number: " + b
	}
	return compare(left, right), ""
}
