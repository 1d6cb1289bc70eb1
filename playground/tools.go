package playground

import (
	"maps"
	"strings"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/internal/replace"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// tool is one of the shell's own small commands.
type tool = func(s *Session, in shell.Invocation) shell.Result

// tools are the commands besides kubectl, why and the text filters. Those that take a while are in waiting.go.
var tools = map[string]tool{
	"echo": func(_ *Session, in shell.Invocation) shell.Result {
		args, end := in.Args[1:], "\n"
		if len(args) > 0 && args[0] == "-n" {
			args, end = args[1:], ""
		}
		return shell.Result{Stdout: strings.Join(args, " ") + end}
	},
	"alias":   alias,
	"unalias": unalias,
	"date":    date,
	"fault":   fault,
	"history": history,
	"ls":      ls,
	"printf":  printf,
	"rm":      rm,
	"sleep":   sleep,
	"tee":     tee,
	"true":    func(*Session, shell.Invocation) shell.Result { return shell.Result{} },
	"false":   func(*Session, shell.Invocation) shell.Result { return shell.Result{Code: 1} },
}

// find is the command of this name, other than kubectl and what is made of other commands.
func find(name string) (tool, bool) {
	if t, ok := tools[name]; ok {
		return t, true
	}
	f, ok := filter.Find(name)
	if !ok {
		return nil, false
	}
	return func(s *Session, in shell.Invocation) shell.Result {
		res := f(filter.Call{Args: in.Args, Stdin: in.Stdin, Read: s.ReadFile, Write: s.WriteFile})
		return shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Drained: res.Drained}
	}, true
}

func ls(s *Session, _ shell.Invocation) shell.Result {
	var res shell.Result
	for _, name := range s.Names() {
		res.Stdout += name + "\n"
	}
	return res
}

func rm(s *Session, in shell.Invocation) shell.Result {
	var res shell.Result
	files := maps.Clone(s.files)
	args := in.Args[1:]
	force := len(args) > 0 && args[0] == "-f"
	if force {
		args = args[1:]
	}
	for _, name := range args {
		if _, ok := files[name]; !ok && !force {
			res.Stderr += "rm: cannot remove '" + name + "': No such file or directory\n"
			res.Code = 1
			continue
		}
		delete(files, name)
	}
	s.files = files
	return res
}

// tee writes what it reads into files, and on.
func tee(s *Session, in shell.Invocation) shell.Result {
	res := shell.Result{Stdout: string(in.Stdin), Drained: true}
	args := in.Args[1:]
	appending := len(args) > 0 && args[0] == "-a"
	if appending {
		args = args[1:]
	}
	for _, name := range args {
		if err := s.WriteFile(name, in.Stdin, appending); err != nil {
			res.Stderr += "tee: " + name + ": " + err.Error() + "\n"
			res.Code = 1
		}
	}
	return res
}

// date is the world's clock, as the C locale prints it.
func date(s *Session, in shell.Invocation) shell.Result {
	now := s.server.Now()
	switch {
	case len(in.Args) == 1 || in.Args[1] == "-u":
		return shell.Result{Stdout: calendar.Text(now, calendar.Date) + "\n"}
	case in.Args[1] == "+%s":
		return shell.Result{Stdout: number(now.Unix()) + "\n"}
	case in.Args[1] == "+%T":
		return shell.Result{Stdout: calendar.Text(now, calendar.Clock) + "\n"}
	}
	return shell.Result{Stderr: "date: only -u, +%s and +%T are known here\n", Code: 1}
}

// history is what was typed on this branch.
func history(s *Session, _ shell.Invocation) shell.Result {
	var res shell.Result
	n := int64(0)
	for _, in := range s.inputs {
		if in.isLine() {
			n++
			text := number(n)
			res.Stdout += strings.Repeat(" ", max(0, 5-len(text))) + text + "  " + firstLine(in.Text) + "\n"
		}
	}
	return res
}

// printf knows %s, %d, %% and the escapes \n, \t and \\; the format is used again while there are arguments.
func printf(_ *Session, in shell.Invocation) shell.Result {
	if len(in.Args) < 2 {
		return shell.Result{Stderr: "printf: usage: printf FORMAT [ARGUMENT...]\n", Code: 2}
	}
	args := in.Args[2:]
	var b strings.Builder
	for {
		before := len(args)
		args = printOnce(&b, in.Args[1], args)
		if len(args) == 0 || len(args) == before {
			return shell.Result{Stdout: b.String()}
		}
	}
}

func printOnce(b *strings.Builder, format string, args []string) []string {
	for {
		text, rest, ok := strings.Cut(format, "%")
		b.WriteString(replace.All(text, `\n`, "\n", `\t`, "\t", `\\`, `\`))
		switch {
		case !ok:
			return args
		case strings.HasPrefix(rest, "%"):
			b.WriteByte('%')
		case strings.HasPrefix(rest, "s"), strings.HasPrefix(rest, "d"):
			if len(args) > 0 {
				b.WriteString(args[0])
				args = args[1:]
			} else if rest[0] == 'd' {
				b.WriteByte('0')
			}
		default:
			b.WriteByte('%')
			format = rest
			continue
		}
		format = rest[1:]
	}
}

// nearest is the command whose name is closest to a word; "" if none is.
func nearest(word string) string { return schema.Nearest(word, programs()) }
