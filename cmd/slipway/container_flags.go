package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
)

// containerFlags describe a container on the command line, for run, explain and audit alike.
type containerFlags struct {
	spec                                     isolate.Spec
	only, open, capAdd, capDrop, net, user   string
	memory, cpus, scratch, swap              string
	env, binds, tmpfs, allow, uidMap, gidMap words
	io, publish                              words
	subnet, address                          string
}

// words is a flag that may be given several times.
type words []string

func (w *words) String() string     { return strings.Join(*w, ",") }
func (w *words) Set(s string) error { *w = append(*w, s); return nil }

func addContainerFlags(f *flag.FlagSet) *containerFlags {
	c := &containerFlags{}
	f.StringVar(&c.spec.Rootfs, "rootfs", "", "`folder` that becomes /")
	f.StringVar(&c.spec.Name, "name", "", "the container's name")
	f.BoolVar(&c.spec.Shift, "shift", false, "show the folder and all binds with owners shifted as --uid-map and --gid-map say")
	f.BoolVar(&c.spec.Init, "init", false, "process 1 is a small program that hands signals on and collects the dead")
	c.terminalFlags(f)
	f.StringVar(&c.spec.Hostname, "hostname", "", "name of its machine")
	f.StringVar(&c.spec.Dir, "workdir", "", "working directory inside")
	f.BoolVar(&c.spec.ReadOnly, "read-only", false, "make the root directory read-only")
	f.Int64Var(&c.spec.Limits.PIDs, "pids", 0, "most processes at once")
	f.Int64Var(&c.spec.Limits.Weight, "cpu-weight", 0, "share of the processors beside others, 1 to 10000")
	f.StringVar(&c.memory, "memory", "", "most memory, such as 64m")
	f.StringVar(&c.swap, "swap", "", "swap in addition to memory, such as 64m")
	f.StringVar(&c.scratch, "scratch", "", "keep the folder as it is: writes go to memory, at most as much, such as 64m")
	f.StringVar(&c.spec.Limits.CPUs, "cpuset", "", "the processors it may run on, such as 0-1,3")
	f.Var(&c.io, "io", "`DEVICE:read=10m,write=10m,reads=100,writes=100`: bytes and times a second, what is not named is free; again for more")
	f.StringVar(&c.cpus, "cpus", "", "most processors, such as 0.5")
	f.StringVar(&c.capAdd, "cap-add", "", "`capabilities` to keep, such as kill,chown")
	f.StringVar(&c.capDrop, "cap-drop", "ALL", "`capabilities` to drop of those kept")
	f.StringVar(&c.net, "net", "loopback", "network: none, loopback, bridge, or host, which opens a wall")
	c.bridgeFlags(f)
	f.StringVar(&c.user, "user", "", "`UID[:GID]` of the command")
	f.StringVar(&c.only, "only", "", "raise these `walls` only, such as uts,pid")
	f.StringVar(&c.open, "open", "", "leave these `walls` open")
	f.Var(&c.env, "env", "`NAME=VALUE` for the command; again for more")
	f.Var(&c.binds, "bind", "`SOURCE:TARGET[:rw]` from outside; again for more")
	f.Var(&c.tmpfs, "tmpfs", "`TARGET` in memory; again for more")
	f.Var(&c.allow, "allow-syscall", "`name` of a system call that works beside the usual ones; again for more")
	f.Var(&c.uidMap, "uid-map", "`INSIDE:OUTSIDE:SIZE`; again for more")
	f.Var(&c.gidMap, "gid-map", "`INSIDE:OUTSIDE:SIZE`; again for more")
	return c
}

// terminalFlags are spelled as people are used to: -i alone says nothing, for input is always handed on.
func (c *containerFlags) terminalFlags(f *flag.FlagSet) {
	f.BoolVar(&c.spec.Terminal, "t", false, "give the command a terminal of its own")
	f.BoolVar(&c.spec.Terminal, "it", false, "the same as -t")
	f.Bool("i", false, "hand standard input on, which is done anyway")
}

// parsed is the spec the flags and the command describe.
func (c *containerFlags) parsed(args []string) (isolate.Spec, error) {
	s := c.spec
	s.Args = args
	s.Syscalls = c.allow
	if s.Rootfs != "" {
		abs, err := filepath.Abs(s.Rootfs)
		if err != nil {
			return s, err
		}
		s.Rootfs = abs
	}
	if len(c.env) > 0 {
		s.Env = append(defaultEnv(), c.env...)
	}
	for _, step := range []func(*isolate.Spec) error{c.walls, c.limits, c.identity, c.capabilities, c.mounts} {
		if err := step(&s); err != nil {
			return s, err
		}
	}
	return s, nil
}

func defaultEnv() []string {
	return []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/"}
}

