package container

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
)

const help = `Usage: slipway run|explain [flags] -- COMMAND [ARGUMENTS]

  run       run a command in a container
  explain   print what run would do, call by call

Flags: --rootfs DIR  --name NAME  --hostname NAME  --workdir DIR  --read-only  --scratch SIZE
  --memory SIZE  --swap SIZE  --pids N  --cpus N  --cpu-weight N  --cpuset LIST
  --cap-add NAMES  --cap-drop NAMES  --user UID[:GID]  --net loopback|none|host
  --only WALLS  --open WALLS  --env NAME=VALUE  --bind SOURCE:TARGET[:rw]  --tmpfs TARGET
`

// Slipway is the program of that name on a machine of the model.
func Slipway(p *model.Process) int {
	args := p.Args()[1:]
	if len(args) == 0 || args[0] == "--help" || args[0] == "-h" || args[0] == "help" {
		say(p, 1, help)
		return 0
	}
	if args[0] != "run" && args[0] != "explain" {
		say(p, 2, "slipway: unknown command "+strconv.Quote(args[0])+"; on this machine there are run and explain\n")
		return 2
	}
	spec, wrong := parse(p, args[1:])
	if wrong != "" {
		say(p, 2, "slipway: "+wrong+"\n")
		return 1
	}
	plan, err := isolate.Build(spec, isolate.Host{UID: p.Cred().EUID, GID: p.Cred().EGID, NoFile: p.Getrlimit(model.LimitNofile).Hard})
	if err != nil {
		say(p, 2, "slipway: "+err.Error()+"\n")
		return 1
	}
	if args[0] == "explain" {
		say(p, 1, plan.String())
		return 0
	}
	status, err := Run(p, plan, nil)
	if err != nil {
		say(p, 2, "slipway: "+err.Error()+"\n")
		return 1
	}
	return status
}

func say(p *model.Process, fd int, text string) {
	for len(text) > 0 {
		n, e := p.Write(fd, []byte(text))
		if e != model.OK && e != model.EINTR {
			return
		}
		text = text[n:]
	}
}

// flag is what one flag does to a spec; it returns what is wrong with its value.
type flag struct {
	name string
	set  func(s *isolate.Spec, value string) string
}

var flags = []flag{
	{"rootfs", func(s *isolate.Spec, v string) string { s.Rootfs = v; return "" }},
	{"name", func(s *isolate.Spec, v string) string { s.Name = v; return "" }},
	{"hostname", func(s *isolate.Spec, v string) string { s.Hostname = v; return "" }},
	{"workdir", func(s *isolate.Spec, v string) string { s.Dir = v; return "" }},
	{"memory", func(s *isolate.Spec, v string) string { return size(v, &s.Limits.Memory) }},
	{"swap", func(s *isolate.Spec, v string) string { return size(v, &s.Limits.Swap) }},
	{"scratch", func(s *isolate.Spec, v string) string { return size(v, &s.Scratch) }},
	{"pids", func(s *isolate.Spec, v string) string { return number(v, &s.Limits.PIDs) }},
	{"cpu-weight", func(s *isolate.Spec, v string) string { return number(v, &s.Limits.Weight) }},
	{"cpuset", func(s *isolate.Spec, v string) string { s.Limits.CPUs = v; return "" }},
	{"cpus", cpus},
	{"cap-add", func(s *isolate.Spec, v string) string {
		set, err := isolate.ParseCapabilities(v)
		s.Capabilities.Bounding |= set
		return text(err)
	}},
	{"cap-drop", func(s *isolate.Spec, v string) string {
		set, err := isolate.ParseCapabilities(v)
		if !strings.EqualFold(v, "all") { // all of them are dropped first, then some added
			s.Capabilities.Bounding &^= set
		}
		return text(err)
	}},
	{"user", user},
	{"net", network},
	{"only", func(s *isolate.Spec, v string) string {
		walls, err := isolate.ParseWalls(v)
		s.Open |= isolate.AllWalls &^ walls
		return text(err)
	}},
	{"open", func(s *isolate.Spec, v string) string {
		walls, err := isolate.ParseWalls(v)
		s.Open |= walls
		return text(err)
	}},
	{"env", func(s *isolate.Spec, v string) string {
		if s.Env == nil {
			s.Env = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/"}
		}
		s.Env = append(s.Env, v)
		return ""
	}},
	{"bind", bind},
	{"tmpfs", func(s *isolate.Spec, v string) string {
		s.Mounts = append(s.Mounts, isolate.Mount{Kind: isolate.Tmpfs, Target: v, Writable: true})
		return ""
	}},
}

