package playground

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// mostEventRows is how many Events the panel lists.
const mostEventRows = 100

// writeEventRows is the panel of Events: those that exist at the moment on show, the newest first. Which of them are about
// the object on show, or one of its own, is marked.
func writeEventRows(v *panelView, p *pen) {
	v.writeSubject(p)
	rows, all := newestEvents(v.sn)
	p.begin("rows", '[')
	for _, e := range rows {
		key := ""
		if res := schema.Find(e.InvolvedObject.Kind); res != nil {
			key = keyOf(res.Kind, e.InvolvedObject.Namespace, e.InvolvedObject.Name)
			if !res.Namespaced {
				key = keyOf(res.Kind, "", e.InvolvedObject.Name)
			}
		}
		tone := ToneOK
		if e.Type == api.EventWarning {
			tone = ToneBad
		}
		p.begin("", '{')
		p.number("ms", int64(v.s.cluster.TimeOf(e.ResourceVersion)/time.Millisecond))
		p.text("tone", string(tone))
		p.text("type", e.Type)
		p.text("reason", e.Reason)
		p.text("key", key)
		p.text("name", e.InvolvedObject.Name)
		p.text("text", e.Message)
		p.text("actor", e.Source.Component)
		p.number("count", int64(max(1, e.Count)))
		p.end('}')
	}
	p.end(']')
	p.number("more", int64(all-len(rows)))
}

// newestEvents are the last Events that were written, the newest first, and how many there are in all.
func newestEvents(sn store.Snapshot) (rows []*api.Event, all int) {
	for _, o := range sn.List(api.KindEvent) {
		e, ok := o.(*api.Event)
		if !ok {
			continue
		}
		all++
		at := len(rows)
		for at > 0 && later(e, rows[at-1]) {
			at--
		}
		if at == mostEventRows {
			continue
		}
		if len(rows) < mostEventRows {
			rows = append(rows, nil)
		}
		copy(rows[at+1:], rows[at:])
		rows[at] = e
	}
	return rows, all
}

// later tells which of two Events was written last.
func later(a, b *api.Event) bool { return a.ResourceVersion > b.ResourceVersion }
