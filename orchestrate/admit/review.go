package admit

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Namespaces is what admission asks of the world.
type Namespaces interface {
	// Namespace is the namespace of this name; false if there is none.
	Namespace(name string) (*api.Namespace, bool)
}

// Request is one write to be reviewed.
type Request struct {
	// Verb is "create" or "update".
	Verb string
	// Object is what the client sent. It is not changed.
	Object api.Object
	// Subresource is "" for the object itself, "status" for an update of its status alone, or "binding" to put a pod on a node.
	Subresource string
	// Old is the stored object of an update.
	Old api.Object
	// Now is the world's clock.
	Now api.Time
	// Suffix makes the random end of a generated name, and UID an identity.
	Suffix func() string
	UID    func() api.UID
	// Namespaces are those there are.
	Namespaces Namespaces
	// Account is the ServiceAccount of this name, or nil; a nil function does not ask.
	Account func(namespace, name string) *api.ServiceAccount
	// Allocate gives a Service its addresses and ports, before they are validated; nil gives none.
	Allocate func(now, old *api.Service) error
}

// Review gives the object as it is to be stored. The error is a *api.StatusError with the text of a Kubernetes API
// server.
func Review(r Request) (api.Object, error) {
	res := schema.ByKind(r.Object.Kind())
	if res == nil {
		return nil, api.BadRequest("the server does not serve objects of kind " + r.Object.Kind().String())
	}
	obj := api.DeepCopy(r.Object)
	schema.Default(obj)
	if r.Verb == "update" {
		return reviewUpdate(r, res, obj)
	}
	return reviewCreate(r, res, obj)
}

func reviewCreate(r Request, res *schema.Resource, obj api.Object) (api.Object, error) {
	m := obj.Meta()
	if m.ResourceVersion != 0 {
		return nil, api.BadRequest("resourceVersion should not be set on objects to be created")
	}
	if m.Name == "" && m.GenerateName != "" {
		m.Name = generated(m.GenerateName, r.Suffix())
	}
	if err := checkNamespace(r, res, m); err != nil {
		return nil, err
	}
	m.UID, m.CreationTimestamp = r.UID(), r.Now
	m.DeletionTimestamp, m.DeletionGracePeriodSeconds, m.SelfLink = 0, nil, ""
	begin(obj)
	if err := allocate(r, obj, nil); err != nil {
		return nil, err
	}
	if pod, ok := obj.(*api.Pod); ok {
		who, err := account(r, pod)
		if err != nil {
			return nil, err
		}
		if err := admitPod(pod); err != nil {
			return nil, err
		}
		give(pod, who, string(m.UID))
	}
	if errs := schema.Validate(obj, nil); len(errs) > 0 {
		return nil, api.Invalid(res.QualifiedKind(), m.Name, errs)
	}
	return obj, nil
}

// allocate gives a Service what it has to have of its own.
func allocate(r Request, obj, old api.Object) error {
	s, ok := obj.(*api.Service)
	if !ok || r.Allocate == nil {
		return nil
	}
	was, _ := old.(*api.Service)
	return r.Allocate(s, was)
}

// generated is a prefix with a random end. What is too long for a name is cut from the prefix.
func generated(prefix, suffix string) string {
	const most = 63
	return prefix[:min(len(prefix), most-len(suffix))] + suffix
}

// checkNamespace tells whether the object may be created where it says.
func checkNamespace(r Request, res *schema.Resource, m *api.ObjectMeta) error {
	if !res.Namespaced {
		m.Namespace = ""
		return nil
	}
	if m.Namespace == "" {
		return nil // validation says so, with the other mistakes
	}
	ns, ok := r.Namespaces.Namespace(m.Namespace)
	if !ok {
		return api.NotFound("namespaces", m.Namespace)
	}
	if ns.DeletionTimestamp != 0 {
		return api.ForbiddenTerminating(res.Qualified(), m.Name, m.Namespace)
	}
	return nil
}

// begin sets what a client cannot: the generation, and the state a new object starts in.
func begin(obj api.Object) {
	switch o := obj.(type) {
	case *api.Pod:
		o.Generation = 1
		o.Status = api.PodStatus{Phase: api.PodPending, QOSClass: schema.QOSClass(o.Spec)}
	case *api.Deployment:
		o.Generation, o.Status = 1, api.DeploymentStatus{}
	case *api.ReplicaSet:
		o.Generation, o.Status = 1, api.ReplicaSetStatus{}
	case *api.EndpointSlice:
		o.Generation = 1
	case *api.Service:
		o.Status = api.ServiceStatus{}
	case *api.Namespace:
		o.Status = api.NamespaceStatus{Phase: api.NamespaceActive}
		if !slices.Contains(o.Spec.Finalizers, api.FinalizerKubernetes) {
			o.Spec.Finalizers = append(o.Spec.Finalizers, api.FinalizerKubernetes)
		}
	}
}

func reviewUpdate(r Request, res *schema.Resource, obj api.Object) (api.Object, error) {
	m, old := obj.Meta(), r.Old.Meta()
	if m.ResourceVersion != 0 && m.ResourceVersion != old.ResourceVersion {
		return nil, api.Modified(res.Qualified(), m.Name)
	}
	if m.UID != "" && m.UID != old.UID {
		return nil, api.UIDMismatch(res.Qualified(), m.Name, m.UID, old.UID)
	}
	m.UID, m.CreationTimestamp, m.SelfLink = old.UID, old.CreationTimestamp, ""
	m.DeletionTimestamp, m.DeletionGracePeriodSeconds = old.DeletionTimestamp, old.DeletionGracePeriodSeconds
	m.Generation, m.ResourceVersion = old.Generation, old.ResourceVersion
	switch r.Subresource {
	case "status":
		return reviewStatus(r, res, obj)
	case "binding":
		return reviewBinding(r, obj)
	}
	keepStatus(obj, r.Old)
	if err := allocate(r, obj, r.Old); err != nil {
		return nil, err
	}
	if errs := schema.Validate(obj, r.Old); len(errs) > 0 {
		return nil, api.Invalid(res.QualifiedKind(), m.Name, errs)
	}
	if !sameSpec(obj, r.Old) && old.Generation > 0 {
		m.Generation++
	}
	return obj, nil
}