// parse reads the flags up to -- or the first word that is none, and the command behind them.
func parse(p *model.Process, args []string) (s isolate.Spec, wrong string) {
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		word := args[0]
		args = args[1:]
		if word == "--" {
			break
		}
		name, value, given := strings.Cut(strings.TrimLeft(word, "-"), "=")
		if name == "read-only" {
			s.ReadOnly = true
			continue
		}
		f := flagOf(name)
		if f == nil {
			return s, "there is no flag " + word + "; slipway --help lists those there are"
		}
		if !given {
			if len(args) == 0 {
				return s, word + " needs a value"
			}
			value, args = args[0], args[1:]
		}
		if wrong := f.set(&s, value); wrong != "" {
			return s, "--" + name + " " + value + ": " + wrong
		}
	}
	if len(args) == 0 {
		return s, "there is no command; write it behind --"
	}
	s.Args = args
	s.Capabilities = isolate.Keep(s.Capabilities.Bounding, s.User)
	if s.Rootfs != "" && s.Rootfs[0] != '/' {
		dir, _ := p.Getcwd()
		s.Rootfs = strings.TrimSuffix(dir, "/") + "/" + s.Rootfs
	}
	return s, ""
}

func flagOf(name string) *flag {
	for i := range flags {
		if flags[i].name == name {
			return &flags[i]
		}
	}
	return nil
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func number(v string, to *int64) string {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n <= 0 {
		return "it is no number above 0"
	}
	*to = n
	return ""
}

// size reads 64m as 64 MiB.
func size(v string, to *int64) string {
	shift := 0
	if v != "" {
		if i := strings.IndexByte("kmg", v[len(v)-1]|0x20); i >= 0 {
			shift, v = 10*(i+1), v[:len(v)-1]
		}
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n <= 0 || n > 1<<62>>shift {
		return "it is no size; 64m is 64 MiB"
	}
	*to = n << shift
	return ""
}

func cpus(s *isolate.Spec, v string) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !(n > 0 && n <= 1e6) {
		return "it is no number of processors; 0.5 is half of one"
	}
	s.Limits.CPU = int64(n * 1000)
	return ""
}

func user(s *isolate.Spec, v string) string {
	uid, gid, both := strings.Cut(v, ":")
	if !both {
		gid = uid
	}
	u, err := strconv.ParseUint(uid, 10, 32)
	g, err2 := strconv.ParseUint(gid, 10, 32)
	if err != nil || err2 != nil {
		return "it is no UID or UID:GID; names are not looked up"
	}
	s.User = isolate.User{UID: uint32(u), GID: uint32(g)}
	return ""
}

func network(s *isolate.Spec, v string) string {
	switch v {
	case "loopback":
	case "none":
		s.Network = isolate.NoNetwork
	case "host":
		s.Open |= isolate.NetNS
	default:
		return "none, loopback and host are known"
	}
	return ""
}

func bind(s *isolate.Spec, v string) string {
	parts := strings.Split(v, ":")
	if len(parts) < 2 || len(parts) > 3 || len(parts) == 3 && parts[2] != "rw" {
		return "write SOURCE:TARGET or SOURCE:TARGET:rw"
	}
	s.Mounts = append(s.Mounts, isolate.Mount{Kind: isolate.Bind, Source: parts[0], Target: parts[1], Writable: len(parts) == 3})
	return ""
}
