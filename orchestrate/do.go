package orchestrate

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/admit"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Request is one write that somebody outside asks for.
type Request struct {
	// Verb is store.VerbCreate, VerbUpdate or VerbDelete.
	Verb store.Verb
	// Kind, Namespace and Name say which object; for a create and an update they are taken from Object.
	Kind            api.Kind
	Namespace, Name string
	// Subresource is "" for the object itself, "status" to update its status and nothing else, or "binding" to put a pod on a
	// node.
	Subresource string
	// Object is what to create or update. The cluster keeps it: it must not be changed afterwards.
	Object api.Object
	// User is who asks, for the trace; "" means admin.
	User string
	// GracePeriod is how many seconds a deleted pod is given; nil means its own.
	GracePeriod *int64
	// Propagation says what becomes of the objects that a deleted object owns.
	Propagation api.DeletionPropagation
	// UID and ResourceVersion are preconditions of a delete; empty means any.
	UID             api.UID
	ResourceVersion api.Revision
	// DryRun does everything but the write.
	DryRun bool
}

// input is what a person asked for.
type input struct {
	rev  api.Revision
	text string
}

// Input notes what a person asked for, so that the writes of [Cluster.Do] that follow have a cause. It changes
// nothing else.
func (c *Cluster) Input(user, text string) api.Revision {
	ch, err := c.store.Put(store.Write{Time: c.now, Verb: store.VerbInput, Actor: c.store.Symbol(who(user))})
	if err != nil {
		panic("orchestrate: bug: " + err.Error())
	}
	c.inputs = append(c.inputs, input{ch.Rev, text})
	return ch.Rev
}

// Asked counts the writes that people have asked for so far, and that changed something.
func (c *Cluster) Asked() int { return c.asked }

func who(user string) string {
	if user == "" {
		return "admin"
	}
	return user
}

// Do carries out one write through admission and returns the object as it now is (for a removal: as it last was).
// The result is frozen. Errors are *api.StatusError with the text and reason a Kubernetes API server gives, or
// ErrHistoryFull.
func (c *Cluster) Do(r Request) (api.Object, error) {
	if err := c.room(); err != nil {
		return nil, err
	}
	if r.DryRun { // what it drew by chance is drawn again: a world that was only asked goes on as it would have
		names, uids := c.names, c.uids
		defer func() { c.names, c.uids = names, uids }()
	}
	switch r.Verb {
	case store.VerbCreate:
		return c.create(r)
	case store.VerbUpdate:
		return c.update(r)
	default:
		return c.delete(r)
	}
}

func (c *Cluster) create(r Request) (api.Object, error) {
	review := c.review("create", r.Object, nil)
	review.Allocate = c.allocator(r.DryRun)
	obj, err := admit.Review(review)
	if err != nil {
		return nil, err
	}
	m := obj.Meta()
	if _, _, exists := c.Snapshot().Get(obj.Kind(), m.Namespace, m.Name); exists {
		return nil, api.AlreadyExists(plural(obj.Kind()), m.Name)
	}
	if r.DryRun {
		return obj, nil
	}
	c.born(m)
	c.put(c.write(r, store.VerbCreate, 0, obj, "Created"))
	return obj, nil
}

func (c *Cluster) update(r Request) (api.Object, error) {
	m, kind := r.Object.Meta(), r.Object.Kind()
	old, id, ok := c.Snapshot().Get(kind, m.Namespace, m.Name)
	if !ok {
		return nil, api.NotFound(plural(kind), m.Name)
	}
	review := c.review("update", r.Object, old)
	review.Allocate = c.allocator(r.DryRun)
	review.Subresource = r.Subresource
	obj, err := admit.Review(review)
	if err != nil || r.DryRun {
		return obj, err
	}
	if schema.Same(obj, old) {
		return old, nil // what changes nothing is not written
	}
	if obj.Meta().DeletionTimestamp != 0 && !reconcile.Held(obj) && ended(obj) {
		c.put(c.write(r, store.VerbDelete, id, obj, "Removed"))
		return obj, nil
	}
	c.put(c.write(r, store.VerbUpdate, id, obj, "Updated"))
	return obj, nil
}

