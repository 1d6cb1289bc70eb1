package request

import (
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// ListOptions say which objects of a kind are wanted. The zero value wants all.
type ListOptions struct {
	// LabelSelector is a selector such as "app=web,tier in (front,back)".
	LabelSelector string
	// FieldSelector is a selector over the fields the kind supports, such as "status.phase=Running".
	FieldSelector string
}

// Get is the object of this name. The namespace does not matter for kinds without one.
func (s *Server) Get(res *schema.Resource, namespace, name string) (api.Object, error) {
	if res.Kind == api.KindEndpoints {
		return s.endpoints(res, namespace, name)
	}
	o, _, ok := s.cluster.Snapshot().Get(res.Kind, scope(res, namespace), name)
	if !ok {
		return nil, api.NotFound(res.Qualified(), name)
	}
	return o, nil
}

// List gives the objects of a kind in a namespace (or in all, if it is empty), by namespace, then name.
func (s *Server) List(res *schema.Resource, namespace string, o ListOptions) ([]api.Object, error) {
	wanted, err := newFilter(res, scope(res, namespace), o)
	if err != nil {
		return nil, err
	}
	var out []api.Object
	for _, obj := range s.list(res.Kind) {
		if wanted.matches(obj) {
			out = append(out, obj)
		}
	}
	return out, nil
}

// EventsAbout gives the events about an object, by namespace, then name.
func (s *Server) EventsAbout(o api.Object) []*api.Event {
	var out []*api.Event
	for _, e := range s.cluster.Snapshot().ByOwner(api.KindEvent, o.Meta().UID) {
		if e, ok := e.(*api.Event); ok {
			out = append(out, e)
		}
	}
	return out
}

// EventType says what a [WatchEvent] is about, in the words of the API.
type EventType string

// The types of watch events.
const (
	Added    EventType = "ADDED"
	Modified EventType = "MODIFIED"
	Deleted  EventType = "DELETED"
)

// WatchEvent is one change as a watching client sees it.
type WatchEvent struct {
	Type EventType
	// Object is the object after the change; for Deleted, as it last was. It is frozen.
	Object api.Object
}

// Changes gives what happened to the wanted objects after a revision, in order, and the revision it goes up to, from
// which the next call goes on. An object that comes to match the selectors counts as added, one that no longer
// matches as deleted.
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
		return WatchEvent{Modified, ch.New}, true
	case is:
		return WatchEvent{Added, ch.New}, true
	case was:
		return WatchEvent{Deleted, ch.Object()}, true
	}
	return WatchEvent{}, false
}
