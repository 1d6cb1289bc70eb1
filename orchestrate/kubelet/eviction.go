package kubelet

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// When a kubelet evicts, and for how long it then says that memory is short.
//
// Source: Kubernetes documentation, "Node-pressure Eviction": the hard threshold memory.available<100Mi, and
// eviction-pressure-transition-period.
const (
	evictBelow   = 100 << 20
	pressureFor  = 5 * time.Minute
	lookEvery    = 10 * time.Second // so many changes of a node's pods are looked at together
	systemMemory = 300 << 20        // what the machine itself and the kubelet hold
)

// Eviction is the part of all kubelets that keeps a node's memory from running out.
type Eviction struct {
	catalog *workload.Catalog
}

// NewEviction is an eviction manager that finds in this catalog how much memory images take.
func NewEviction(c *workload.Catalog) *Eviction { return &Eviction{catalog: c} }

// Describe says who the eviction manager is.
func (*Eviction) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "eviction-manager",
		Doc:     "fails the pod that takes the most beyond its request when a node is short of memory",
		Watches: api.KindsOf(api.KindSandbox, api.KindFault),
		Reads:   api.KindsOf(api.KindNode, api.KindPod, api.KindSandbox, api.KindFault),
		Writes:  api.KindsOf(api.KindNode, api.KindPod, api.KindEvent),
		Latency: lookEvery,
	}
}

// Route wakes the manager for the node of a sandbox in which something runs, and for one whose machine is mended.
func (*Eviction) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	var id store.ID
	var ok bool
	switch o := c.New.(type) {
	case *api.Sandbox:
		if runs(o) {
			_, id, ok = sn.NodeOf(c.ID)
		}
	case nil:
		if f, is := c.Old.(*api.Fault); is {
			_, id, ok = sn.Get(api.KindNode, "", f.Target())
		}
	}
	if ok {
		enqueue(id)
	}
}

// runs tells whether some container of a sandbox does.
func runs(box *api.Sandbox) bool {
	for i := range box.Containers {
		if box.Containers[i].State == api.RunRunning {
			return true
		}
	}
	return false
}

// Reconcile looks at one node's memory and comes back when it will be short.
func (e *Eviction) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	node, ok := o.(*api.Node)
	if !ok {
		return
	}
	if m := machineOf(in.Snapshot, node.Name); m.asleep() || m.cut != 0 {
		return
	}
	plan.Actor, plan.Local = "kubelet", true
	capacity := node.Status.Capacity[api.ResourceMemory]
	available, leak := capacity.Value()-systemMemory, int64(0)
	var worst usage
	for id, o := range in.Snapshot.OnNode(api.KindSandbox, in.Key) {
		if box, ok := o.(*api.Sandbox); ok {
			u := e.usage(in, id, box)
			available -= u.bytes
			leak += u.leak
			if u.pod != nil && (worst.pod == nil || u.before(&worst)) {
				worst = u
			}
		}
	}
	short := available < evictBelow
	e.condition(in, node, short, plan)
	switch {
	case short && worst.pod != nil:
		evict(in, node, &worst, available, plan)
		plan.Again(time.Second)
	case leak > 0:
		plan.Again(time.Duration((available-evictBelow)/leak+1) * time.Second)
	}
}

// usage is what the containers of one pod hold.
type usage struct {
	pod     *api.Pod // nil if it cannot be evicted
	id      store.ID
	bytes   int64
	request int64
	leak    int64 // by how much it grows each second
	message string
}

// usage adds up one sandbox.
func (e *Eviction) usage(in reconcile.Input, boxID store.ID, box *api.Sandbox) usage {
	var u usage
	pod, id, ok := podOf(in.Snapshot, boxID, box)
	if !ok {
		return u
	}
	running := false
	for i := range box.Containers {
		c := &box.Containers[i]
		spec := workload.SpecOf(pod, c)
		if c.State != api.RunRunning || spec == nil {
			continue
		}
		running = true
		b := e.catalog.Of(pod, spec, c)
		age := time.Duration(int64(in.Now) - c.Since)
		_, now := b.Usage(age)
		_, later := b.Usage(age + time.Second)
		request := spec.Resources.Requests[api.ResourceMemory]
		u.bytes, u.leak, u.request = u.bytes+now, u.leak+later-now, u.request+request.Value()
		if now > request.Value() {
			u.message += "Container " + c.Name + " was using " + kibi(now) + ", request is " + request.String() + ", has larger consumption of memory. "
		}
	}
	if running && pod.Status.Phase == api.PodRunning && pod.DeletionTimestamp == 0 {
		u.pod, u.id = pod, id
	}
	return u
}

