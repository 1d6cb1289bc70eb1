//go:build linux && (amd64 || arm64)

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
)

// contestant is a way to start a container: a program that is run, or one that runs already and starts one when asked.
type contestant struct {
	name    string
	argv    []string // of a program; "{n}" is a number of its own for every run
	filter  string   // a file that the program reads as descriptor 3
	worker  *worker
	samples []sample
	measure string
	count   int
}

func find(all []contestant, name string) *contestant {
	for i := range all {
		if all[i].name == name {
			return &all[i]
		}
	}
	return nil
}

func (c *contestant) close() {
	if c.worker != nil {
		c.worker.close()
	}
}

func (c *contestant) once() (sample, error) {
	if c.worker != nil {
		return c.worker.start()
	}
	c.count++
	args := make([]string, len(c.argv))
	for i, a := range c.argv {
		args[i] = strings.ReplaceAll(a, "{n}", strconv.Itoa(c.count))
	}
	cmd := exec.Command(c.measure, args...)
	if c.filter != "" {
		f, err := os.Open(c.filter) // anew: whoever reads it leaves it at its end
		if err != nil {
			return sample{}, err
		}
		defer func() { _ = f.Close() }()
		cmd.ExtraFiles = []*os.File{f}
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return sample{}, fmt.Errorf("%w: %s", err, errs.Bytes())
	}
	var s sample
	var code int
	if _, err := fmt.Sscan(out.String(), &s.wall, &s.cpu, &s.rss, &code); err != nil || code != 0 {
		return s, fmt.Errorf("exit code %d: %s%s", code, out.Bytes(), errs.Bytes())
	}
	s.cpu, s.rss = s.cpu*1000, s.rss<<10
	return s, nil
}

// contestants are those of this machine. Others' container programs are started in the rig only.
func contestants(dir, work string) ([]contestant, error) {
	measure, slipway, calls, root := filepath.Join(dir, "measure"), filepath.Join(dir, "slipway"), filepath.Join(dir, "calls"), filepath.Join(dir, "rootfs")
	all := []contestant{{name: "nothing but /bin/true", argv: []string{"/bin/true"}}}
	if path, err := exec.LookPath("unshare"); err == nil {
		all = append(all, contestant{name: "unshare and chroot, nothing else", argv: []string{path, "--fork", "--pid", "--mount", "--uts", "--ipc", "--net", "--root", root, "/bin/true"}})
	}
	for _, kind := range []string{"walls", "limits"} {
		spec := specOf(dir, kind == "limits")
		plan, err := planFile(spec, filepath.Join(work, kind))
		if err != nil {
			return all, err
		}
		run := []string{slipway, "run", "--open", spec.Open.String(), "--rootfs", root}
		if kind == "limits" {
			run = append(run, "--memory", "64m", "--pids", "20", "--cpus", "0.5")
		}
		all = append(all, contestant{name: "C, the same calls, as a process, " + kind, argv: []string{calls, plan}},
			contestant{name: "slipway run, " + kind, argv: append(run, "--", "/bin/true")})
		for _, w := range []struct {
			name string
			argv []string
		}{{"C, the same calls, " + kind, []string{calls, plan, "-"}}, {"library, " + kind, []string{"/proc/self/exe", "-dir", dir, "-serve", kind}},
			{"library, " + kind + ", 1 GB of heap", []string{"/proc/self/exe", "-dir", dir, "-serve", kind, "-heap", "1024"}}} {
			if strings.HasSuffix(w.name, "heap") && kind == "limits" {
				continue
			}
			worker, err := newWorker(w.argv)
			if err != nil {
				return all, err
			}
			all = append(all, contestant{name: w.name, worker: worker})
		}
	}
	if inRig() {
		peers, err := others(root, work)
		if err != nil {
			return all, err
		}
		all = append(all, peers...)
	}
	for i := range all {
		all[i].measure = measure
	}
	return all, nil
}

// others are runc, crun and bubblewrap with the same isolation, as far as they have it.
func others(root, work string) ([]contestant, error) {
	filter := filepath.Join(work, "filter")
	host, err := isolate.Detect()
	if err != nil {
		return nil, err
	}
	if err := filterFile(specOf(filepath.Dir(root), false), host, filter); err != nil {
		return nil, err
	}
	for _, kind := range []string{"walls", "limits"} {
		if err := bundle(filepath.Join(work, "bundle-"+kind), root, kind == "limits"); err != nil {
			return nil, err
		}
	}
	walls, limits := filepath.Join(work, "bundle-walls"), filepath.Join(work, "bundle-limits")
	return []contestant{
		{name: "bubblewrap", filter: filter, argv: []string{"/usr/bin/bwrap", "--unshare-pid", "--unshare-uts", "--unshare-ipc", "--unshare-net", "--hostname", "slipway", "--bind", root, "/",
			"--dev", "/dev", "--proc", "/proc", "--cap-drop", "ALL", "--new-session", "--clearenv", "--seccomp", "3", "--", "/bin/true"}},
		{name: "crun, walls", argv: []string{"/usr/bin/crun", "--cgroup-manager=disabled", "run", "--bundle", walls, "crun-w{n}"}},
		{name: "crun, limits", argv: []string{"/usr/bin/crun", "--cgroup-manager=cgroupfs", "run", "--bundle", limits, "crun-l{n}"}},
		{name: "runc, limits", argv: []string{"/usr/sbin/runc", "run", "--bundle", limits, "runc-l{n}"}},
	}, nil
}
