package orchestrate

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// fingerprint is what is known of a world up to a revision: the sum of its trace, and one number of each object, whose sum does not depend
// on an order. So what was written since is all there is to read.
type fingerprint struct {
	rev     api.Revision
	seen    api.Revision // up to here it is known what was written again
	lines   sum
	objects uint64
	of      []uint64 // by ID; 0 for what is not there
}

// Fingerprint tells worlds apart as [Cluster.TraceHash] does, in 32 other digits, but reads only what was written since it was asked last.
func (c *Cluster) Fingerprint() string {
	for !c.ReadOn() {
	}
	f := c.print.lines
	line := strconv.AppendUint(nil, c.print.objects, 16)
	f.write(line)
	return f.String()
}

// atOnce is how many objects are read between two looks at whether somebody waits.
const atOnce = 250

// ReadOn reads a little of what [Cluster.Fingerprint] has to read, for some milliseconds, and tells whether that was all.
func (c *Cluster) ReadOn() bool {
	f, now := &c.print, c.store.Revision()
	if f.seen = now; f.rev == 0 {
		f.lines = newSum()
	}
	var line []byte
	var objs []api.Object
	var ids []store.ID
	for n := 0; f.rev < now && n < 4*atOnce && len(objs) < atOnce; n++ {
		f.rev++
		line = appendLink(line[:0], c.link(f.rev))
		f.lines.write(line)
		ch, ok := c.store.Change(f.rev)
		if !ok || c.store.LastWrite(ch.ID, now) != f.rev {
			continue // it was written again later
		}
		for int(ch.ID) >= len(f.of) {
			f.of = append(f.of, 0)
		}
		f.objects -= f.of[ch.ID]
		f.of[ch.ID] = 0
		if ch.New != nil {
			objs, ids = append(objs, ch.New), append(ids, ch.ID)
		}
	}
	i := 0
	schema.MarshalEach(objs, func(b []byte) {
		s := newSum()
		s.write(b)
		f.of[ids[i]] = s.high ^ s.low
		f.objects += f.of[ids[i]]
		i++
	})
	return f.rev == now
}

// appendLink adds a line of the trace as it is hashed.
func appendLink(line []byte, l Link) []byte {
	line = strconv.AppendUint(line, uint64(l.Rev), 10)
	line = strconv.AppendUint(append(line, ' '), uint64(l.Cause), 10)
	line = strconv.AppendInt(append(line, ' '), int64(l.Time), 10)
	for _, word := range []string{l.Actor, l.Verb.String(), l.Reason, l.Kind.String(), l.Namespace, l.Name, l.Input} {
		line = strconv.AppendQuote(append(line, ' '), word)
	}
	return append(line, '\n')
}