// before tells whether a pod is evicted before another: first those that take more than they asked for, then those of lower
// priority, then those that take the most beyond their request.
func (u *usage) before(o *usage) bool {
	if a, b := u.bytes > u.request, o.bytes > o.request; a != b {
		return a
	}
	if a, b := priority(u.pod), priority(o.pod); a != b {
		return a < b
	}
	return u.bytes-u.request > o.bytes-o.request
}

func priority(p *api.Pod) int32 {
	if p.Spec.Priority == nil {
		return 0
	}
	return *p.Spec.Priority
}

func kibi(n int64) string { return strconv.FormatInt(max(n, 0)>>10, 10) + "Ki" }

// evict makes a pod one that has failed; its kubelet then stops what runs of it.
func evict(in reconcile.Input, node *api.Node, u *usage, available int64, plan *reconcile.Plan) {
	low := "The node was low on resource: memory. Threshold quantity: 100Mi, available: " + kibi(available) + ". "
	pod := *u.pod
	pod.Status.Phase, pod.Status.Reason, pod.Status.Message = api.PodFailed, api.ReasonEvicted, low+u.message
	pod.Status.Conditions = api.SetPodCondition(pod.Status.Conditions, api.PodCondition{
		Type: api.DisruptionTarget, Status: api.ConditionTrue, Reason: api.ReasonTerminationByKubelet, Message: low,
		LastTransitionTime: in.Wall, ObservedGeneration: pod.Generation,
	})
	about := func(o api.Object, kind, reason, message string) {
		plan.Record(reconcile.Event{About: o, Type: kind, Reason: reason, Message: message, Component: "kubelet", Host: node.Name})
	}
	about(node, api.EventWarning, "EvictionThresholdMet", "Attempting to reclaim memory")
	plan.Update(u.id, &pod, api.ReasonEvicted)
	about(u.pod, api.EventWarning, api.ReasonEvicted, low+u.message)
}

// condition says on the node whether memory is short. It stays said for at least five minutes.
func (e *Eviction) condition(in reconcile.Input, node *api.Node, short bool, plan *reconcile.Plan) {
	for i := range node.Status.Conditions {
		c := node.Status.Conditions[i]
		if c.Type != api.NodeMemoryPressure || c.Status == api.ConditionUnknown {
			continue
		}
		said := c.Status == api.ConditionTrue
		if left := time.Duration(c.LastTransitionTime-in.Wall)*time.Second + pressureFor; said && !short && left > 0 {
			plan.Again(left)
			return
		}
		if said == short {
			return
		}
		next := *node
		next.Status.Conditions = append([]api.NodeCondition(nil), node.Status.Conditions...)
		reason := "NodeHasSufficientMemory"
		c = healthy(api.NodeMemoryPressure)
		if short {
			reason = "NodeHasInsufficientMemory"
			c = api.NodeCondition{Status: api.ConditionTrue, Reason: api.ReasonKubeletHasInsufficientMemory, Message: "kubelet has insufficient memory available"}
			plan.Again(pressureFor)
		}
		c.Type, c.LastHeartbeatTime, c.LastTransitionTime = api.NodeMemoryPressure, in.Wall, in.Wall
		next.Status.Conditions[i] = c
		plan.Update(in.Key, &next, reason)
		plan.Record(reconcile.Event{
			About: node, Type: api.EventNormal, Reason: reason, Message: "Node " + node.Name + " status is now: " + reason,
			Component: "kubelet", Host: node.Name,
		})
	}
}
