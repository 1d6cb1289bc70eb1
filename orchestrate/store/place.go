package store

import (
	"iter"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// place is what has one node's name in common: the node, and what is on it. The place without a name is where pods wait for a node.
type place struct {
	name            string
	node            ID                               // the newest object that had the name
	actors          [2]struct{ word, symbol Symbol } // of ActorAt: the first word and the last
	sandboxes, pods idSet
}

// placeOf is the place of a name; nil if there is none, unless it is to be made.
//
//go:noinline
func (s *Store) placeOf(name string, made bool) *place {
	p := s.places[name]
	if p == nil && made {
		p = &place{name: name}
		s.places[name] = p
	}
	return p
}

// set is the objects of a kind at a place; nil for kinds that are on no node.
func (p *place) set(kind api.Kind) *idSet {
	switch {
	case p == nil:
	case kind == api.KindPod:
		return &p.pods
	case kind == api.KindSandbox:
		return &p.sandboxes
	}
	return nil
}

// settle puts an object where its new version says it is; either version may be nil.
func (s *Store) settle(id ID, kind api.Kind, old, new api.Object) {
	rec := s.records.of(id)
	switch kind {
	case api.KindNode:
		if old == nil {
			rec.place = s.placeOf(new.Meta().Name, true)
			rec.place.node = id
		}
	case api.KindPod, api.KindSandbox:
		a, b := nodeOf(old), nodeOf(new)
		if old != nil && new != nil && a == b {
			return
		}
		if old != nil {
			rec.place.set(kind).remove(id)
		}
		if new != nil {
			if near := s.records.of(rec.owner).place; near != nil && near.name == b { // a sandbox is where its pod is
				rec.place = near
			} else if rec.place == nil || rec.place.name != b {
				rec.place = s.placeOf(b, true)
			}
			rec.place.set(kind).add(id)
		}
	}
}

// nodeOf is the node an object is on: "" for a pod that waits for one.
func nodeOf(o api.Object) string {
	switch o := o.(type) {
	case *api.Pod:
		if o.Spec != nil {
			return o.Spec.NodeName
		}
	case *api.Sandbox:
		return o.Node
	}
	return ""
}

// NodeOf is the node that a pod or sandbox is on; false if that does not exist at this revision.
func (sn Snapshot) NodeOf(id ID) (api.Object, ID, bool) {
	sn.may(api.KindNode)
	name := nodeOf(sn.at(id))
	p := sn.s.records.of(id).place
	if p == nil || p.name != name { // it was elsewhere then
		if p = sn.s.placeOf(name, false); p == nil {
			return nil, 0, false
		}
	}
	return sn.first(p.node)
}

// ByNode gives the pods or sandboxes on a node, in the order of their creation; with the empty name, the
// pods that are bound to none.
func (sn Snapshot) ByNode(kind api.Kind, node string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.byNode(kind, node, yield) }
}

//go:noinline
func (sn Snapshot) byNode(kind api.Kind, node string, yield func(ID, api.Object) bool) {
	sn.each(kind, sn.s.placeOf(node, false).set(kind), byNode, node, "", yield)
}

// OnNode gives the pods or sandboxes on a node by its number, in the order of their creation.
func (sn Snapshot) OnNode(kind api.Kind, node ID) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.onNode(kind, node, yield) }
}

//go:noinline
func (sn Snapshot) onNode(kind api.Kind, node ID, yield func(ID, api.Object) bool) {
	p := sn.s.records.of(node).place
	sn.each(kind, p.set(kind), byNode, p.name, "", yield)
}

// ActorAt is the symbol of a word and the name of the node that an object is, or is on: "kubelet node-7".
func (s *Store) ActorAt(word Symbol, id ID) Symbol {
	p := s.records.of(id).place
	if p == nil {
		return word
	}
	a := &p.actors[0]
	if a.word != word && a.word != 0 {
		a = &p.actors[1]
	}
	if a.word != word {
		a.word, a.symbol = word, s.Symbol(s.words[word]+" "+p.name)
	}
	return a.symbol
}
