//go:build amd64 || arm64

package isolate

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// remove makes a step After. A group is busy as long as a process is in it: one the command left behind, if it had no process ids of
// its own. Those are killed.
func (s *starter) remove(i int) Errno {
	errno := s.make(i)
	for wait := time.Millisecond; s.plan.Steps[i].Call == "unlinkat" && errno == EBUSY && wait < 4*time.Second; wait *= 2 {
		killGroup(s.plan.Steps[i].Args[1].Text)
		time.Sleep(wait)
		errno = s.make(i)
	}
	return errno
}

// killGroup kills all in a cgroup: by cgroup.kill (Linux 5.14, v2), otherwise one by one.
func killGroup(dir string) {
	if os.WriteFile(dir+"/cgroup.kill", []byte("1"), 0) == nil {
		return
	}
	_ = writeOnce(dir+"/freezer.state", "THAWED") // v1: who is frozen does not die
	text, _ := os.ReadFile(dir + "/cgroup.procs")
	for _, word := range strings.Fields(string(text)) {
		if pid, err := strconv.Atoi(word); err == nil && pid > 1 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// killAll kills the command and everything it started. With process ids of its own that is what happens to a namespace whose first process
// dies; otherwise whoever is in the cgroups is killed, or in the command's process group.
func (p *Process) killAll() error {
	if err := p.Signal(0); err != nil {
		return err // what it left behind goes with Wait
	}
	own := false
	for i, step := range p.starter.plan.Steps {
		own = own || step.Call == "clone3" && *p.starter.rows[i].args[0]&cloneNewPID != 0
	}
	if !own {
		for i, step := range p.starter.plan.Steps {
			if step.By == After && step.Call == "unlinkat" && p.starter.done[step.Of] {
				killGroup(p.starter.plan.Steps[i].Args[1].Text)
			}
		}
		if slices.ContainsFunc(p.starter.plan.Steps, func(st Step) bool { return st.Call == "setsid" }) {
			_ = syscall.Kill(-p.PID, syscall.SIGKILL)
		}
	}
	defer func() {
		for i, step := range p.starter.plan.Steps {
			if step.By == After && step.Call == "unlinkat" && p.starter.done[step.Of] { // v1: who is frozen does not die
				_ = writeOnce(p.starter.plan.Steps[i].Args[1].Text+"/freezer.state", "THAWED")
			}
		}
	}()
	return p.Signal(syscall.SIGKILL)
}