func (c *containerFlags) walls(s *isolate.Spec) error {
	open, err := isolate.ParseWalls(c.open)
	if err != nil {
		return err
	}
	s.Open = open
	if c.only != "" {
		only, err := isolate.ParseWalls(c.only)
		if err != nil {
			return err
		}
		s.Open |= isolate.AllWalls &^ only
		if os.Geteuid() > 0 { // without root nothing is raised without it
			s.Open &^= isolate.UserNS
		}
	}
	switch c.net {
	case "loopback":
	case "none":
		s.Network = isolate.NoNetwork
	case "host":
		s.Open |= isolate.NetNS
	case "bridge":
		s.Network = isolate.Bridged
	default:
		return fmt.Errorf("--net %s is not known; none, loopback, bridge and host are", c.net)
	}
	return c.bridge(s)
}

func (c *containerFlags) limits(s *isolate.Spec) error {
	for _, size := range []struct {
		flag, text string
		to         *int64
	}{{"memory", c.memory, &s.Limits.Memory}, {"swap", c.swap, &s.Limits.Swap}, {"scratch", c.scratch, &s.Scratch}} {
		if size.text == "" {
			continue
		}
		n, err := bytesOf(size.text)
		if err != nil {
			return fmt.Errorf("--%s %s: %w", size.flag, size.text, err)
		}
		*size.to = n
	}
	if c.cpus != "" {
		n, err := strconv.ParseFloat(c.cpus, 64)
		if err != nil || math.IsNaN(n) || n <= 0 || n > 1e6 {
			return fmt.Errorf("--cpus %s is no number of processors; 0.5 is half of one", c.cpus)
		}
		s.Limits.CPU = int64(n * 1000)
	}
	for _, text := range c.io {
		limit, err := deviceLimit(text)
		if err != nil {
			return err
		}
		s.Limits.IO = append(s.Limits.IO, limit)
	}
	return nil
}

// bytesOf reads 64m as 64 MiB, as docker does.
func bytesOf(text string) (int64, error) {
	shift := 0
	if i := strings.IndexAny("kmg", strings.ToLower(text[len(text)-1:])); i >= 0 {
		shift, text = 10*(i+1), text[:len(text)-1]
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64>>shift {
		return 0, fmt.Errorf("it is no size; 64m is 64 MiB")
	}
	return n << shift, nil
}

func (c *containerFlags) identity(s *isolate.Spec) (err error) {
	if c.user != "" {
		uid, gid, both := strings.Cut(c.user, ":")
		if !both {
			gid = uid
		}
		u, err := strconv.ParseUint(uid, 10, 32)
		g, err2 := strconv.ParseUint(gid, 10, 32)
		if err != nil || err2 != nil {
			return fmt.Errorf("--user %s is no UID or UID:GID; names are not looked up", c.user)
		}
		s.User = isolate.User{UID: uint32(u), GID: uint32(g)}
	}
	if s.UIDs, err = idMaps(c.uidMap); err == nil {
		s.GIDs, err = idMaps(c.gidMap)
	}
	return err
}

func idMaps(given words) ([]isolate.IDMap, error) {
	var maps []isolate.IDMap
	for _, text := range given {
		var m isolate.IDMap
		parts := strings.Split(text, ":")
		for i, to := range []*uint32{&m.Inside, &m.Outside, &m.Size} {
			if len(parts) != 3 {
				break
			}
			n, err := strconv.ParseUint(parts[i], 10, 32)
			if err != nil {
				parts = nil
				break
			}
			*to = uint32(n)
		}
		if len(parts) != 3 {
			return nil, fmt.Errorf("%s is no map of ids; 0:100000:65536 maps as many, from 0 inside to 100000 outside", text)
		}
		maps = append(maps, m)
	}
	return maps, nil
}

func (c *containerFlags) capabilities(s *isolate.Spec) error {
	add, err := isolate.ParseCapabilities(c.capAdd)
	if err != nil {
		return err
	}
	drop, err := isolate.ParseCapabilities(c.capDrop)
	if err != nil {
		return err
	}
	if !strings.EqualFold(c.capDrop, "all") { // otherwise all are dropped first, then some added
		add &^= drop
	}
	s.Capabilities = isolate.Keep(add, s.User)
	return nil
}

func (c *containerFlags) mounts(s *isolate.Spec) error {
	for _, text := range c.binds {
		parts := strings.Split(text, ":")
		if len(parts) < 2 || len(parts) > 3 || len(parts) == 3 && parts[2] != "rw" && parts[2] != "ro" {
			return fmt.Errorf("--bind %s is no SOURCE:TARGET[:rw]", text)
		}
		source, err := filepath.Abs(parts[0])
		if err != nil {
			return err
		}
		info, err := os.Stat(source)
		s.Mounts = append(s.Mounts, isolate.Mount{Kind: isolate.Bind, Source: source, Target: parts[1],
			File: err == nil && !info.IsDir(), Writable: len(parts) == 3 && parts[2] == "rw"})
	}
	for _, target := range c.tmpfs {
		s.Mounts = append(s.Mounts, isolate.Mount{Kind: isolate.Tmpfs, Target: target})
	}
	return nil
}
