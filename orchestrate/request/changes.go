package request

import (
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// EventType says what a [WatchEvent] is about, in the words of the API.
type EventType string

// The types of watch events.
const (
	Added    EventType = "ADDED"
	Modified EventType = "MODIFIED"
	Deleted  EventType = "DELETED"
	// Bookmark says only how far the watcher has come.
	Bookmark EventType = "BOOKMARK"
	// Failed is the last event of a watch that cannot go on.
	Failed EventType = "ERROR"
)

// WatchEvent is one change as a watching client sees it.
type WatchEvent struct {
	Type EventType
	// Object is the object after the change; for Deleted, as it last was to this watcher, with the revision of the change; for
	// Bookmark, an empty one with a revision. It is frozen.
	Object api.Object
	// Status says why the watch ends; nil unless Type is Failed.
	Status *api.Status
}

// Changes gives what happened to the wanted objects after a revision, in order, and the revision it goes up to, from
// which the next call goes on. An object that comes to match the selectors counts as added, one that no longer
// matches as deleted. [Server.Watch] is the same for a client that names its terms.
func (s *Server) Changes(res *schema.Resource, namespace string, o ListOptions, after api.Revision) ([]WatchEvent, api.Revision, error) {
	wanted, err := newFilter(res, scope(res, namespace), o)
	if err != nil {
		return nil, after, err
	}
	var out []WatchEvent
	cursor := s.cluster.Watch(api.KindsOf(res.Kind), after)
	for ch, ok := cursor.Next(); ok; ch, ok = cursor.Next() {
		if e, ok := wanted.see(ch); ok {
			out = append(out, e)
		}
	}
	return out, s.cluster.Revision(), nil
}

// see is what a change looks like to somebody who sees only the wanted objects.
func (f *filter) see(ch orchestrate.Change) (WatchEvent, bool) {
	was := ch.Old != nil && f.matches(ch.Old) && ch.Verb != orchestrate.VerbCreate
	is := ch.New != nil && f.matches(ch.New)
	switch {
	case was && is:
		return WatchEvent{Type: Modified, Object: ch.New}, true
	case is:
		return WatchEvent{Type: Added, Object: ch.New}, true
	case was:
		last := ch.Old
		if last.Meta().ResourceVersion != ch.Rev {
			last = last.Clone()
			last.Meta().ResourceVersion = ch.Rev
		}
		return WatchEvent{Type: Deleted, Object: last}, true
	}
	return WatchEvent{}, false
}
