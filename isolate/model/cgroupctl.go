package model

import (
	"strconv"
	"strings"
)

const pressure = "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n"

// writePressure takes a trigger: "some 150000 1000000".
func writePressure(_ *Process, _ *File, _ *Cgroup, text string) Errno {
	f := strings.Fields(text)
	if len(f) != 3 || f[0] != "some" && f[0] != "full" {
		return EINVAL
	}
	if n, ok := parseUint(f[2]); !ok || n < 500_000 || n > 10_000_000 {
		return EINVAL
	}
	return OK
}

func cpuFiles() []cgroupFile {
	return []cgroupFile{
		{"cpu.idle", ctlCPU, inOthers, func(_ *Process, c *Cgroup) string { return itoa(c.cpu.idle) + "\n" }, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			n, e := parseInt(text)
			if e == OK && n != 0 && n != 1 {
				e = EINVAL
			}
			if e == OK {
				c.cpu.idle = int(n)
			}
			return e
		}},
		{"cpu.max", ctlCPU, inOthers, func(_ *Process, c *Cgroup) string {
			return strings.TrimSuffix(maxOr(c.cpu.quota), "\n") + " " + line(c.cpu.period)
		}, writeCPUMax},
		{"cpu.max.burst", ctlCPU, inOthers, func(_ *Process, c *Cgroup) string { return line(c.cpu.burst) }, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			n, ok := parseUint(text)
			if !ok || c.cpu.quota != noLimit && int64(n) > c.cpu.quota || c.cpu.quota == noLimit && n > 0 {
				return EINVAL
			}
			c.cpu.burst = int64(n)
			return OK
		}},
		{"cpu.pressure", 0, everywhere, fixed(pressure), writePressure},
		{"cpu.stat", 0, everywhere, readCPUStat, nil},
		{"cpu.stat.local", ctlCPU, everywhere, func(_ *Process, c *Cgroup) string { return "throttled_usec " + line(c.cpu.throttled/1000) }, nil},
		{"cpu.weight", ctlCPU, inOthers, func(_ *Process, c *Cgroup) string {
			if c.cpu.idle == 1 {
				return "1\n" // the least there is, whatever it was and will be again
			}
			return itoa(c.cpu.weight) + "\n"
		}, writeWeight},
		{"cpu.weight.nice", ctlCPU, inOthers, func(_ *Process, c *Cgroup) string { return itoa(c.cpu.nice) + "\n" }, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			n, e := parseInt(text)
			if e == OK && (n < -20 || n > 19) {
				e = ERANGE
			}
			if e == OK {
				c.cpu.nice = int(n)
				c.cpu.weight = (niceWeights[n+20]*100 + 512) / 1024
			}
			return e
		}},
	}
}

// niceWeights are the scheduler's weights of nice -20 to 19. Source: kernel/sched/core.c, sched_prio_to_weight.
var niceWeights = [40]int{88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277,
	1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23, 18, 15}

