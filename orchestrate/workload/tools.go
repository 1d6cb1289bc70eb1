package workload

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// outcome is what a command turns out to be as the first process of a container.
type outcome struct {
	program Program
	script  *list
	missing bool // there is no such program in the image
	typed   bool // it waits for whoever is attached to it
	same    bool // it is the image's own program
}

// command finds out what a container that runs argv does. A shell's script is carried out step by step; any other tool is
// a script of one step. As process 1 they have no default action on SIGTERM: the kernel lets them live on.
func (b *Behaviour) command(argv []string) outcome {
	o := outcome{program: Program{IgnoresTerm: true, Memory: 1 << 20}}
	name := base(argv[0])
	switch {
	case b.image.own(name):
		return outcome{same: true}
	case !b.image.Shell || !b.image.has(name):
		return outcome{missing: true}
	case b.launch.Once && asks(name):
		o.program.Forever, o.typed = true, true
	case isShell(name):
		script, ok := scriptOf(argv[1:])
		if o.typed = b.launch.Terminal && !ok || b.launch.Once && slices.ContainsFunc(split(script), asks); o.typed {
			o.program.Forever = true
			return o
		}
		l, bad := parse(script)
		if bad != "" {
			o.program.ExitCode, o.program.Runs = 2, commandTime
			o.program.Log = []Line{{Text: name + ": syntax error: unexpected \"" + bad + "\"", Err: true}}
			return o
		}
		o.script = &l
	default:
		o.script = &list{{words: argv, plain: true}}
	}
	return o
}

// own tells whether a word calls the image's own program.
func (im *Image) own(name string) bool { return im.Name != "" && name == im.Name }

// tool is the image's tool of this name; nil if it has none.
func (im *Image) tool(name string) *Tool {
	for i := range im.Tools {
		if im.Tools[i].Name == name {
			return &im.Tools[i]
		}
	}
	return nil
}

func (im *Image) has(name string) bool {
	return isShell(name) || im.own(name) || im.tool(name) != nil || builtin(name) != nil || external(name) != nil || endless(name)
}

// asks tells whether a tool talks over the network, which a script cannot do by itself: whoever is attached does it for it.
func asks(name string) bool { return name == "wget" || name == "curl" || name == "nslookup" }

func isShell(name string) bool { return name == "sh" || name == "ash" || name == "bash" }

func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// scriptOf is what a shell is told to run by -c; false if nothing is.
func scriptOf(args []string) (string, bool) {
	for i, a := range args {
		if strings.HasPrefix(a, "-") && strings.HasSuffix(a, "c") && i+1 < len(args) {
			return args[i+1], true
		}
	}
	return "", false
}

// command carries out one simple command; false if nothing comes after it.
func (r *run) command(argv []string, back bool) bool {
	for len(argv) > 0 {
		name, value, ok := strings.Cut(argv[0], "=")
		if !ok || name == "" || !isName(name[0]) {
			break
		}
		r.set(name, value)
		argv = argv[1:]
	}
	if len(argv) == 0 {
		r.code = 0
		return true
	}
	name, args := base(argv[0]), argv[1:]
	if name == "exec" && len(args) > 0 {
		if !r.command(args, back) {
			return false
		}
		return r.exit(r.code)
	}
	if run := builtin(name); run != nil {
		return r.pass(builtinTime) && run(r, args)
	}
	if !r.pass(commandTime) {
		return false
	}
	switch run := external(name); {
	case isShell(name):
		return r.inner(args)
	case r.b.image.own(name):
		return r.serve(r.b.image.Program, back)
	case r.b.image.tool(name) != nil:
		return r.ask(r.b.image.tool(name))
	case endless(name):
		return r.serve(server(name, args), back)
	case run != nil:
		return run(r, args)
	}
	r.complain("sh: " + argv[0] + ": not found")
	r.code = 127
	return true
}

