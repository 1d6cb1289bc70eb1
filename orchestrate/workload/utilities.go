package workload

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/calendar"
)

func touch(r *run, args []string) bool {
	for _, name := range args {
		text, _ := r.file(name)
		r.write(name, text, false)
	}
	return succeed(r, nil)
}

func remove(r *run, args []string) bool {
	r.code = 0
	force := false
	for _, name := range args {
		if strings.HasPrefix(name, "-") {
			force = force || strings.Contains(name, "f")
			continue
		}
		if _, there := r.file(name); !there && !force {
			r.complain("rm: can't remove '" + name + "': No such file or directory")
			r.code = 1
		}
		r.write(name, "", true)
	}
	return true
}

func cat(r *run, args []string) bool {
	r.code = 0
	if len(args) == 0 {
		r.print(r.get("\x00stdin"))
	}
	for _, name := range args {
		text, there := r.file(name)
		switch {
		case there:
			r.print(text)
		case name == "/etc/hostname":
			r.print(r.b.launch.Host + "\n")
		default:
			r.complain("cat: can't open '" + name + "': No such file or directory")
			r.code = 1
		}
	}
	return true
}

func tee(r *run, args []string) bool {
	text := r.get("\x00stdin")
	for _, name := range args {
		if !strings.HasPrefix(name, "-") {
			r.write(name, text, false)
		}
	}
	r.print(text)
	return succeed(r, nil)
}

func grep(r *run, args []string) bool {
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return strings.HasPrefix(a, "-") })
	r.code = 1
	if len(args) == 0 {
		return true
	}
	text := r.get("\x00stdin")
	if len(args) > 1 {
		text, _ = r.file(args[1])
	}
	for line := range strings.Lines(text) {
		if strings.Contains(line, args[0]) {
			r.print(line)
			r.code = 0
		}
	}
	return true
}

func seq(r *run, args []string) bool {
	first, last := int64(1), int64(0)
	if len(args) > 0 {
		last, _ = strconv.ParseInt(args[len(args)-1], 10, 32)
	}
	if len(args) > 1 {
		first, _ = strconv.ParseInt(args[0], 10, 32)
	}
	for n := first; n <= min(last, first+maxLines); n++ {
		r.print(strconv.FormatInt(n, 10) + "\n")
	}
	return succeed(r, nil)
}

func date(r *run, args []string) bool {
	at := r.b.launch.Started.Std().Add(r.now)
	form := calendar.Date
	for _, a := range args {
		switch a {
		case "+%s":
			r.print(strconv.FormatInt(at.Unix(), 10) + "\n")
			return succeed(r, nil)
		case "+%T", "+%H:%M:%S":
			form = calendar.Clock
		case "-Iseconds":
			form = calendar.RFC3339
		}
	}
	r.print(calendar.Text(at, form) + "\n")
	return succeed(r, nil)
}

// ps knows two processes: what the container was started with, and itself.
func ps(r *run, _ []string) bool {
	argv := r.b.launch.Command
	if len(argv) == 0 && r.b.image.own(r.b.image.Name) && len(r.b.launch.Args) == 0 {
		argv = []string{r.b.image.Name}
	}
	argv = append(argv[:len(argv):len(argv)], r.b.launch.Args...)
	if len(argv) == 0 {
		argv = []string{"sh"}
	}
	r.print("PID   USER     TIME  COMMAND\n    1 root      0:00 " + strings.Join(argv, " ") + "\n    2 root      0:00 ps\n")
	return succeed(r, nil)
}

func env(r *run, args []string) bool {
	r.code = 0
	for _, name := range args {
		value := r.get(name)
		if value == "" {
			r.code = 1
			continue
		}
		r.print(value + "\n")
	}
	if len(args) > 0 {
		return true
	}
	r.print("PATH=" + r.get("PATH") + "\nHOSTNAME=" + r.b.launch.Host + "\n")
	for _, v := range r.b.launch.Env {
		r.print(v.Name + "=" + v.Value + "\n")
	}
	for _, v := range r.vars[:min(r.given, len(r.vars))] {
		if v.Name != "PWD" {
			r.print(v.Name + "=" + v.Value + "\n")
		}
	}
	r.print("HOME=/root\n")
	return true
}

// kill knows no other processes: signals to process 1 that it does not handle are ignored by the kernel.
func kill(r *run, _ []string) bool { return succeed(r, nil) }

// fetch asks a port of the pod itself; what is elsewhere cannot be reached from a script.
func fetch(r *run, args []string) bool {
	url := ""
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			url = a
		}
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(url, "http://"), "https://")
	host, path, _ := strings.Cut(rest, "/")
	name, number, ok := strings.Cut(host, ":")
	if !ok {
		number = "80"
	}
	port, _ := strconv.ParseInt(number, 10, 32)
	if name != "localhost" && name != "127.0.0.1" {
		r.complain("wget: bad address '" + host + "'")
		r.code = 1
		return true
	}
	answer := r.local(int32(port), path)
	switch {
	case !answer.Open:
		r.complain("wget: can't connect to remote host (127.0.0.1): Connection refused")
		r.code = 1
	case answer.Status < 200 || answer.Status >= 400:
		r.complain("wget: server returned error: HTTP/1.1 " + strconv.Itoa(answer.Status))
		r.code = 1
	default:
		r.print(answer.Body)
		r.code = 0
	}
	return true
}

// lookup knows no server: what is elsewhere cannot be reached from a script.
func lookup(r *run, args []string) bool {
	r.complain(";; connection timed out; no servers could be reached")
	r.code = 1
	return true
}

// local is what a port of the container itself answers.
func (r *run) local(port int32, path string) Answer {
	b := Behaviour{image: r.b.image, tag: r.b.tag, program: r.b.program, launch: r.b.launch}
	if r.server != nil {
		b.program = r.server
	}
	return b.Answer(port, path, r.now)
}