// writeCPUMax takes "QUOTA PERIOD" in microseconds; the period may be left out, the quota may be "max".
func writeCPUMax(_ *Process, _ *File, c *Cgroup, text string) Errno {
	f := strings.Fields(text)
	if len(f) == 0 {
		return EINVAL
	}
	quota, period := noLimit, c.cpu.period
	if f[0] != "max" {
		n, err := strconv.ParseUint(f[0], 10, 63)
		if err != nil {
			return EINVAL
		}
		quota = int64(n)
	}
	if len(f) > 1 {
		n, err := strconv.ParseUint(leadingDigits(f[1]), 10, 63)
		if err == nil {
			period = int64(n)
		}
	}
	if quota < 1000 || period < 1000 || period > 1_000_000 {
		return EINVAL
	}
	c.cpu.quota, c.cpu.period = quota, period
	c.cpu.began, c.cpu.used = c.k.now-c.k.now%(period*1000), 0
	return OK
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

func writeWeight(_ *Process, _ *File, c *Cgroup, text string) Errno {
	n, err := strconv.ParseUint(text, 0, 64)
	if err != nil {
		return EINVAL
	}
	if n < 1 || n > 10_000 {
		return ERANGE
	}
	c.cpu.weight = int(n)
	c.cpu.nice = nearestNice(int(n))
	return OK
}

// nearestNice is the nice value whose weight is nearest.
func nearestNice(weight int) int {
	w := (weight*1024 + 50) / 100
	last := 1 << 30
	for i, each := range niceWeights {
		delta := each - w
		if delta < 0 {
			delta = -delta
		}
		if delta >= last {
			return i - 21
		}
		last = delta
	}
	return 19
}

func readCPUStat(_ *Process, c *Cgroup) string {
	u := c.cpu.usage / 1000
	text := "usage_usec " + line(u) + "user_usec " + line(u/2) + "system_usec " + line(u-u/2) + "nice_usec 0\n"
	if c.parent != nil && c.available()&ctlCPU != 0 {
		text += "nr_periods " + line(c.cpu.periods) + "nr_throttled " + line(c.cpu.throttles) + "throttled_usec " + line(c.cpu.throttled/1000) + "nr_bursts 0\nburst_usec 0\n"
	}
	return text
}

func cpusetFiles() []cgroupFile {
	text := func(of func(*Cgroup) string) cgroupRead {
		return func(_ *Process, c *Cgroup) string { return of(c) + "\n" }
	}
	return []cgroupFile{
		{"cpuset.cpus", ctlCpuset, inOthers, text(func(c *Cgroup) string { return c.sets.cpus }), writeSet(func(c *Cgroup) *string { return &c.sets.cpus })},
		{"cpuset.cpus.effective", ctlCpuset, everywhere, fixed("0\n"), nil},
		{"cpuset.cpus.exclusive", ctlCpuset, inOthers, text(func(c *Cgroup) string { return c.sets.exclusive }), writeSet(func(c *Cgroup) *string { return &c.sets.exclusive })},
		{"cpuset.cpus.exclusive.effective", ctlCpuset, inOthers, text(func(c *Cgroup) string { return c.sets.exclusive }), nil},
		{"cpuset.cpus.isolated", ctlCpuset, inRoot, fixed("\n"), nil},
		{"cpuset.cpus.partition", ctlCpuset, inOthers, text(func(c *Cgroup) string { return c.sets.partition }), writePartition},
		{"cpuset.mems", ctlCpuset, inOthers, text(func(c *Cgroup) string { return c.sets.mems }), writeSet(func(c *Cgroup) *string { return &c.sets.mems })},
		{"cpuset.mems.effective", ctlCpuset, everywhere, fixed("0\n"), nil},
	}
}

// writePartition takes a kind of partition; a cpuset without processors of its own cannot be a root.
func writePartition(_ *Process, _ *File, c *Cgroup, text string) Errno {
	switch text {
	case "member":
		c.sets.partition = text
	case "root", "isolated":
		c.sets.partition = text + " invalid (cpu list in cpuset.cpus not exclusive)"
		if c.sets.cpus == "" && c.sets.exclusive == "" {
			c.sets.partition = text + " invalid (cpuset.cpus and cpuset.cpus.exclusive are empty)"
		}
	default:
		return EINVAL
	}
	return OK
}

// writeSet takes a list of processors or memory nodes, of which the machine has number 0.
func writeSet(of func(*Cgroup) *string) cgroupWrite {
	return func(_ *Process, _ *File, c *Cgroup, text string) Errno {
		for _, part := range strings.Split(text, ",") {
			if part == "" {
				continue
			}
			low, high, ranged := strings.Cut(part, "-")
			a, err := strconv.ParseUint(low, 10, 31)
			b := a
			if err == nil && ranged {
				b, err = strconv.ParseUint(high, 10, 31)
			}
			if err != nil || b < a {
				return EINVAL
			}
			if b > 0 {
				return ERANGE
			}
		}
		*of(c) = ""
		if strings.Trim(text, ",") != "" {
			*of(c) = "0"
		}
		return OK
	}
}

func ioFiles() []cgroupFile {
	return []cgroupFile{
		{"io.cost.model", ctlIO, inRoot, fixed(""), noDevice},
		{"io.cost.qos", ctlIO, inRoot, fixed(""), noDevice},
		{"io.max", ctlIO, inOthers, fixed(""), noDevice},
		{"io.pressure", 0, everywhere, fixed(pressure), writePressure},
		{"io.stat", ctlIO, everywhere, fixed(""), nil},
		{"io.weight", ctlIO, inOthers, func(_ *Process, c *Cgroup) string { return "default " + kept("io.weight", "100")(nil, c) }, writeIOWeight},
	}
}

// noDevice refuses limits of devices: the machine has no disks.
func noDevice(_ *Process, _ *File, _ *Cgroup, text string) Errno {
	dev, _, _ := strings.Cut(text, " ")
	major, minor, ok := strings.Cut(dev, ":")
	_, ok1 := parseUint(major)
	_, ok2 := parseUint(minor)
	if !ok || !ok1 || !ok2 {
		return EINVAL
	}
	return ENODEV
}

func writeIOWeight(p *Process, f *File, c *Cgroup, text string) Errno {
	if strings.Contains(text, ":") {
		return noDevice(p, f, c, text)
	}
	text = strings.TrimSpace(strings.TrimPrefix(text, "default"))
	n, ok := parseUint(text)
	if !ok || n < 1 || n > 10_000 {
		return EINVAL
	}
	c.text["io.weight"] = utoa(n)
	return OK
}

func pidsFiles() []cgroupFile {
	return []cgroupFile{
		{"pids.current", ctlPids, inOthers, func(_ *Process, c *Cgroup) string { return line(c.pids.now) }, nil},
		{"pids.events", ctlPids, inOthers, func(_ *Process, c *Cgroup) string { return "max " + line(c.pids.events) }, nil},
		{"pids.events.local", ctlPids, inOthers, func(_ *Process, c *Cgroup) string { return "max " + line(c.pids.localEvent) }, nil},
		{"pids.max", ctlPids, inOthers, func(_ *Process, c *Cgroup) string { return maxOr(c.pids.max) }, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			if text == "max" {
				c.pids.max = noLimit
				return OK
			}
			n, err := strconv.ParseInt(text, 0, 64)
			if err != nil || n < 0 || n > 4<<20 {
				return EINVAL
			}
			c.pids.max = n
			return OK
		}},
		{"pids.peak", ctlPids, inOthers, func(_ *Process, c *Cgroup) string { return line(c.pids.peak) }, nil},
	}
}
