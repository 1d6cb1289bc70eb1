package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

const stressUsage = `'stress' imposes certain types of compute stress on your system

Usage: stress [OPTION [ARG]] ...
 -?, --help         show this help statement
 -q, --quiet        be quiet
 -n, --dry-run      show what would have been done
 -t, --timeout N    timeout after N seconds
 -c, --cpu N        spawn N workers spinning on sqrt()
 -m, --vm N         spawn N workers spinning on malloc()/free()
     --vm-bytes B   malloc B bytes per vm worker (default is 256MB)
     --vm-keep      redirty memory instead of freeing and reallocating

Note: Numbers may be suffixed with s,m,h,d (time) or B,K,M,G (size).
`

// stress is the program of that name, version 1.0.7, as far as it uses the processor and memory. The numbers in brackets are lines of its source.
func stress(c *cmd) int {
	f, status := c.parse(options{plain: "?nqk", valued: "tcmb", usage: stressUsage, long: map[string]string{"help": "?", "quiet": "q", "dry-run": "n",
		"timeout": "t=", "cpu": "c=", "vm": "m=", "vm-bytes": "b=", "vm-keep": "k"}})
	if status != 0 {
		return status
	}
	cpu, vm := atoi(f.values['c']), atoi(f.values['m'])
	if cpu+vm == 0 || f.has('?') {
		c.put(stressUsage)
		return 0
	}
	bytes := int64(256 << 20)
	if f.has('b') {
		bytes = suffixed(f.values['b'], "BKMG", 1, 1<<10, 1<<20, 1<<30)
	}
	until := int64(0)
	if f.has('t') {
		until = suffixed(f.values['t'], "smhd", 1, 60, 3600, 86400) * 1_000_000_000
	}
	said := func(fd int, kind, line, text string) {
		if fd == 2 || !f.has('q') {
			c.writeAll(fd, []byte("stress: "+kind+": ["+itoa(c.PID())+"] "+line+text+"\n"))
		}
	}
	said(1, "info", "", "dispatching hogs: "+itoa(cpu)+" cpu, 0 io, "+itoa(vm)+" vm, 0 hdd")
	if f.has('n') {
		return 0
	}
	return c.hogs(cpu, vm, bytes, until, said)
}

// hogs starts the workers and waits for them.
func (c *cmd) hogs(cpu, vm int, bytes, until int64, said func(fd int, kind, line, text string)) int {
	began := c.Kernel().Now()
	left := 0
	for i := range cpu + vm {
		_, e := c.Fork(func(p *model.Process) int {
			p.Sleep(int64(cpu+vm-i) * 3_000_000)
			return hog(p, i >= cpu, bytes, until)
		})
		if e != model.OK {
			said(2, "FAIL", "(389) ", "fork failed: "+e.Text())
			break
		}
		left++
	}
	failed := left < cpu+vm
	for left > 0 {
		st, e := c.Wait(-1, true)
		if e == model.EINTR {
			continue
		}
		if e != model.OK {
			break
		}
		left--
		if st.Signal == 0 && st.Code == 0 {
			continue
		}
		failed = true
		said(2, "FAIL", "(425) ", "<-- worker "+itoa(st.PID)+" got signal "+itoa(st.Signal))
		said(2, "WARN", "(427) ", "now reaping child worker processes")
		c.Signal(model.SIGUSR1, model.Ignored)
		if e := c.Kill(-c.PID(), model.SIGUSR1); e != model.OK {
			said(2, "FAIL", "(431) ", "kill error: "+e.Text())
		}
	}
	took := "run completed in " + itoa64((c.Kernel().Now()-began)/1_000_000_000) + "s"
	if failed {
		said(2, "FAIL", "(461) ", "failed "+took)
		return 1
	}
	said(1, "info", "", "successful "+took)
	return 0
}

// hog uses the processor, and memory if it is told so, for that long (0: forever).
func hog(p *model.Process, memory bool, bytes, length int64) int {
	const piece = 1 << 16
	began := p.Kernel().Now()
	for length == 0 || p.Kernel().Now() < began+length {
		if memory && bytes > 0 {
			p.Grow(min(piece, bytes))
			bytes -= piece
			continue
		}
		p.Spend(2_000_000)
	}
	return 0
}

// suffixed is a number with one of the letters behind it, or with none.
func suffixed(text, letters string, units ...int64) int64 {
	if n := len(text) - 1; n >= 0 {
		if i := strings.IndexByte(letters, text[n]); i >= 0 {
			return int64(atoi(text[:n])) * units[i]
		}
	}
	return int64(atoi(text))
}
