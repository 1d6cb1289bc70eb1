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
	words   words
	work    sync // used again for each pod
}

// New is a kubelet that finds in this catalog what images do.
func New(c *workload.Catalog) *Kubelet { return &Kubelet{catalog: c, words: newWords()} }

// Describe says who the kubelet is.
func (k *Kubelet) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "kubelet",
		Doc:     "makes the containers of the pods bound to its node run, and reports how they are",
		Watches: api.KindsOf(api.KindPod, api.KindSandbox, api.KindFault),
		Reads:   api.KindsOf(api.KindPod, api.KindSandbox, api.KindNode, api.KindConfigMap, api.KindSecret, api.KindFault),
		Writes:  api.KindsOf(api.KindPod, api.KindSandbox, api.KindNode, api.KindEvent),
		Latency: 50 * time.Millisecond,
	}
}

// Route wakes the kubelet for a pod on a node, for the pod of a sandbox that changed, and for all of them when something happens
// to the machine. Of a removed pod it wakes for the sandbox that is left.
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
		for id := range sn.OwnedBy(api.KindSandbox, c.ID, o.UID) {
			enqueue(id)
		}
	case *api.Sandbox:
		if _, id, ok := podOf(sn, c.ID, o); ok {
			enqueue(id)
		} else if c.New != nil {
			enqueue(c.ID)
		}
	case *api.Fault:
		routeFault(o, sn, []api.Kind{api.KindPod, api.KindSandbox}, enqueue)
	}
}

// podOf is the pod a sandbox belongs to; false if it is gone.
func podOf(sn store.Snapshot, box store.ID, s *api.Sandbox) (*api.Pod, store.ID, bool) {
	id := sn.MadeFor(box)
	o, ok := sn.ByID(id)
	if id == 0 {
		o, id, ok = sn.Get(api.KindPod, s.Namespace, s.OwnerReferences[0].Name)
		ok = ok && o.Meta().UID == s.PodUID
	}
	if !ok {
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
		k.reconcileSandbox(in, o, plan)
	case *api.Pod:
		node, id, ok := in.Snapshot.NodeOf(in.Key)
		if !ok {
			return // the machine is gone, and its kubelet with it
		}
		n, ok := node.(*api.Node)
		m := machineOf(in.Snapshot, o.Spec.NodeName)
		if !ok || m.asleep() {
			return
		}
		plan.Local = true
		s := &k.work
		*s = sync{
			Input: in, plan: plan, catalog: k.catalog, words: &k.words, pod: o, node: n, nodeID: id, known: in.Snapshot,
			draft: draft{s.draft.containers[:0], s.draft.conditions[:0]},
		}
		if m.cut != 0 && !s.goBackTo(m.cut) {
			return
		}
		s.run()
	}
}

// reconcileSandbox removes what a pod left behind that was removed without waiting for its node.
func (k *Kubelet) reconcileSandbox(in reconcile.Input, box *api.Sandbox, plan *reconcile.Plan) {
	m := machineOf(in.Snapshot, box.Node)
	if m.asleep() {
		return
	}
	known := in.Snapshot
	if m.cut != 0 {
		known = known.CutAt(m.cut)
	}
	plan.Local = true
	if _, _, ok := podOf(known, in.Key, box); !ok {
		plan.Delete(in.Key, box, "PodGone")
	}
}

// sync is the work on one pod at one moment.
type sync struct {
	reconcile.Input
	plan    *reconcile.Plan
	catalog *workload.Catalog
	words   *words
	pod     *api.Pod
	node    *api.Node
	nodeID  store.ID
	known   store.Snapshot // of the API, as far as the kubelet reaches it
	final   bool           // the report of a pod whose containers have ended for good
	cut     bool           // the API server cannot be reached: nothing is reported
	box     *api.Sandbox   // a changed copy once touched
	boxID   store.ID
	touched string // the reason for which box was changed; "" while it is the stored one
	images  []api.ContainerImage
	draft   draft
}

// goBackTo makes the kubelet go by the pod as it was when the network was cut; false if it did not know the pod then.
func (s *sync) goBackTo(rev api.Revision) bool {
	s.known, s.cut = s.Snapshot.CutAt(rev), true
	o, ok := s.known.ByID(s.Key)
	if !ok {
		return false
	}
	pod, ok := o.(*api.Pod)
	s.pod = pod
	return ok && pod.Spec.NodeName == s.node.Name
}

func (s *sync) run() {
	for id, o := range s.Here.OwnedBy(api.KindSandbox, s.Key, s.pod.UID) {
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
	case s.over():
		grace := s.grace(nil)
		if s.pod.Status.Reason == api.ReasonEvicted {
			grace = 0
		}
		s.stopAll(int64(s.Now + grace))
		s.writeBox()
		s.updateStatus()
	case s.box.Dead:
		s.revive()
	default:
		s.syncContainers()
		s.deadline()
		s.writeBox()
		s.updateStatus()
	}
}

// over tells whether somebody declared that the pod has failed, as an eviction does, while containers still run.
func (s *sync) over() bool {
	return s.pod.Status.Phase == api.PodFailed && s.pod.Status.Reason != "" && !s.cut
}

// event records an Event about the pod; container is "" or the name of the container it is about.
func (s *sync) event(kind, reason, message, container string) {
	if s.cut {
		return
	}
	path := ""
	if container != "" {
		if c := s.find(container); c != nil && c.Init {
			path = named(s.words.paths[1], "spec.initContainers{", container, "}")
		} else {
			path = named(s.words.paths[0], "spec.containers{", container, "}")
		}
	}
	s.plan.Record(reconcile.Event{
		About: s.pod, Type: kind, Reason: reason, Message: message, FieldPath: path, Component: "kubelet", Host: s.pod.Spec.NodeName,
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

// writeBox plans the images the node got, and the sandbox as it was changed. The node comes first: if it has changed meanwhile,
// nothing is done and all is looked at again.
func (s *sync) writeBox() {
	if s.images != nil && !s.cut {
		n := *s.node
		n.Status.Images = s.images
		s.plan.Update(s.nodeID, &n, "ImagePulled")
	}
	if s.touched != "" {
		s.plan.Update(s.boxID, s.box, s.touched)
	}
}

// touch makes the sandbox a copy that may be changed, and notes why it is.
func (s *sync) touch(i int, reason string) *api.ContainerRun {
	if s.touched == "" {
		s.box = s.box.Copy()
	}
	s.touched = reason
	return &s.box.Containers[i]
}
