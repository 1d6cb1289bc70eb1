package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Kubelet acts for the kubelets of all nodes.
type Kubelet struct {
	catalog *workload.Catalog
}

// New is a kubelet that finds in this catalog what images do.
func New(c *workload.Catalog) *Kubelet { return &Kubelet{catalog: c} }

// Describe says who the kubelet is.
func (k *Kubelet) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "kubelet",
		Doc:     "makes the containers of the pods bound to its node run, and reports how they are",
		Watches: api.KindsOf(api.KindPod, api.KindSandbox),
		Reads:   api.KindsOf(api.KindPod, api.KindSandbox, api.KindNode),
		Writes:  api.KindsOf(api.KindPod, api.KindSandbox, api.KindNode, api.KindEvent),
		Latency: 50 * time.Millisecond,
	}
}

// Route wakes the kubelet for a pod on a node, and for the pod of a sandbox that changed. Of a removed pod it
// wakes for the sandbox that is left.
func (k *Kubelet) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch o := c.Object().(type) {
	case *api.Pod:
		if o.Spec.NodeName == "" {
			return
		}
		if c.New != nil {
			enqueue(c.ID)
			return
		}
		for id := range sn.ByOwner(api.KindSandbox, o.UID) {
			enqueue(id)
		}
	case *api.Sandbox:
		if _, id, ok := podOf(sn, o); ok {
			enqueue(id)
		} else if c.New != nil {
			enqueue(c.ID)
		}
	}
}

// podOf is the pod a sandbox belongs to; false if it is gone.
func podOf(sn store.Snapshot, s *api.Sandbox) (*api.Pod, store.ID, bool) {
	o, id, ok := sn.Get(api.KindPod, s.Namespace, s.OwnerReferences[0].Name)
	if !ok || o.Meta().UID != s.PodUID {
		return nil, 0, false
	}
	pod, ok := o.(*api.Pod)
	return pod, id, ok
}

// Reconcile brings one pod, or a sandbox without a pod, a step further.
func (k *Kubelet) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	switch o := o.(type) {
	case *api.Sandbox:
		plan.Actor = "kubelet " + o.Node
		if _, _, ok := podOf(in.Snapshot, o); !ok {
			plan.Delete(in.Key, o, "PodGone")
		}
	case *api.Pod:
		node, id, ok := in.Snapshot.Get(api.KindNode, "", o.Spec.NodeName)
		if !ok {
			return // the machine is gone, and its kubelet with it
		}
		n, ok := node.(*api.Node)
		if !ok {
			return
		}
		plan.Actor = "kubelet " + n.Name
		s := sync{Input: in, plan: plan, catalog: k.catalog, pod: o, node: n, nodeID: id}
		s.run()
	}
}

// sync is the work on one pod at one moment.
type sync struct {
	reconcile.Input
	plan    *reconcile.Plan
	catalog *workload.Catalog
	pod     *api.Pod
	node    *api.Node
	nodeID  store.ID
	box     *api.Sandbox // a changed copy once touched
	boxID   store.ID
	touched string // the reason for which box was changed; "" while it is the stored one
	images  []api.ContainerImage
}

func (s *sync) run() {
	for id, o := range s.Snapshot.ByOwner(api.KindSandbox, s.pod.UID) {
		if box, ok := o.(*api.Sandbox); ok {
			s.box, s.boxID = box, id
		}
	}
	switch {
	case s.pod.DeletionTimestamp != 0:
		s.terminate()
	case s.box == nil:
		if s.pod.Status.Phase == api.PodPending {
			s.createSandbox()
		}
	default:
		s.syncContainers()
		s.writeBox()
		s.updateStatus()
	}
}

// createSandbox gives the pod its address and a place for each container.
func (s *sync) createSandbox() {
	index := s.freeIP()
	if index < 0 {
		s.event("Warning", "FailedCreatePodSandBox", "Failed to create pod sandbox: no IP address is left in "+s.node.Spec.PodCIDR, "")
		s.plan.Again(10 * time.Second)
		return
	}
	box := &api.Sandbox{
		ObjectMeta: api.ObjectMeta{
			Namespace: s.pod.Namespace, Name: string(s.pod.UID),
			OwnerReferences: []api.OwnerReference{{APIVersion: "v1", Kind: "Pod", Name: s.pod.Name, UID: s.pod.UID}},
		},
		Node: s.node.Name, PodUID: s.pod.UID, IPIndex: index, IP: addressIn(s.node.Spec.PodCIDR, index),
	}
	if s.pod.Spec.HostNetwork {
		box.IP = internalIP(s.node)
	}
	add := func(c *api.Container, init bool) {
		box.Containers = append(box.Containers, api.ContainerRun{Name: c.Name, Image: c.Image, Init: init, State: api.RunWaiting, Since: int64(s.Now)})
	}
	for i := range s.pod.Spec.InitContainers {
		add(&s.pod.Spec.InitContainers[i], true)
	}
	for i := range s.pod.Spec.Containers {
		add(&s.pod.Spec.Containers[i], false)
	}
	s.plan.Create(box, "SandboxCreated")
	s.box = box
	s.updateStatus()
}

// event records an Event about the pod; container is "" or the name of the container it is about.
func (s *sync) event(kind, reason, message, container string) {
	path := ""
	if container != "" {
		path = "spec.containers{" + container + "}"
		if c := s.find(container); c != nil && c.Init {
			path = "spec.initContainers{" + container + "}"
		}
	}
	s.plan.Record(reconcile.Event{
		About: s.pod, Type: kind, Reason: reason, Message: message, FieldPath: path, Component: "kubelet", Host: s.node.Name,
	})
}

// find is the container of this name in the sandbox; nil if there is none.
func (s *sync) find(name string) *api.ContainerRun {
	for i := range s.box.Containers {
		if s.box.Containers[i].Name == name {
			return &s.box.Containers[i]
		}
	}
	return nil
}

// writeBox plans the sandbox as it was changed, and the images the node got.
func (s *sync) writeBox() {
	if s.touched != "" {
		s.plan.Update(s.boxID, s.box, s.touched)
	}
	if s.images != nil {
		n := *s.node
		n.Status.Images = s.images
		s.plan.Update(s.nodeID, &n, "ImagePulled")
	}
}

// touch makes the sandbox a copy that may be changed, and notes why it is.
func (s *sync) touch(i int, reason string) *api.ContainerRun {
	if s.touched == "" {
		box := *s.box
		box.Containers = append([]api.ContainerRun(nil), s.box.Containers...)
		s.box = &box
	}
	s.touched = reason
	return &s.box.Containers[i]
}