// inner runs a shell in the shell.
func (r *run) inner(args []string) bool {
	script, ok := scriptOf(args)
	l, bad := parse(script)
	if !ok || bad != "" || r.depth > mostDeep {
		r.code = 2
		return true
	}
	r.depth++
	defer func() { r.depth-- }()
	return r.list(l)
}

// serve starts a program: the script goes on only behind one that ends, or beside one in the background.
func (r *run) serve(p Program, back bool) bool {
	if p.Starts > 0 {
		p.Starts += r.now
	}
	if p.Forever {
		r.server = &p
		if back {
			return true
		}
	}
	began := r.now
	for _, l := range p.Log {
		if began+l.At <= r.horizon {
			r.lines = append(r.lines, Line{began + l.At, l.Text, l.Err})
		}
	}
	r.code = p.ExitCode
	if !p.Forever {
		return r.pass(p.Runs)
	}
	if r.horizon >= maxAge {
		r.forever = true
	}
	r.now, r.stopped = r.horizon, true
	return false
}

// ask is a tool that asks the program of the image.
func (r *run) ask(t *Tool) bool {
	p := r.server
	if p == nil {
		p = r.b.program
	}
	if r.now >= p.Starts && p.Forever {
		r.print(t.Says + "\n")
		r.code = 0
		return true
	}
	r.complain(t.Fails)
	r.code = t.Code
	return true
}

// endless tells whether a tool goes on until it is stopped.
func endless(name string) bool {
	switch name {
	case "tail", "httpd", "nc", "top", "watch", "yes", "dd", "stress":
		return true
	}
	return false
}

// server is what the tools that go on do.
func server(name string, args []string) Program {
	p := Program{Forever: true, IgnoresTerm: true, Memory: 1 << 20}
	switch name {
	case "httpd":
		port := int32(80)
		for i, a := range args {
			if a == "-p" && i+1 < len(args) {
				n, _ := strconv.ParseInt(args[i+1][strings.LastIndexByte(args[i+1], ':')+1:], 10, 32)
				port = int32(n)
			}
		}
		p.Ports = []Port{{Number: port, Pages: []Page{{Path: "/", Status: 200, Body: "$HOSTNAME\n"}}}}
	case "nc":
		for i, a := range args {
			if n, err := strconv.ParseInt(a, 10, 32); err == nil && (i == 0 || strings.HasPrefix(args[i-1], "-")) {
				p.Ports = []Port{{Number: int32(n)}}
			}
		}
	case "yes", "dd":
		p.CPU = 1000
	case "stress":
		return stress(args)
	}
	return p
}

// stress is the load generator of the documentation's exercises: --cpu N burns N cores, --vm N --vm-bytes SIZE holds memory.
func stress(args []string) Program {
	p := Program{Forever: true, StopsAfter: 50 * time.Millisecond, StopCode: 143}
	var cpu, workers, each int64 = 0, 0, 256 << 20
	for i := 0; i+1 < len(args); i++ {
		n, unit := args[i+1], int64(1)
		switch args[i] {
		case "--cpu", "-c", "-cpus":
			cpu, _ = strconv.ParseInt(n, 10, 32)
		case "--vm", "-m":
			workers, _ = strconv.ParseInt(n, 10, 32)
		case "--vm-bytes":
			if at := strings.IndexByte("KMG", (n + " ")[len(n)-1]); at >= 0 && n != "" {
				n, unit = n[:len(n)-1], 1<<(10*(at+1))
			}
			if size, err := strconv.ParseInt(n, 10, 32); err == nil {
				each = size * unit
			}
		case "--timeout", "-t":
			p.Runs, _ = seconds(n)
			p.Forever = p.Runs == 0
		}
	}
	p.CPU, p.Memory, p.Starts = cpu*1000, 1<<20+workers*each, 100*time.Millisecond
	text := "stress: info: [1] dispatching hogs: " + strconv.FormatInt(cpu, 10) + " cpu, 0 io, " + strconv.FormatInt(workers, 10) + " vm, 0 hdd"
	p.Log = []Line{{At: 10 * time.Millisecond, Text: text}}
	return p
}
