package orchestrate

import (
	"iter"
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Link is one line of the trace: a write, or a person's input.
type Link struct {
	// Rev is its revision, and Cause the line that led to it (0: none).
	Rev, Cause api.Revision
	// Time is virtual time since the epoch.
	Time time.Duration
	// Actor did it, for Reason: one CamelCase word.
	Actor, Reason string
	// Verb is what was done.
	Verb store.Verb
	// Kind, Namespace and Name are the object; empty for an input.
	Kind            api.Kind
	Namespace, Name string
	// Input is what the person asked for, for an input.
	Input string
}

// Trace gives the lines after one revision up to another, in order.
func (c *Cluster) Trace(after, upTo api.Revision) iter.Seq[Link] {
	return func(yield func(Link) bool) {
		for rev := after + 1; rev <= min(upTo, c.store.Revision()); rev++ {
			if !yield(c.link(rev)) {
				return
			}
		}
	}
}

func (c *Cluster) link(rev api.Revision) Link {
	e, _ := c.store.Entry(rev)
	l := Link{Rev: rev, Cause: e.Cause, Time: e.Time, Actor: c.store.Word(e.Actor), Reason: c.store.Word(e.Reason), Verb: e.Verb}
	if ch, ok := c.store.Change(rev); ok {
		m := ch.Object().Meta()
		l.Kind, l.Namespace, l.Name = ch.Kind, m.Namespace, m.Name
		return l
	}
	i, found := slices.BinarySearchFunc(c.inputs, rev, func(in input, rev api.Revision) int { return int(in.rev) - int(rev) })
	if found {
		l.Input = c.inputs[i].text
	}
	return l
}

// Why is the chain of causes that made an object what it is at a revision, from the person's input (or the
// beginning of the world) to the object's last write. An object that is gone is explained up to its removal. It is
// empty if no object ever had that name by then.
func (c *Cluster) Why(kind api.Kind, namespace, name string, at api.Revision) []Link {
	var chain []Link
	for rev := c.lastWrite(kind, namespace, name, at); rev != 0; {
		l := c.link(rev)
		chain = append(chain, l)
		rev = l.Cause
	}
	slices.Reverse(chain)
	return chain
}

// History gives every write to the object that has this name at a revision, or had it last, oldest first.
func (c *Cluster) History(kind api.Kind, namespace, name string, at api.Revision) []Link {
	var all []Link
	for rev := c.lastWrite(kind, namespace, name, at); rev != 0; {
		all = append(all, c.link(rev))
		e, _ := c.store.Entry(rev)
		rev = e.Prev
	}
	slices.Reverse(all)
	return all
}

// TraceHash is a fingerprint of all that ever happened in the world and of what is there now: 32 hexadecimal
// digits. Equal worlds have equal hashes on every platform.
func (c *Cluster) TraceHash() string {
	h := newSum()
	var line []byte
	for l := range c.Trace(0, c.store.Revision()) {
		line = appendLink(line[:0], l)
		h.write(line)
	}
	sn := c.Snapshot()
	for kind := range c.store.Kinds() {
		var objs []api.Object
		for _, o := range sn.List(kind) {
			objs = append(objs, o)
		}
		schema.MarshalEach(objs, h.write)
	}
	return h.String()
}

// lastWrite is the revision of the last write, at a revision, to the object that has this name then or had it last; 0 if there was none.
func (c *Cluster) lastWrite(kind api.Kind, namespace, name string, at api.Revision) api.Revision {
	sn, err := c.At(min(at, c.store.Revision()))
	if err != nil {
		return 0
	}
	id, ok := sn.Last(kind, namespace, name)
	if !ok {
		return 0
	}
	return c.store.LastWrite(id, sn.Revision())
}
