package container

import (
	"errors"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
)

// Tell hears of each step that was made: its place in the plan, what the call returned, and its error, which the plan may tolerate.
type Tell func(step int, result int64, e model.Errno)

// Run carries a plan out as a child of p and waits for the command to end. It returns the command's exit status, as a shell numbers it. If a step fails
// the error is an [*isolate.StepError], and nothing of the container is left. tell may be nil.
func Run(p *model.Process, plan isolate.Plan, tell Tell) (status int, err error) {
	r := &run{plan: plan, tell: tell, results: make([]int64, len(plan.Results)), buffers: map[uint32][]byte{}, made: make([]bool, len(plan.Steps))}
	if tell == nil {
		r.tell = func(int, int64, model.Errno) {}
	}
	r.results[refStdout], r.results[refStderr] = 1, 2
	defer r.close(p)
	if e := r.wakes(p); e != model.OK {
		return 0, errors.New("pipe: " + e.Text())
	}
	if !r.steps(p, isolate.Before, r.begin) {
		r.steps(p, isolate.After, nil)
		return 0, r.failed
	}
	status = r.await(p)
	failed := r.failed
	r.steps(p, isolate.After, nil)
	if failed != nil {
		return 0, failed
	}
	return status, nil
}

// run is a plan on its way.
type run struct {
	plan     isolate.Plan
	tell     Tell
	results  []int64
	buffers  map[uint32][]byte
	made     []bool // by step: it did not fail
	opened   []int  // the parent's descriptors
	pid      int
	ready    int // the parent's end of a pipe that closes when the child has become the command
	failed   *isolate.StepError
	programs int // the directory of the Landlock rule
}

// The results that plans begin with, see isolate.Plan.
const (
	refPID    = 1
	refStdout = 3
	refStderr = 4
	refWake   = 5
	refWaker  = 6
)

func (r *run) close(p *model.Process) {
	for _, fd := range r.opened {
		p.Close(fd)
	}
}

// wakes makes the pipe the child waits on while the parent writes its maps.
func (r *run) wakes(p *model.Process) model.Errno {
	in, out, e := p.Pipe()
	if e != model.OK {
		return e
	}
	r.results[refWake], r.results[refWaker] = int64(in), int64(out)
	r.opened = append(r.opened, in, out)
	return model.OK
}

// steps makes the steps of one actor. instead, if it is not nil, makes a call in the place of clone3. It reports whether all went well.
func (r *run) steps(p *model.Process, by isolate.Actor, instead func(p *model.Process, i int) model.Errno) bool {
	for i := 0; i < len(r.plan.Steps); i++ {
		s := &r.plan.Steps[i]
		if s.By != by || by == isolate.After && s.Of > 0 && !r.made[s.Of] {
			continue
		}
		var result int64
		var e model.Errno
		if s.Call == "clone3" && instead != nil {
			e = instead(p, i)
		} else {
			result, e = r.call(p, s)
		}
		r.tell(i, result, e)
		switch {
		case e == model.OK:
			r.made[i] = true
			if s.Result > 0 {
				r.results[s.Result] = result
				if by != isolate.Child {
					r.opened = append(r.opened, int(result))
				}
			}
		case uint16(e) == uint16(s.Tolerate):
			i += s.Skip
		case by == isolate.After: // whatever is left is somebody's who is still inside
		default:
			r.failed = r.plan.Failure(i, isolate.Errno(e))
			return false
		}
	}
	return true
}

// begin makes the child and the parent's steps beside it, and returns when the child has become the command.
func (r *run) begin(p *model.Process, i int) model.Errno {
	in, out, e := p.Pipe()
	if e != model.OK {
		return e
	}
	s := &r.plan.Steps[i]
	into := -1
	if len(s.Args) > 2 {
		into = int(r.value(s.Args[2]))
	}
	pid, e := p.Clone(model.NSFlagsOf(s.Args[0].Value), into, func(c *model.Process) int {
		c.Close(in)
		if _, e := c.Dup(out, 10, true); e != model.OK { // it closes when the program is replaced
			return 127
		}
		c.Close(out)
		for sig := range 64 {
			if c.SignalAction(sig) == model.Caught {
				c.Signal(sig, model.Default)
			}
		}
		r.steps(c, isolate.Child, nil)
		return 127
	})
	p.Close(out)
	if e != model.OK {
		p.Close(in)
		return e
	}
	r.pid, r.results[refPID] = pid, int64(pid)
	r.ready = in
	if !r.steps(p, isolate.Beside, nil) {
		p.Kill(pid, model.SIGKILL)
	}
	return model.OK
}

// await waits for the command to have begun, and then for its end; signals that would end slipway go to the command.
func (r *run) await(p *model.Process) int {
	for {
		if _, e := p.Read(r.ready, 1); e != model.EINTR {
			break
		}
	}
	p.Close(r.ready)
	for _, sig := range forwarded {
		p.Signal(sig, model.Caught)
	}
	for {
		st, e := p.Wait(r.pid, true)
		switch e {
		case model.OK:
			return st.Shell()
		case model.EINTR:
			for _, sig := range p.Caught() {
				p.Kill(r.pid, sig)
			}
		default:
			return 127
		}
	}
}

var forwarded = []int{model.SIGINT, model.SIGTERM, model.SIGHUP, model.SIGQUIT}

// value is an argument as a number.
func (r *run) value(a isolate.Arg) int64 {
	switch a.Kind {
	case isolate.Result:
		return r.results[a.Value]
	case isolate.Cell:
		b, at := r.buffers[uint32(a.Value)], a.Value>>32
		n := uint64(0)
		for i := range uint64(8) {
			if at+i < uint64(len(b)) {
				n |= uint64(b[at+i]) << (8 * i)
			}
		}
		return int64(n)
	}
	return int64(a.Value)
}

// text is an argument as a string.
func (r *run) text(a isolate.Arg) string {
	return strings.ReplaceAll(a.Text, "{pid}", strconv.Itoa(r.pid))
}
