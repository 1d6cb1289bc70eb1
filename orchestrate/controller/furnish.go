package controller

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// The objects that are in every namespace.
const (
	DefaultServiceAccount = "default"
	RootCA                = "kube-root-ca.crt"
)

// Furnisher sees to it that every namespace has an object of its own: made when the namespace is, and again if
// somebody deletes it.
type Furnisher struct {
	name, doc string
	kind      api.Kind
	object    string
	make      func(namespace string) api.Object
}

// NewServiceAccounts is the ServiceAccount controller: every namespace has one called default.
func NewServiceAccounts() *Furnisher {
	return &Furnisher{
		name: "serviceaccount-controller", doc: "gives every namespace a default ServiceAccount",
		kind: api.KindServiceAccount, object: DefaultServiceAccount, make: NewDefaultServiceAccount,
	}
}

// NewRootCAPublisher is the controller that publishes the certificate of the API server in every namespace.
func NewRootCAPublisher() *Furnisher {
	return &Furnisher{
		name: "root-ca-certificate-publisher", doc: "gives every namespace the certificate by which the API server is known",
		kind: api.KindConfigMap, object: RootCA, make: NewRootCA,
	}
}

// NewDefaultServiceAccount is the ServiceAccount of pods that name none.
func NewDefaultServiceAccount(namespace string) api.Object {
	return &api.ServiceAccount{ObjectMeta: api.ObjectMeta{Name: DefaultServiceAccount, Namespace: namespace}}
}

// NewRootCA is the certificate of the API server, as far as a model has one.
func NewRootCA(namespace string) api.Object {
	return &api.ConfigMap{
		ObjectMeta: api.ObjectMeta{Name: RootCA, Namespace: namespace, Annotations: map[string]string{
			"kubernetes.io/description": "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
		}},
		Data: map[string]string{"ca.crt": "-----BEGIN CERTIFICATE-----\n(a model cluster has no certificates)\n-----END CERTIFICATE-----\n"},
	}
}

// Describe says who the loop is.
func (l *Furnisher) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindNamespace, l.kind)
	return reconcile.Description{
		Name: l.name, Doc: l.doc, Watches: kinds, Reads: kinds, Writes: api.KindsOf(l.kind),
		Latency: 10 * time.Millisecond,
	}
}

// Route wakes the loop for a namespace, and for one whose object is gone.
func (l *Furnisher) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	m := c.Object().Meta()
	switch {
	case c.Kind == api.KindNamespace && c.New != nil:
		enqueue(c.ID)
	case c.Kind == l.kind && c.New == nil && m.Name == l.object:
		if _, id, ok := sn.Get(api.KindNamespace, "", m.Namespace); ok {
			enqueue(id)
		}
	}
}

// Reconcile makes the object if it is missing and the namespace stays.
func (l *Furnisher) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	ns, ok := in.Snapshot.ByID(in.Key)
	if !ok || ns.Meta().DeletionTimestamp != 0 {
		return
	}
	if _, _, there := in.Snapshot.Get(l.kind, ns.Meta().Name, l.object); !there {
		plan.Create(l.make(ns.Meta().Name), "Created")
	}
}
