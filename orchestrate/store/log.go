package store

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// version is an entry and the object it wrote. It is kept as small as it can be, for there is one for each write ever made:
// revisions take 32 bits here, which is more than orchestrate.Options.MaxHistory lets a world have.
type version struct {
	object        api.Object
	time          time.Duration
	cause, prev   uint32
	id            ID
	actor, reason Symbol
	verb          Verb
}

func (v *version) before() api.Revision { return api.Revision(v.prev) }

// entry is the version as others see it.
func (v *version) entry() Entry {
	return Entry{Time: v.time, Cause: api.Revision(v.cause), Object: v.id, Prev: v.before(), Actor: v.actor, Reason: v.reason, Verb: v.verb}
}

const (
	pageBits = 9
	pageSize = 1 << pageBits
)

// history is all versions by revision, in pages: what is written once is never moved. Revision 0 is a version of nothing.
type history struct {
	pages []*[pageSize]version
	n     int
}

// at is the version of a revision that there is.
func (h *history) at(rev api.Revision) *version {
	return &h.pages[rev>>pageBits][rev&(pageSize-1)]
}

// add appends a version.
func (h *history) add(v version) {
	if h.n>>pageBits == len(h.pages) {
		h.pages = append(h.pages, new([pageSize]version))
	}
	h.n++
	*h.at(api.Revision(h.n - 1)) = v
}

// cut forgets the versions from n on.
func (h *history) cut(n int) {
	for h.n > n {
		h.n--
		*h.at(api.Revision(h.n)) = version{}
	}
	h.pages = h.pages[:(n+pageSize-1)>>pageBits]
}
