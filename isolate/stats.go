package isolate

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Stats are what the cgroups of a container have counted, of all its processes together. What no group of its own counts is in neither of
// the fields nor in Counted.
type Stats struct {
	// Counted are the controllers that count for it: of "cpu", "memory", "pids" and "io".
	Counted []string
	// CPU is processor time used. Of Periods (a tenth of a second each, usually) in which it ran it was Throttled in some, for ThrottledTime.
	CPU                time.Duration
	Periods, Throttled int64
	ThrottledTime      time.Duration
	// Memory in bytes: now, at most so far, the limit (0 is none), and swap. OOMKills are processes the kernel killed for want of it.
	Memory, MemoryPeak, MemoryLimit, Swap int64
	OOMKills                              int64
	// PIDs are processes and threads, PIDsLimit how many there may be (0 is no limit).
	PIDs, PIDsLimit int64
	// Bytes read from and written to block devices, and how many times.
	ReadBytes, WrittenBytes, Reads, Writes int64
	// Frozen says that it is paused.
	Frozen bool
}

// ErrNoFreezer says that a container has no cgroup by which it could be paused: its [Spec] asked for none.
var ErrNoFreezer = errors.New("isolate: the container has no cgroup that can be frozen; start it with a group of its own")

// counter is a file of a cgroup and what it tells. Source: cgroup-v1/*.rst and cgroup-v2.rst of Linux 6.12.
type counter struct {
	file       string
	controller string // it shows that this one counts; "" if another file does
	read       func(s *Stats, text string)
}

var counters = map[bool][]counter{
	true: {
		{"cpu.stat", "cpu", func(s *Stats, t string) {
			s.CPU = time.Duration(keyed(t, "usage_usec")) * time.Microsecond
			s.Periods, s.Throttled = keyed(t, "nr_periods"), keyed(t, "nr_throttled")
			s.ThrottledTime = time.Duration(keyed(t, "throttled_usec")) * time.Microsecond
		}},
		{"memory.current", "memory", func(s *Stats, t string) { s.Memory = number(t) }},
		{"memory.peak", "", func(s *Stats, t string) { s.MemoryPeak = number(t) }}, // Linux 5.19
		{"memory.max", "", func(s *Stats, t string) { s.MemoryLimit = number(t) }},
		{"memory.swap.current", "", func(s *Stats, t string) { s.Swap = number(t) }},
		{"memory.events", "", func(s *Stats, t string) { s.OOMKills = keyed(t, "oom_kill") }},
		{"pids.current", "pids", func(s *Stats, t string) { s.PIDs = number(t) }},
		{"pids.max", "", func(s *Stats, t string) { s.PIDsLimit = number(t) }},
		{"io.stat", "io", (*Stats).unifiedIO},
		{"cgroup.events", "", func(s *Stats, t string) { s.Frozen = keyed(t, "frozen") == 1 }},
	},
	false: {
		{"cpuacct.usage", "cpu", func(s *Stats, t string) { s.CPU = time.Duration(number(t)) }},
		{"cpu.stat", "", func(s *Stats, t string) {
			s.Periods, s.Throttled = keyed(t, "nr_periods"), keyed(t, "nr_throttled")
			s.ThrottledTime = time.Duration(keyed(t, "throttled_time"))
		}},
		{"memory.usage_in_bytes", "memory", func(s *Stats, t string) { s.Memory = number(t) }},
		{"memory.max_usage_in_bytes", "", func(s *Stats, t string) { s.MemoryPeak = number(t) }},
		{"memory.limit_in_bytes", "", func(s *Stats, t string) { s.MemoryLimit = number(t) }},
		{"memory.memsw.usage_in_bytes", "", func(s *Stats, t string) { s.Swap = max(0, number(t)-s.Memory) }}, // both together
		{"memory.oom_control", "", func(s *Stats, t string) { s.OOMKills = keyed(t, "oom_kill") }},
		{"pids.current", "pids", func(s *Stats, t string) { s.PIDs = number(t) }},
		{"pids.max", "", func(s *Stats, t string) { s.PIDsLimit = number(t) }},
		{"blkio.throttle.io_service_bytes", "io", func(s *Stats, t string) { s.ReadBytes, s.WrittenBytes = deviceSums(t) }},
		{"blkio.throttle.io_serviced", "", func(s *Stats, t string) { s.Reads, s.Writes = deviceSums(t) }},
		{"freezer.state", "", func(s *Stats, t string) { s.Frozen = strings.TrimSpace(t) == "FROZEN" }},
	},
}

// statsOf reads all that a container's groups count. read gives a file's text, false if there is no such file.
func statsOf(groups []Group, read func(path string) (string, bool)) Stats {
	var s Stats
	for _, g := range groups {
		for _, c := range counters[g.Unified] {
			text, ok := read(g.Dir + "/" + c.file)
			if !ok {
				continue
			}
			c.read(&s, text)
			if c.controller != "" {
				s.Counted = append(s.Counted, c.controller)
			}
		}
	}
	return s
}

// number is a number alone in its file. "max", and what v1 says instead, about as many bytes as there are addresses, is 0: no limit.
func number(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n >= 1<<62 {
		return 0
	}
	return n
}

// keyed is the number after a key in a file with a key on each line; 0 if it is not there.
func keyed(text, key string) int64 {
	for line := range strings.Lines(text) {
		if k, v, ok := strings.Cut(line, " "); ok && k == key {
			return number(v)
		}
	}
	return 0
}

// unifiedIO adds up io.stat: a device on each line, with its counts behind names, such as "8:0 rbytes=4096 wbytes=0 rios=1 wios=0".
func (s *Stats) unifiedIO(text string) {
	for _, word := range strings.Fields(text) {
		name, value, _ := strings.Cut(word, "=")
		for _, c := range []struct {
			name string
			to   *int64
		}{{"rbytes", &s.ReadBytes}, {"wbytes", &s.WrittenBytes}, {"rios", &s.Reads}, {"wios", &s.Writes}} {
			if c.name == name {
				*c.to += number(value)
			}
		}
	}
}

// deviceSums adds up a file of v1's blkio: "8:0 Read 4096", a line for each device and kind.
func deviceSums(text string) (read, written int64) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case len(words) != 3:
		case words[1] == "Read":
			read += number(words[2])
		case words[1] == "Write":
			written += number(words[2])
		}
	}
	return read, written
}
