package golden

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// The annotations by which a pod asks to be left to the recorder's hand.
const (
	manualAnnotation = "kubelet"
	holdAnnotation   = "kubelet-delete"
)

// machines stand for the kubelets of all nodes as KWOK does: a bound pod is ready at once, that of a Job has succeeded
// at once, a deleted one is gone at once. Pods that say `kubelet: manual` are left alone.
type machines struct{}

// Describe says who they are.
func (machines) Describe() reconcile.Description {
	return reconcile.Description{
		Name: "kwok", Doc: "says of every pod that all is well",
		Watches: api.KindsOf(api.KindPod), Reads: api.KindsOf(api.KindPod, api.KindNode), Writes: api.KindsOf(api.KindPod),
		Latency: 10 * time.Millisecond,
	}
}

// Route wakes for pods on nodes.
func (machines) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) {
	if p, ok := c.New.(*api.Pod); ok && p.Spec.NodeName != "" {
		enqueue(c.ID)
	}
}

// Reconcile brings one pod where it is to be.
func (machines) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	p, ok := o.(*api.Pod)
	if !ok {
		return
	}
	if _, _, there := in.Snapshot.Get(api.KindNode, "", p.Spec.NodeName); !there {
		return
	}
	if p.DeletionTimestamp != 0 {
		if p.Annotations[holdAnnotation] != "hold" && len(p.Finalizers) == 0 {
			plan.Delete(in.Key, p, "Terminated")
		}
		return
	}
	if p.Annotations[manualAnnotation] == "manual" {
		return
	}
	next := *p
	switch {
	case p.Status.Phase == api.PodPending:
		next.Status = runningStatus(p, uint32(in.Key), true, in.Wall)
	case p.Status.Phase == api.PodRunning && ownedByJob(p):
		next.Status = endedStatus(p, 0, in.Wall)
	default:
		return
	}
	plan.Update(in.Key, &next, string(next.Status.Phase))
}

func ownedByJob(p *api.Pod) bool {
	for _, r := range p.OwnerReferences {
		if r.Kind == "Job" {
			return true
		}
	}
	return false
}

// runningStatus is that of a pod whose containers run.
func runningStatus(p *api.Pod, number uint32, ready bool, now api.Time) api.PodStatus {
	st := p.Status
	st.Phase = api.PodRunning
	st.HostIP = hostIP
	st.HostIPs = []api.HostIP{{IP: st.HostIP}}
	if st.PodIP == "" {
		st.PodIP = "10." + strconv.Itoa(int(number>>16&0xff)) + "." + strconv.Itoa(int(number>>8&0xff)) + "." + strconv.Itoa(int(number&0xff))
	}
	st.PodIPs = []api.PodIP{{IP: st.PodIP}}
	if st.StartTime == 0 {
		st.StartTime = now
	}
	st.ContainerStatuses, st.InitContainerStatuses = nil, nil
	for _, c := range p.Spec.Containers {
		st.ContainerStatuses = append(st.ContainerStatuses, api.ContainerStatus{
			Name: c.Name, Image: c.Image, Ready: ready,
			State: api.ContainerState{Running: &api.ContainerStateRunning{StartedAt: now}},
		})
	}
	for _, c := range p.Spec.InitContainers {
		st.InitContainerStatuses = append(st.InitContainerStatuses, api.ContainerStatus{
			Name: c.Name, Image: c.Image, Ready: true,
			State: api.ContainerState{Terminated: &api.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now}},
		})
	}
	st.Conditions = withConditions(&st, ready, now)
	return st
}

// endedStatus is that of a pod whose containers have ended.
func endedStatus(p *api.Pod, code int32, now api.Time) api.PodStatus {
	st := p.Status
	st.Phase = api.PodSucceeded
	reason := "Completed"
	if code != 0 {
		st.Phase, reason = api.PodFailed, "Error"
	}
	st.ContainerStatuses = nil
	for _, c := range p.Spec.Containers {
		st.ContainerStatuses = append(st.ContainerStatuses, api.ContainerStatus{
			Name: c.Name, Image: c.Image,
			State: api.ContainerState{Terminated: &api.ContainerStateTerminated{ExitCode: code, Reason: reason, StartedAt: st.StartTime, FinishedAt: now}},
		})
	}
	st.Conditions = withConditions(&st, false, now)
	return st
}

// withConditions are the conditions of a pod, of which Ready and ContainersReady say whether it is ready.
func withConditions(st *api.PodStatus, ready bool, now api.Time) []api.PodCondition {
	status := api.ConditionFalse
	if ready {
		status = api.ConditionTrue
	}
	list := st.Conditions
	for _, c := range []api.PodCondition{
		{Type: api.PodInitialized, Status: api.ConditionTrue}, {Type: api.PodReady, Status: status}, {Type: api.ContainersReady, Status: status},
	} {
		c.LastTransitionTime = now
		list = api.SetPodCondition(list, c)
	}
	return list
}