// ended tells whether an object that is being deleted needs no more time.
func ended(o api.Object) bool {
	grace := o.Meta().DeletionGracePeriodSeconds
	return grace == nil || *grace == 0
}

// immortal are the namespaces that nobody may delete.
//
// Source: k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle.
var immortal = []string{"default", "kube-public", "kube-system"}

func (c *Cluster) delete(r Request) (api.Object, error) {
	if r.Kind == api.KindNamespace && slices.Contains(immortal, r.Name) {
		return nil, api.Forbidden("namespaces", r.Name, "this namespace may not be deleted")
	}
	old, id, ok := c.Snapshot().Get(r.Kind, r.Namespace, r.Name)
	if !ok {
		return nil, api.NotFound(plural(r.Kind), r.Name)
	}
	if err := preconditions(r, old); err != nil {
		return nil, err
	}
	next, remove := reconcile.Deletion(old, r.GracePeriod, r.Propagation, c.Wall(c.now))
	switch {
	case r.DryRun:
		return old, nil
	case remove:
		c.put(c.write(r, store.VerbDelete, id, nil, "Removed"))
		return old, nil
	case next == nil:
		return old, nil
	}
	c.put(c.write(r, store.VerbUpdate, id, next, "Deleting"))
	return next, nil
}

func preconditions(r Request, old api.Object) error {
	m := old.Meta()
	if r.UID != "" && r.UID != m.UID {
		return api.Conflict(qualifiedKind(r.Kind), r.Name, "the UID in the precondition ("+string(r.UID)+") does not match the UID in record ("+
			string(m.UID)+"). The object might have been deleted and then recreated")
	}
	if r.ResourceVersion != 0 && r.ResourceVersion != m.ResourceVersion {
		return api.Conflict(qualifiedKind(r.Kind), r.Name, "the ResourceVersion in the precondition ("+r.ResourceVersion.String()+
			") does not match the ResourceVersion in record ("+m.ResourceVersion.String()+"). The object might have been modified")
	}
	return nil
}

// write is the store's form of a request. Its cause is the last input.
func (c *Cluster) write(r Request, verb store.Verb, id store.ID, obj api.Object, reason string) store.Write {
	w := store.Write{Time: c.now, Verb: verb, ID: id, Object: obj, Actor: c.store.Symbol(who(r.User)), Reason: c.store.Symbol(reason)}
	c.asked++
	if n := len(c.inputs); n > 0 {
		w.Cause = c.inputs[n-1].rev
	}
	return w
}

func (c *Cluster) review(verb string, obj, old api.Object) admit.Request {
	r := c.asks
	r.Verb, r.Object, r.Old, r.Now = verb, obj, old, c.Wall(c.now)
	return r
}

// answers is a review with all that admission may ask of the world, made once.
func (c *Cluster) answers() admit.Request {
	return admit.Request{
		Suffix:     func() string { return c.names.Suffix(5) },
		UID:        func() api.UID { return api.UID(c.uids.UUID()) },
		Namespaces: namespaces{c.store},
		Account: func(namespace, name string) *api.ServiceAccount {
			o, _, _ := c.Snapshot().Get(api.KindServiceAccount, namespace, name)
			account, _ := o.(*api.ServiceAccount)
			return account
		},
	}
}

// namespaces is what admission asks of the store.
type namespaces struct{ s *store.Store }

// Namespace is the namespace of this name.
func (n namespaces) Namespace(name string) (*api.Namespace, bool) {
	o, _, ok := n.s.Latest(store.AllKinds).Get(api.KindNamespace, "", name)
	if !ok {
		return nil, false
	}
	ns, ok := o.(*api.Namespace)
	return ns, ok
}

func qualifiedKind(kind api.Kind) string {
	if r := schema.ByKind(kind); r != nil {
		return r.QualifiedKind()
	}
	return kind.String()
}

func plural(kind api.Kind) string {
	if r := schema.ByKind(kind); r != nil {
		return r.Qualified()
	}
	return kind.String()
}
