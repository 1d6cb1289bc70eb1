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
	services  slots
	traffic   slots
	machine   [len(machineKinds)]slots
	work      uint64         // of the machine, as it was painted
	hues      map[string]int // of groups of pods, in the order in which they were drawn first
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
	p.hues = map[string]int{}
	for _, kind := range drawn {
		*p.slots(kind) = slots{of: map[store.ID]int{}}
	}
	for i := range p.machine {
		p.machine[i] = slots{of: map[store.ID]int{}}
	}
	p.goals = nil
	p.generated = p.s.generated
}

// seemsQuiet is how long nothing must change for a person to call it rest, though something may be due.
const seemsQuiet = 5 * time.Second

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
	if p.s.machine != nil {
		due, waiting = p.s.machine.due()
	}
	settled := !p.s.Busy() && (!waiting || max(due-time.Minute, p.s.cluster.Now()-seemsQuiet) > p.s.cluster.Changed())
	goals := p.s.appendGoals(nil)
	moved := p.shown != p.s.Shown() || p.looked != p.s.looking
	if p.s.machine != nil && p.drawMachine() {
		moved = true
	}
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
	watch := p.s.cluster.Watch(api.KindsOf(append(drawn, api.KindEndpointSlice)...), p.rev)
	for c, ok := watch.Next(); ok && c.Rev <= sn.Revision(); c, ok = watch.Next() {
		mark(c.ID)
		for _, o := range []api.Object{c.Old, c.New} {
			if _, shown, ok := drawnWith(sn, o); ok {
				mark(shown)
			}
		}
	}
	for _, kind := range drawn {
		for _, id := range ids {
			p.draw(sn, id, kind)
		}
	}
}

// drawn are the kinds in the picture. Nodes come first: a pod names the slot of its node.
var drawn = []api.Kind{api.KindNode, api.KindPod, api.KindService, api.KindTraffic}

// drawnWith is the object in whose picture a pod or an EndpointSlice shows too: the node, the Service.
func drawnWith(sn store.Snapshot, o api.Object) (api.Object, store.ID, bool) {
	switch o := o.(type) {
	case *api.Pod:
		if o.Spec.NodeName != "" {
			return sn.Get(api.KindNode, "", o.Spec.NodeName)
		}
	case *api.EndpointSlice:
		return sn.Get(api.KindService, o.Namespace, o.Labels[api.LabelServiceName])
	}
	return nil, 0, false
}

// slots are those of a kind that is drawn.
func (p *painter) slots(kind api.Kind) *slots {
	switch kind {
	case api.KindNode:
		return &p.nodes
	case api.KindService:
		return &p.services
	case api.KindTraffic:
		return &p.traffic
	}
	return &p.pods
}

func (p *painter) all(sn store.Snapshot) {
	seen := map[store.ID]bool{}
	for _, kind := range drawn {
		for id := range sn.List(kind) {
			seen[id] = true
			p.draw(sn, id, kind)
		}
	}
	for _, kind := range drawn {
		p.slots(kind).keepOnly(seen)
	}
}

// draw brings the slot of one object up to date, if it is of this kind.
func (p *painter) draw(sn store.Snapshot, id store.ID, kind api.Kind) {
	o, ok := sn.ByID(id)
	if !ok {
		p.slots(kind).drop(id)
		return
	}
	if o.Kind() != kind {
		return
	}
	var text []byte
	switch o := o.(type) {
	case *api.Node:
		v := viewNode(o, sn)
		text = v.appendJSON(nil)
	case *api.Pod:
		v := viewPod(o)
		text = v.appendJSON(nil, p.nodeSlot(sn, v.Node), p.hue(v.Group))
	case *api.Service:
		v := viewService(o, sn)
		text = v.appendJSON(nil)
	case *api.Traffic:
		v := viewTraffic(o, sn)
		text = v.appendJSON(nil)
	}
	p.slots(kind).put(id, text)
}

// hue is the number of a group, counted from 0; -1 if there is no group.
func (p *painter) hue(group string) int {
	if group == "" {
		return -1
	}
	n, ok := p.hues[group]
	if !ok {
		n = len(p.hues)
		p.hues[group] = n
	}
	return n
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
