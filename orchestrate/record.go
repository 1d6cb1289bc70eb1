package orchestrate

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// record writes an Event, or counts it onto the equal one there already is.
//
// Source: Kubernetes API reference, "Event v1 core"; k8s.io/client-go/tools/record, events_cache.go.
func (c *Cluster) record(e *reconcile.Event, actor store.Symbol, why api.Revision) {
	w := store.Write{Time: c.now, Cause: why, Actor: actor, Reason: c.store.Symbol(e.Reason)}
	about := e.About.Meta()
	for id, o := range c.store.Latest(api.KindsOf(api.KindEvent)).ByOwner(api.KindEvent, about.UID) {
		if old, ok := o.(*api.Event); ok && sameEvent(old, e) {
			next := *old
			next.Count++
			next.LastTimestamp = c.Wall(c.now)
			w.Verb, w.ID, w.Object = store.VerbUpdate, id, &next
			c.put(w)
			return
		}
	}
	w.Verb, w.Object = store.VerbCreate, c.newEvent(e)
	c.born(w.Object.Meta())
	c.put(w)
}

func sameEvent(old *api.Event, e *reconcile.Event) bool {
	return old.Reason == e.Reason && old.Message == e.Message && old.Type == e.Type &&
		old.Source.Component == e.Component && old.InvolvedObject.FieldPath == e.FieldPath
}

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
	// Nanoseconds name an event upstream. The revision is added because many can share a moment here.
	stamp := int64(c.epoch)*1e9 + int64(c.now) + int64(c.store.Revision())
	return &api.Event{
		ObjectMeta:     api.ObjectMeta{Name: about.Name + "." + strconv.FormatInt(stamp, 16), Namespace: namespace},
		InvolvedObject: ref, Reason: e.Reason, Message: e.Message, Type: e.Type, Count: 1,
		Source:              api.EventSource{Component: e.Component, Host: e.Host},
		ReportingController: e.Component, ReportingInstance: e.Host,
		FirstTimestamp: now, LastTimestamp: now,
	}
}
