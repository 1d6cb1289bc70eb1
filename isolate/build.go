package isolate

import (
	"slices"
	"strings"
)

// Build makes the plan for a spec on a host. It is pure: the same arguments give the same plan, anywhere. If the spec asks for what
// cannot be, it returns a [*SpecError] with everything that is wrong.
func Build(s Spec, h Host) (Plan, error) {
	b := newBuilder(s, h)
	if err := b.check(); err != nil {
		return Plan{}, err
	}
	b.initMemory()
	if b.spec.Join != nil {
		b.joined()
	} else {
		b.cgroups()
		b.copies()
		b.clone()
		b.join()
		b.identity()
		b.uts()
		b.network()
		b.rootfs()
	}
	b.finish()
	b.removeCgroups()
	return b.plan, nil
}

// builder collects the steps. Each chapter (namespaces, cgroups, capabilities, root) is a method in a file of its own.
type builder struct {
	spec  Spec
	host  Host
	walls Walls
	plan  Plan
	by    Actor
	why   string
	man   string
	// groups are the cgroups of this container, one for each hierarchy.
	groups []group
	inner  Ref // the command's end of its terminal
	init   Ref // the program of process 1
	// shifted are copies of mounts by their paths outside, order is the order in which they were made.
	shifted map[string]Ref
	order   []Ref
}

func newBuilder(s Spec, h Host) *builder {
	if h.Arch == "" {
		h.Arch = AMD64
	}
	b := &builder{spec: s, host: h, walls: AllWalls &^ s.Open, plan: Plan{Arch: h.Arch, Results: givenResults()}}
	if h.UID == 0 && s.UIDs == nil && s.GIDs == nil {
		b.walls &^= UserNS
	}
	if h.NoTime && s.Clock == (Clock{}) {
		b.walls &^= TimeNS // no clock is moved, and whoever sees the machine's learns nothing else of it
	}
	if len(s.Args) > 0 {
		b.plan.Steps = make([]Step, 0, 192)
	}
	return b
}

// because says why the steps that follow are made, and where to read more.
func (b *builder) because(why, man string) { b.why, b.man = why, man }

// step adds a call by the present actor. The pointer is valid until the next one.
func (b *builder) step(call string, args ...Arg) *Step {
	man := b.man
	if man == "" {
		man = call + "(2)"
	}
	b.plan.Steps = append(b.plan.Steps, Step{By: b.by, Call: call, Args: args, Why: b.why, Man: man})
	return &b.plan.Steps[len(b.plan.Steps)-1]
}

// as runs f with another actor.
func (b *builder) as(a Actor, f func()) {
	before := b.by
	b.by = a
	f()
	b.by = before
}

// result makes room for a result. Its name is printed, so that what a path holds must not reach a terminal.
func (b *builder) result(name string) Ref {
	name = printable(name)
	b.plan.Results = append(b.plan.Results, name)
	return Ref(len(b.plan.Results) - 1)
}

// tolerate lets the step fail with the errno, and then leaves out the next skip steps.
func (s *Step) tolerate(e Errno, skip int) { s.Tolerate, s.Skip = e, skip }

// open adds an open whose result has the given name.
func (b *builder) open(name string, dir Arg, path string, mode Arg) Ref {
	r := b.result(name)
	b.step("openat", dir, str(path), mode).Result = r
	return r
}

func (b *builder) closes(r Ref) { b.step("close", r.use()) }

// writes opens a file, writes text to it and closes it: what echo does.
func (b *builder) writes(path, text string) {
	r := b.open("file", cwd(), path, named(oWRONLY|oCLOEXEC, "O_WRONLY|O_CLOEXEC"))
	b.step("write", r.use(), str(text), num(uint64(len(text))))
	b.closes(r)
}

func (b *builder) name() string {
	if b.spec.Name == "" {
		return "container"
	}
	return b.spec.Name
}

// environment is the command's; nil in the spec means a PATH and nothing else.
func (b *builder) environment() []string {
	if b.spec.Env == nil {
		return []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/"}
	}
	return b.spec.Env
}

// candidates are the paths under which the command may be found, in the order of the PATH.
func (b *builder) candidates() []string {
	command := b.spec.Args[0]
	if strings.Contains(command, "/") {
		return []string{command}
	}
	var paths []string
	for _, e := range slices.Backward(b.environment()) {
		path, ok := strings.CutPrefix(e, "PATH=")
		if !ok {
			continue
		}
		for _, dir := range strings.Split(path, ":") {
			if strings.HasPrefix(dir, "/") { // "" and "." would mean the working directory
				paths = append(paths, strings.TrimSuffix(dir, "/")+"/"+command)
			}
		}
		break
	}
	return paths
}
