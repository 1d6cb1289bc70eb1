package orchestrate

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// record writes an Event, counts it onto the equal one there already is, or leaves it out, as the correlator of client-go
// decides (near is most often the object it is about): when an object has had many Events of one reason in ten minutes, those that follow share one, and of all Events that
// one component has about one object 25 are let through at once and one more every five minutes.
//
// Source: Kubernetes API reference, "Event v1 core"; k8s.io/client-go/tools/record, events_cache.go.
func (c *Cluster) record(e *reconcile.Event, near store.ID, actor store.Symbol, why api.Revision) {
	about := e.About.Meta()
	if about.Namespace != "" && c.terminating(about.Namespace) {
		return // nothing new is let into a namespace that goes away
	}
	w := store.Write{Time: c.now, Cause: why, Actor: actor, Reason: c.store.Symbol(e.Reason)}
	message, old, id, tooMany := c.correlate(e, near)
	if tooMany {
		return
	}
	if old != nil {
		next := *old
		next.Count++
		next.Message, next.LastTimestamp = message, c.Wall(c.now)
		w.Verb, w.ID, w.Object = store.VerbUpdate, id, &next
		c.put(w)
		return
	}
	made := c.newEvent(e)
	made.Message = message
	w.Verb, w.Object, w.Near, w.Unique = store.VerbCreate, made, near, true
	c.born(w.Object.Meta())
	c.put(w)
}

func (c *Cluster) terminating(namespace string) bool {
	o, _, ok := c.store.Latest(api.KindsOf(api.KindNamespace)).Get(api.KindNamespace, "", namespace)
	return !ok || o.Meta().DeletionTimestamp != 0
}

// What the correlator holds its callers to.
//
// Source: k8s.io/client-go/tools/record, events_cache.go, the defaults.
const (
	similarEvents  = 10  // so many of one reason and one of them speaks for all
	similarSeconds = 600 // if they come within this time
	burstOfEvents  = 25  // let through at once
	refillSeconds  = 300 // until one more is let through
	combined       = "(combined from similar events): "
)

// correlate finds the stored Event that a new one is counted onto, if there is one, and the message it is to have. It tells
// whether the component has said more about the object than it may.
func (c *Cluster) correlate(e *reconcile.Event, near store.ID) (message string, old *api.Event, id store.ID, tooMany bool) {
	var all *api.Event // the one that speaks for all
	var allID store.ID
	now := c.Wall(c.now)
	similar, said, first := 0, int32(0), now
	for at, o := range c.store.Latest(api.KindsOf(api.KindEvent)).OwnedBy(api.KindEvent, near, e.About.Meta().UID) {
		have, ok := o.(*api.Event)
		if !ok || have.Source.Component != e.Component || have.Source.Host != e.Host {
			continue
		}
		said += have.Count
		first = min(first, have.FirstTimestamp)
		switch {
		case have.Reason != e.Reason || have.Type != e.Type:
		case strings.HasPrefix(have.Message, combined):
			all, allID = have, at
		case have.Message == e.Message && have.InvolvedObject.FieldPath == e.FieldPath:
			old, id = have, at
		case have.LastTimestamp >= now-similarSeconds:
			similar++
		}
	}
	switch {
	case !correlated(e):
		return e.Message, old, id, false
	case said >= burstOfEvents+int32((now-first)/refillSeconds):
		return "", nil, 0, true
	case old != nil || similar+1 < similarEvents:
		return e.Message, old, id, false
	}
	return combined + e.Message, all, allID, false
}

// correlated tells whether the component of an Event records through client-go's correlator; the scheduler does not.
func correlated(e *reconcile.Event) bool { return e.Component != api.DefaultSchedulerName }

func (c *Cluster) newEvent(e *reconcile.Event) *api.Event {
	about, kind := e.About.Meta(), e.About.Kind()
	now := c.Wall(c.now)
	ref := api.ObjectReference{
		Kind: kind.String(), Namespace: about.Namespace, Name: about.Name, UID: about.UID,
		APIVersion: "v1", ResourceVersion: about.ResourceVersion.String(), FieldPath: e.FieldPath,
	}
	if r := schema.ByKind(kind); r != nil {
		ref.APIVersion = r.APIVersion()
	}
	namespace := about.Namespace
	if namespace == "" {
		namespace = "default"
	}
	// Nanoseconds name an event upstream. The revision is added because many can share a moment here: so each name is new.
	var name [96]byte
	stamp := int64(c.epoch)*1e9 + int64(c.now) + int64(c.store.Revision())
	return &api.Event{
		ObjectMeta:     api.ObjectMeta{Name: string(strconv.AppendInt(append(append(name[:0], about.Name...), '.'), stamp, 16)), Namespace: namespace},
		InvolvedObject: ref, Reason: e.Reason, Message: e.Message, Type: e.Type, Count: 1,
		Source:              api.EventSource{Component: e.Component, Host: e.Host},
		ReportingController: e.Component, ReportingInstance: e.Host,
		FirstTimestamp: now, LastTimestamp: now,
	}
}
