package playground

import (
	"errors"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// An engine of another version makes another world of the same log. What was saved can then still be looked at: the end
// state travels with the log.

// frozen is what a session that is only looked at remembers; nil in one that goes on.
type frozen struct {
	text []byte // as it was saved
	why  string
}

// Most objects of a saved end state, and how many of them are events, the latest. A larger world is saved without one.
const (
	maxPictured = 200
	maxEvents   = 40
)

// ReadOnly tells why this session can only be looked at; "" if it goes on.
func (s *Session) ReadOnly() string {
	if s.frozen == nil {
		return ""
	}
	return s.frozen.why
}

// picture is the world as it is, as a List; "" if it is too large to be saved with every log.
func (s *Session) picture() string {
	if s.machine != nil {
		return s.machine.picture()
	}
	var objs []api.Object
	sn := s.cluster.Snapshot()
	for _, res := range schema.Resources() {
		from := len(objs)
		for _, o := range sn.List(res.Kind) {
			objs = append(objs, o)
		}
		if over := len(objs) - from - maxEvents; res.Kind == api.KindEvent && over > 0 {
			sorting.Stable(objs[from:], func(a, b api.Object) int { return int(a.Meta().ResourceVersion) - int(b.Meta().ResourceVersion) })
			objs = slices.Delete(objs, from, from+over)
		}
		if len(objs) > maxPictured {
			return ""
		}
	}
	text, err := schema.MarshalTree(map[string]any{"apiVersion": "v1", "kind": "List", "items": schema.Written(true, objs...)})
	if err != nil {
		return ""
	}
	return string(text)
}

// still opens the end state of a log that cannot be replayed.
func (saved *savedLog) still(text []byte, why string) (*Session, error) {
	if saved.State == "" {
		return nil, &LogError{why}
	}
	s, err := saved.Scenario.begin()
	if err != nil {
		return nil, &LogError{err.Error()}
	}
	look := "Look around with kubectl get, describe and why"
	if s.scenario.Machine {
		look, err = "Its pictures show what there was", saved.stillMachine(s)
	} else {
		err = saved.stillCluster(s)
	}
	if err != nil {
		return nil, &LogError{why + "; and its end state is damaged: " + err.Error()}
	}
	s.frozen = &frozen{text, why}
	s.inputs, s.acted, s.branches, s.step = saved.Inputs, make([]bool, len(saved.Inputs)), saved.Branches, len(s.scenario.Steps)
	for _, id := range saved.Reached {
		s.reached[id] = true
	}
	s.say(Err, "This session cannot go on: "+why+".\nIt is shown as it was saved, at "+s.clock(saved.End)+
		". "+look+"; a reset begins it anew.\n")
	return s, nil
}

// stillCluster makes the end state the session's world.
func (saved *savedLog) stillCluster(s *Session) error {
	objs, err := saved.objects()
	if err != nil {
		return err
	}
	if s.cluster, err = orchestrate.Still(s.scenario.options(), saved.End, objs); err != nil {
		return err
	}
	s.server = request.New(s.cluster)
	return nil
}

// objects are those of the end state. They come from outside, so they are held to what a server accepts.
func (saved *savedLog) objects() ([]api.Object, error) {
	docs, err := schema.Decode([]byte(saved.State), "state")
	if err != nil {
		return nil, err
	}
	var objs []api.Object
	for i := range docs {
		d := &docs[i]
		switch {
		case d.Err != nil:
			return nil, *d.Err
		case d.Resource == nil || d.Object == nil || len(d.Strict) > 0:
			return nil, fmt.Errorf("item %d is no object of a kind and with fields that are known here", i)
		}
		o := d.Object
		if o.Meta().Name == "" || o.Meta().UID == "" || (o.Meta().Namespace != "") != d.Resource.Namespaced {
			return nil, fmt.Errorf("item %d has no name, no uid or a namespace too many or too few", i)
		}
		if p, ok := o.(*api.Pod); ok && p.Spec == nil {
			return nil, fmt.Errorf("item %d is a pod without a spec", i)
		}
		schema.Default(o)
		if bad := schema.Validate(o, nil); len(bad) > 0 {
			return nil, fmt.Errorf("%s %q: %s: %s", d.Kind, d.Name, bad[0].Field, bad[0].Detail)
		}
		objs = append(objs, o)
	}
	return objs, nil
}

// errReadOnly is what is answered to anything that would change a world that is only looked at.
var errReadOnly = errors.New("this session is only looked at, so nothing in it can change; a reset begins it anew")

// lookAround runs a line in a world that is only looked at. What changes it is taken back and refused, and what would wait ends.
func (s *Session) lookAround(in Input) {
	if s.machine != nil { // whose commands are all programs that run
		s.say(Typed, in.Text+"\n")
		s.say(Err, errReadOnly.Error()+"\n")
		return
	}
	here, before := s.cluster.Checkpoint(), s.state.clone()
	changes := s.cluster.Watch(store.AllKinds, s.cluster.Revision())
	s.apply(in)
	_, changed := changes.Next()
	if s.exec != nil {
		s.exec.Interrupt()
		s.vars = s.exec.Vars
		s.exec, s.job, s.pending = nil, nil, nil
	}
	if err := s.cluster.Restore(here); err != nil {
		panic("playground: bug: " + err.Error())
	}
	if changed {
		s.state = before
		s.say(Typed, in.Text+"\n")
		s.say(Err, errReadOnly.Error()+"\n")
	}
}

// thaw leaves a world that is only looked at: its log becomes a branch, and the scenario begins anew.
func (s *Session) thaw() error {
	if s.frozen == nil {
		return nil
	}
	inputs, branches, end := s.inputs, s.branches, s.cluster.Now()
	if err := s.restart(); err != nil {
		return err
	}
	s.frozen, s.inputs, s.acted, s.undone, s.branches = nil, nil, nil, nil, branches
	s.addBranch(Branch{Inputs: inputs, End: end})
	s.generated++
	return nil
}

// refused is the answer to a command that changes what no object shows: what is broken, and who asks.
func (s *Session) refused(name string) (shell.Result, bool) {
	if s.frozen == nil || name != "fault" && name != "traffic" {
		return shell.Result{}, false
	}
	return shell.Result{Stderr: name + ": " + errReadOnly.Error() + "\n", Code: 1}, true
}

// reachedGoals are the goals reached so far, sorted.
func (s *Session) reachedGoals() []string { return slices.Sorted(maps.Keys(s.reached)) }
