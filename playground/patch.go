package playground

import (
	"bytes"
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// painter remembers what a page shows and writes what must change: docs/wire.md, "patch".
type painter struct {
	s         *Session
	seq       uint64
	acked     bool
	fresh     bool // the page must forget everything
	generated uint64
	rev       api.Revision // what was painted
	looked    bool
	shown     time.Duration
	nodes     slots
	pods      slots
	goals     []byte
	events    api.Revision // the last revision whose events the page has
	settled   bool
}

// slots gives each object of a kind a place in the page's array, for as long as the object lives.
type slots struct {
	of   map[store.ID]int
	text [][]byte // what the page has in each slot; nil if it is free
	free []int
	add  []byte
	set  []byte
	del  []byte
}

func newPainter(s *Session) *painter {
	p := &painter{s: s, acked: true}
	p.forget()
	return p
}

// forget starts the picture anew.
func (p *painter) forget() {
	p.fresh, p.rev, p.events = true, 0, 0
	p.nodes, p.pods = slots{of: map[store.ID]int{}}, slots{of: map[store.ID]int{}}
	p.goals = nil
	p.generated = p.s.generated
}

// paint writes the patch from what the page shows to the moment on show; nil if nothing changed, or the page has not
// drawn the last one yet.
func (p *painter) paint() []byte {
	if !p.acked {
		return nil
	}
	if p.generated != p.s.generated {
		p.forget()
	}
	sn := p.s.snapshot()
	due, waiting := p.s.cluster.Due()
	settled := !p.s.Busy() && (!waiting || due > p.s.cluster.Changed()+time.Minute)
	goals := p.s.appendGoals(nil)
	moved := p.shown != p.s.Shown() || p.looked != p.s.looking
	if !p.fresh && sn.Revision() == p.rev && bytes.Equal(goals, p.goals) && settled == p.settled && !moved {
		return nil
	}
	p.changes(sn)
	out := p.write(sn, goals, settled)
	p.rev, p.shown, p.looked, p.goals, p.settled = sn.Revision(), p.s.Shown(), p.s.looking, goals, settled
	p.fresh, p.acked = false, false
	return out
}

// changes brings the slots up to a snapshot: by following the log if it lies ahead, by looking at everything if not.
func (p *painter) changes(sn store.Snapshot) {
	if p.fresh || sn.Revision() < p.rev || p.s.looking || p.looked {
		p.all(sn)
		return
	}
	touched := map[store.ID]bool{}
	var ids []store.ID
	mark := func(id store.ID) {
		if !touched[id] {
			touched[id] = true
			ids = append(ids, id)
		}
	}
	watch := p.s.cluster.Watch(api.KindsOf(api.KindNode, api.KindPod), p.rev)
	for c, ok := watch.Next(); ok && c.Rev <= sn.Revision(); c, ok = watch.Next() {
		mark(c.ID)
		for _, o := range []api.Object{c.Old, c.New} {
			if pod, ok := o.(*api.Pod); ok && pod.Spec.NodeName != "" {
				if _, node, ok := sn.Get(api.KindNode, "", pod.Spec.NodeName); ok {
					mark(node)
				}
			}
		}
	}
	// Nodes first: a pod names the slot of its node.
	for _, kind := range []api.Kind{api.KindNode, api.KindPod} {
		for _, id := range ids {
			p.draw(sn, id, kind)
		}
	}
}

func (p *painter) all(sn store.Snapshot) {
	seen := map[store.ID]bool{}
	for _, kind := range []api.Kind{api.KindNode, api.KindPod} {
		for id := range sn.List(kind) {
			seen[id] = true
			p.draw(sn, id, kind)
		}
	}
	p.pods.keepOnly(seen)
	p.nodes.keepOnly(seen)
}

// draw brings the slot of one object up to date, if it is of this kind.
func (p *painter) draw(sn store.Snapshot, id store.ID, kind api.Kind) {
	o, ok := sn.ByID(id)
	switch {
	case !ok && kind == api.KindNode:
		p.nodes.drop(id)
	case !ok:
		p.pods.drop(id)
	case o.Kind() != kind:
	case kind == api.KindNode:
		if n, ok := o.(*api.Node); ok {
			v := viewNode(n, sn)
			p.nodes.put(id, v.appendJSON(nil))
		}
	default:
		if pod, ok := o.(*api.Pod); ok {
			v := viewPod(pod)
			p.pods.put(id, v.appendJSON(nil, p.nodeSlot(sn, v.Node)))
		}
	}
}

func (p *painter) nodeSlot(sn store.Snapshot, name string) int {
	if _, id, ok := sn.Get(api.KindNode, "", name); ok {
		if slot, ok := p.nodes.of[id]; ok {
			return slot
		}
	}
	return -1
}

func (s *slots) put(id store.ID, text []byte) {
	slot, known := s.of[id]
	switch {
	case !known && len(s.free) > 0:
		slot = s.free[len(s.free)-1]
		s.free = s.free[:len(s.free)-1]
	case !known:
		slot = len(s.text)
		s.text = append(s.text, nil)
	case bytes.Equal(s.text[slot], text):
		return
	}
	s.of[id] = slot
	s.text[slot] = text
	if known {
		s.set = appendSlot(s.set, slot, text)
	} else {
		s.add = appendSlot(s.add, slot, text)
	}
}

func appendSlot(b []byte, slot int, text []byte) []byte {
	if len(b) > 0 {
		b = append(b, ',')
	}
	b = strconv.AppendInt(append(b, '['), int64(slot), 10)
	return append(append(append(b, ','), text...), ']')
}

func (s *slots) drop(id store.ID) {
	slot, ok := s.of[id]
	if !ok {
		return
	}
	delete(s.of, id)
	s.text[slot] = nil
	s.free = append(s.free, slot)
	if len(s.del) > 0 {
		s.del = append(s.del, ',')
	}
	s.del = strconv.AppendInt(s.del, int64(slot), 10)
}

// keepOnly drops every object that was not seen, in the order of their numbers.
func (s *slots) keepOnly(seen map[store.ID]bool) {
	var gone []store.ID
	//order:irrelevant sorted below
	for id := range s.of {
		if !seen[id] {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	for _, id := range gone {
		s.drop(id)
	}
}
