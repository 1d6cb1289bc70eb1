package orchestrate

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/kubelet"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Inject makes something go wrong, or right again, here and now. It is an input: note it with [Cluster.Input] first, so that
// what follows has a cause. The clock is never affected. The error says what is wrong with the fault.
func (c *Cluster) Inject(user string, f Fault) error {
	if err := c.room(); err != nil {
		return err
	}
	w, ok := wordOf(f.Type)
	if !ok {
		return fmt.Errorf("orchestrate: no fault is called %q", f.Type)
	}
	if err := c.target(w, &f); err != nil {
		return err
	}
	switch {
	case f.Type == ContainerCrash:
		return c.crashContainer(user, f)
	case f.Type == ComponentCrash:
		for _, l := range c.loops {
			if !l.down && l.is(f.Target) {
				c.restart(l)
			}
		}
		return nil
	}
	err := c.setFault(user, f)
	c.applyDown()
	return err
}

// setFault writes or removes the object that stands for a fault.
func (c *Cluster) setFault(user string, f Fault) error {
	r := Request{User: user}
	old, id, there := c.Snapshot().Get(api.KindFault, f.Type, f.Target)
	switch {
	case f.Mend && !there:
		return fmt.Errorf("orchestrate: %s is not in effect", Fault{Type: f.Type, Target: f.Target})
	case f.Mend:
		c.put(c.write(r, store.VerbDelete, id, nil, "Mended"))
	case there && old.(*api.Fault).Amount == f.Amount:
		return fmt.Errorf("orchestrate: %s is in effect already", f)
	case there:
		next := *old.(*api.Fault)
		next.Amount, next.Begin = f.Amount, int64(c.now)
		c.put(c.write(r, store.VerbUpdate, id, &next, "Worsened"))
	default:
		o := &api.Fault{ObjectMeta: api.ObjectMeta{Namespace: f.Type, Name: f.Target}, Amount: f.Amount, Begin: int64(c.now)}
		c.born(&o.ObjectMeta)
		c.put(c.write(r, store.VerbCreate, 0, o, "Broken"))
	}
	return nil
}

// Faults are those in effect now, by type, then target.
func (c *Cluster) Faults() []Fault {
	var out []Fault
	for _, o := range c.Snapshot().List(api.KindFault) {
		if f, ok := o.(*api.Fault); ok {
			out = append(out, Fault{Type: f.Type(), Target: f.Target(), Amount: f.Amount})
		}
	}
	return out
}

// target checks that what a fault is about exists, and completes its name.
func (c *Cluster) target(w faultWord, f *Fault) error {
	sn := c.Snapshot()
	switch w.target {
	case aNode, aNodeOrAll:
		if w.target == aNodeOrAll && f.Target == api.AllTargets {
			return nil
		}
		if _, _, ok := sn.Get(api.KindNode, "", f.Target); !ok && !f.Mend {
			return fmt.Errorf("orchestrate: there is no node %q", f.Target)
		}
	case anImage:
		f.Target = workload.Canonical(f.Target)
	case aComponent:
		for _, l := range c.loops {
			if l.is(f.Target) {
				return nil
			}
		}
		return fmt.Errorf("orchestrate: no component is called %q; there are %s", f.Target, strings.Join(c.Components(), ", "))
	}
	return nil
}

// crashContainer ends a process as the kernel would with SIGKILL. The target is NAMESPACE/POD/CONTAINER, of which the first
// and the last may be left out.
func (c *Cluster) crashContainer(user string, f Fault) error {
	parts := strings.Split(f.Target, "/")
	if len(parts) == 1 {
		parts = []string{"default", parts[0]}
	}
	sn := c.Snapshot()
	o, _, ok := sn.Get(api.KindPod, parts[0], parts[1])
	if !ok {
		return fmt.Errorf("orchestrate: there is no pod %q in namespace %q", parts[1], parts[0])
	}
	for id, owned := range sn.ByOwner(api.KindSandbox, o.Meta().UID) {
		next := owned.(*api.Sandbox).Copy()
		for i := range next.Containers {
			run := &next.Containers[i]
			if run.State != api.RunRunning || len(parts) > 2 && run.Name != parts[2] {
				continue
			}
			kubelet.Crash(run, c.now, c.Wall(c.now), 137, api.ReasonError)
			c.put(c.write(Request{User: user}, store.VerbUpdate, id, next, "ContainerCrashed"))
			return nil
		}
	}
	return fmt.Errorf("orchestrate: no such container of pod %q runs", parts[1])
}
