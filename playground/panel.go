package playground

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// panels are the views a page shows beside the picture. What one says is worked out from the moment on show, and only
// while it is on show; it is sent when it says something else than before: docs/wire.md, "panel".
type panels struct {
	names    []string
	object   string // key of the object on show; "" if none is
	selector string // what the person typed
	asked    bool   // the page has said what it shows, and has no answer yet
	sent     map[string][]byte
	rollouts rollouts
}

// panelWriters write the fields of each panel, in the order in which panels are sent.
var panelWriters = []struct {
	name  string
	write func(*panelView, *pen)
}{
	{"labels", writeLabels},
	{"rollout", writeRollout},
	{"why", writeWhy},
	{"events", writeEventRows},
	{"inspector", writeInspector},
}

// panelView is what a panel is worked out from.
type panelView struct {
	s     *Session
	sn    store.Snapshot
	of    subject
	typed string
	// history is what rollouts remember; it can be made anew from the log.
	history *rollouts
}

// subject is an object by name, whether or not it exists.
type subject struct {
	res             *schema.Resource // nil: no object
	namespace, name string
}

// longestSelector is how much of a typed selector is looked at, in bytes.
const longestSelector = 1024

// ask notes which panels a page shows, about which object, with which typed selector.
func (p *panels) ask(m message) {
	p.names = m.Names
	p.object, p.selector = m.Object, m.Selector[:min(len(m.Selector), longestSelector)]
	p.asked = true
	//order:irrelevant what is no longer on show is forgotten
	for name := range p.sent {
		if !slices.Contains(m.Names, name) {
			delete(p.sent, name)
		}
	}
}

// forget makes every panel be sent again.
func (p *panels) forget() { p.sent, p.rollouts, p.asked = nil, rollouts{}, true }

// write sends the panels on show that say something new.
func (p *panels) write(s *Session, emit func([]byte)) {
	p.asked = false
	if len(p.names) == 0 {
		return
	}
	if p.sent == nil {
		p.sent = map[string][]byte{}
	}
	v := &panelView{s: s, sn: s.snapshot(), of: parseKey(p.object), typed: p.selector, history: &p.rollouts}
	for _, w := range panelWriters {
		if !slices.Contains(p.names, w.name) {
			continue
		}
		var body pen
		w.write(v, &body)
		if old, ok := p.sent[w.name]; ok && bytes.Equal(old, body.b) {
			continue
		}
		p.sent[w.name] = body.b
		head := &pen{[]byte{'{'}}
		head.text("type", "panel")
		head.text("name", w.name)
		head.number("rev", int64(v.sn.Revision()))
		head.number("ms", int64(s.Shown()/time.Millisecond))
		head.b = append(append(head.b, ','), body.b...)
		emit(append(head.b, '}'))
	}
}

// parseKey reads pod/default/web and node/node-1. What is no key is no object.
func parseKey(key string) subject {
	parts := strings.Split(key, "/")
	res := schema.Find(parts[0])
	switch {
	case res == nil || parts[0] != res.Singular:
	case res.Namespaced && len(parts) == 3:
		return subject{res, parts[1], parts[2]}
	case !res.Namespaced && len(parts) == 2:
		return subject{res, "", parts[1]}
	}
	return subject{}
}

// keyOf is how the wire names an object: its kind, its namespace if it is in one, its name. It is empty for kinds no client
// sees.
func keyOf(kind api.Kind, namespace, name string) string {
	res := schema.ByKind(kind)
	switch {
	case res == nil:
		return ""
	case res.Namespaced:
		return res.Singular + "/" + namespace + "/" + name
	}
	return res.Singular + "/" + name
}

// object is the one on show at the moment on show; false if there is none.
func (v *panelView) object() (api.Object, bool) {
	if v.of.res == nil {
		return nil, false
	}
	o, _, ok := v.sn.Get(v.of.res.Kind, v.of.namespace, v.of.name)
	return o, ok
}

// writeSubject tells which object a panel is about, and whether it exists.
func (v *panelView) writeSubject(p *pen) {
	key, name := "", ""
	if v.of.res != nil {
		key, name = keyOf(v.of.res.Kind, v.of.namespace, v.of.name), v.of.name
	}
	_, exists := v.object()
	p.text("object", key)
	p.text("label", name)
	p.truth("exists", exists)
}

// controllerOf is the owner that controls an object.
func controllerOf(o api.Object) (api.OwnerReference, bool) {
	for _, ref := range o.Meta().OwnerReferences {
		if ref.Controller != nil && *ref.Controller {
			return ref, true
		}
	}
	return api.OwnerReference{}, false
}
