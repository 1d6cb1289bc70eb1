package playground

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// write is the patch message: what the slots gathered, the moment, new events and the goals.
func (p *painter) write(sn store.Snapshot, goals []byte, settled bool) []byte {
	p.seq++
	b := append([]byte(nil), `{"type":"patch","seq":`...)
	b = strconv.AppendUint(b, p.seq, 10)
	b = strconv.AppendUint(append(b, `,"rev":`...), uint64(sn.Revision()), 10)
	b = strconv.AppendInt(append(b, `,"ms":`...), int64(p.s.Shown()/time.Millisecond), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(p.s.Now()/time.Millisecond), 10)
	b = appendField(append(b, ','), "clock", p.s.clock(p.s.Shown()))
	b = strconv.AppendBool(append(b, `,"live":`...), p.s.Live())
	b = strconv.AppendBool(append(b, `,"full":`...), p.fresh)
	b = p.nodes.write(append(b, `,"nodes":`...))
	b = p.pods.write(append(b, `,"pods":`...))
	b = p.services.write(append(b, `,"services":`...))
	b = p.traffic.write(append(b, `,"traffic":`...))
	if p.s.machine != nil {
		for i, kind := range machineKinds {
			b = p.machine[i].write(append(append(append(b, `,"`...), kind...), `":`...))
		}
	}
	b = p.writeEvents(append(b, `,"events":[`...))
	b = append(append(append(b, `],"goals":[`...), goals...), ']')
	b = strconv.AppendBool(append(b, `,"settled":`...), settled)
	return append(b, '}')
}

// write gives the gathered changes and forgets them.
func (s *slots) write(b []byte) []byte {
	b = append(append(append(b, `{"add":[`...), s.add...), `],"set":[`...)
	b = append(append(append(b, s.set...), `],"del":[`...), s.del...)
	s.add, s.set, s.del = s.add[:0], s.set[:0], s.del[:0]
	return append(b, "]}"...)
}

// mostEvents is how many events a fresh page is told of.
const mostEvents = 500

// writeEvents tells the events the page does not have yet. It has all up to a revision, whether or not it shows
// the past, so each is told once.
func (p *painter) writeEvents(b []byte) []byte {
	newest := p.s.cluster.Revision()
	if p.events >= newest {
		return b
	}
	var fresh []store.Change
	watch := p.s.cluster.Watch(api.KindsOf(api.KindEvent), p.events)
	for c, ok := watch.Next(); ok; c, ok = watch.Next() {
		if c.Verb != store.VerbDelete {
			fresh = append(fresh, c)
		}
	}
	p.events = newest
	if len(fresh) > mostEvents {
		fresh = fresh[len(fresh)-mostEvents:]
	}
	for i, c := range fresh {
		if i > 0 {
			b = append(b, ',')
		}
		b = p.writeEvent(b, c)
	}
	return b
}

func (p *painter) writeEvent(b []byte, c store.Change) []byte {
	e, ok := c.New.(*api.Event)
	if !ok {
		return append(b, "null"...)
	}
	tone := ToneOK
	if e.Type == "Warning" {
		tone = ToneBad
	}
	b = strconv.AppendInt(append(b, `{"ms":`...), int64(p.s.cluster.TimeOf(c.Rev)/time.Millisecond), 10)
	b = appendField(append(b, ','), "actor", e.Source.Component)
	b = appendField(append(b, ','), "reason", e.Reason)
	b = appendField(append(b, ','), "object", strings.ToLower(e.InvolvedObject.Kind)+"/"+e.InvolvedObject.Name)
	b = appendField(append(b, ','), "text", e.Message)
	return append(appendField(append(b, ','), "tone", string(tone)), '}')
}
