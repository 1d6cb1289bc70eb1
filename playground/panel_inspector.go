package playground

import (
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Most of what the inspector shows of one object.
const (
	mostYAML    = 64 << 10
	mostRelated = 24
)

// writeInspector is the panel of one object: its YAML as kubectl prints it, and the objects it belongs to and that belong
// to it.
func writeInspector(v *panelView, p *pen) {
	v.writeSubject(p)
	o, ok := v.object()
	text, kind := "", ""
	if v.of.res != nil {
		kind = v.of.res.Kind.String()
	}
	if ok {
		if b, err := schema.MarshalYAML(o); err == nil {
			text = string(b)
		}
	}
	p.text("kind", kind)
	p.text("namespace", v.of.namespace)
	p.text("yaml", cutLines(text))
	p.truth("cut", len(text) > mostYAML)
	p.begin("related", '[')
	more := int64(0)
	if ok {
		more = v.writeRelated(p, o)
	}
	p.end(']')
	p.number("more", more)
}

// cutLines is the beginning of a text that is too long, up to the end of a line.
func cutLines(text string) string {
	if len(text) <= mostYAML {
		return text
	}
	text = text[:mostYAML]
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		return text[:i+1]
	}
	for !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text
}

// writeRelated lists owners, the node, and what the object owns or finds. It tells how many it left out.
func (v *panelView) writeRelated(p *pen, o api.Object) (more int64) {
	n := 0
	add := func(how string, kind api.Kind, namespace, name string) {
		key := keyOf(kind, namespace, name)
		if key == "" {
			return
		}
		if n == mostRelated {
			more++
			return
		}
		n++
		p.begin("", '{')
		p.text("how", how)
		p.text("key", key)
		p.text("kind", kind.String())
		p.text("name", name)
		p.end('}')
	}
	m := o.Meta()
	for _, ref := range m.OwnerReferences {
		if res := schema.Find(ref.Kind); res != nil {
			namespace := m.Namespace
			if !res.Namespaced {
				namespace = ""
			}
			add("owner", res.Kind, namespace, ref.Name)
		}
	}
	switch o := o.(type) {
	case *api.Pod:
		if o.Spec.NodeName != "" {
			add("node", api.KindNode, "", o.Spec.NodeName)
		}
		for _, service := range v.sn.InNamespace(api.KindService, o.Namespace) {
			set, ok := selectorOf(service)
			if l := (labelSet{selector: set}); ok && l.finds(o) {
				add("foundBy", api.KindService, o.Namespace, service.Meta().Name)
			}
		}
	case *api.Node:
		for _, pod := range v.sn.ByNode(api.KindPod, o.Name) {
			add("runs", api.KindPod, pod.Meta().Namespace, pod.Meta().Name)
		}
	case *api.Service:
		set, ok := selectorOf(o)
		l := labelSet{namespace: o.Namespace, selector: set}
		for _, found := range v.sn.InNamespace(api.KindPod, o.Namespace) {
			if pod, isPod := found.(*api.Pod); isPod && ok && l.finds(pod) {
				add("finds", api.KindPod, pod.Namespace, pod.Name)
			}
		}
	}
	for _, kind := range []api.Kind{api.KindReplicaSet, api.KindPod, api.KindEndpointSlice} {
		for _, owned := range v.sn.ByOwner(kind, m.UID) {
			add("owns", kind, owned.Meta().Namespace, owned.Meta().Name)
		}
	}
	return more
}
