package orchestrate

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// fingerprint is what is known of a world up to a revision: the sum of its trace, and one number of each object, whose sum does not depend
// on an order. So what was written since is all there is to read.
type fingerprint struct {
	rev     api.Revision
	seen    api.Revision // up to here it is known what was written again
	lines   uint64
	objects uint64
	of      []uint64 // by ID; 0 for what is not there
}

// Fingerprint tells worlds apart as [Cluster.TraceHash] does, by two numbers, but reads only what was written since it was asked last.
func (c *Cluster) Fingerprint() string {
	for !c.ReadOn() {
	}
	return strconv.FormatUint(c.print.lines, 16) + "-" + strconv.FormatUint(c.print.objects, 16)
}

// atOnce is how many objects are read between two looks at whether somebody waits.
const atOnce = 250

// ReadOn reads a little of what [Cluster.Fingerprint] has to read, for some milliseconds, and tells whether that was all.
func (c *Cluster) ReadOn() bool {
	f, now := &c.print, c.store.Revision()
	f.seen = now
	var line []byte
	var objs []api.Object
	for n := 0; f.rev < now && n < 4*atOnce && len(objs) < atOnce; n++ {
		f.rev++
		line = appendLink(line[:0], c.link(f.rev))
		f.lines = addTo(f.lines, line)
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
			objs = append(objs, ch.New)
		}
	}
	schema.MarshalEach(objs, func(b []byte) {
		e, _ := c.store.Entry(objs[0].Meta().ResourceVersion)
		f.of[e.Object] = addTo(0, b)
		f.objects += f.of[e.Object]
		objs = objs[1:]
	})
	return f.rev == now
}

// addTo is FNV-1a of 64 bits, going on from a sum: WebAssembly has no products of 128 bits.
func addTo(sum uint64, b []byte) uint64 {
	for _, c := range b {
		sum = (sum ^ uint64(c)) * 1099511628211
	}
	return sum
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
