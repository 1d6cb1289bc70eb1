package orchestrate_test

import (
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

// laws are what must hold after every write. They follow a watch, so that they see each step and not only where it ends.
type laws struct {
	chaos
	watch   store.Cursor
	last    api.Revision
	changes int
	node    map[api.UID]string // where each pod was bound
	used    map[string]int64   // requests on each node, in thousandths of a core
	mine    map[api.UID]int    // active pods of each ReplicaSet
	wants   map[api.UID][]want // what each ReplicaSet was asked for, in the order of time
	sets    map[api.UID]*api.ReplicaSet
	forget  time.Duration   // how long a ReplicaSet may go by what it was asked for before
	address map[string]bool // those of sandboxes
	started map[string]bool // ids of containers that ran
}

type want struct {
	until time.Duration // when it was replaced; 0 while it holds
	n     int
}

func watchLaws(c chaos, forget time.Duration) *laws {
	return &laws{
		chaos: c, watch: c.Watch(api.KindsOf(api.KindPod, api.KindReplicaSet, api.KindSandbox), 0), node: map[api.UID]string{}, used: map[string]int64{},
		sets: map[api.UID]*api.ReplicaSet{}, mine: map[api.UID]int{}, wants: map[api.UID][]want{}, forget: forget, address: map[string]bool{}, started: map[string]bool{},
	}
}

// hold checks all that was written since it was called last.
func (l *laws) hold() {
	for ch, ok := l.watch.Next(); ok; ch, ok = l.watch.Next() {
		require.Greater(l.t, ch.Rev, l.last, "revisions only rise, and each change is seen once")
		l.last = ch.Rev
		l.changes++
		switch ch.Kind {
		case api.KindReplicaSet:
			l.replicaSet(ch)
		case api.KindPod:
			l.pod(ch)
		case api.KindSandbox:
			l.sandbox(ch)
		}
	}
}

// sawAll checks that the watch has shown every change there was.
func (l *laws) sawAll() {
	n := 0
	for link := range l.Trace(0, l.Revision()) {
		n += one(link.Kind == api.KindPod || link.Kind == api.KindReplicaSet || link.Kind == api.KindSandbox)
	}
	require.Equal(l.t, n, l.changes, "a watch sees every change")
}

func (l *laws) replicaSet(ch store.Change) {
	rs, ok := ch.New.(*api.ReplicaSet)
	if !ok {
		delete(l.sets, ch.Old.Meta().UID)
		return
	}
	if d := managerOf(rs); ch.Old == nil && d != "" {
		//order:irrelevant none may be like it
		for _, other := range l.sets {
			require.False(l.t, managerOf(other) == d && imageOf(other) == imageOf(rs), "%s is a second set for one template, beside %s", rs.Name, other.Name)
		}
	}
	l.sets[rs.UID] = rs
	list, now := l.wants[rs.UID], l.TimeOf(ch.Rev)
	if n := len(list); n > 0 && list[n-1].n == int(*rs.Spec.Replicas) {
		return
	} else if n > 0 {
		list[n-1].until = now
	}
	l.wants[rs.UID] = append(list, want{n: int(*rs.Spec.Replicas)})
}

// imageOf is all in which the templates of these worlds can differ: the image, and when it is pulled, which a default sets by the image a
// Deployment was made with and which stays when that changes.
func imageOf(rs *api.ReplicaSet) string {
	c := &rs.Spec.Template.Spec.Containers[0]
	return c.Image + " " + string(c.ImagePullPolicy)
}

func (l *laws) pod(ch store.Change) {
	old, _ := ch.Old.(*api.Pod)
	now, _ := ch.New.(*api.Pod)
	l.count(old, -1)
	l.count(now, 1)
	if now == nil {
		return
	}
	if was := l.node[now.UID]; was != "" {
		require.Equal(l.t, was, now.Spec.NodeName, "a pod binds once")
	}
	l.node[now.UID] = now.Spec.NodeName
	if holds(now) {
		require.LessOrEqual(l.t, l.used[now.Spec.NodeName], int64(3000), "the requests on %s fit", now.Spec.NodeName)
	}
	rs := managerOf(now)
	if old != nil || rs == "" {
		return
	}
	most := 0
	for _, w := range l.wants[rs] {
		if w.until == 0 || w.until+l.forget >= l.TimeOf(ch.Rev) {
			most = max(most, w.n)
		}
	}
	require.LessOrEqual(l.t, l.mine[rs], most, "no more pods are made than were asked for")
}

func (l *laws) count(p *api.Pod, sign int) {
	if p == nil {
		return
	}
	if holds(p) {
		cpu := p.Spec.Containers[0].Resources.Requests[api.ResourceCPU]
		l.used[p.Spec.NodeName] += int64(sign) * cpu.Milli()
	}
	if isActive(p) {
		l.mine[managerOf(p)] += sign
	}
}

// sandbox checks that no two have one address, and that a container is started anew only when its last run has ended.
func (l *laws) sandbox(ch store.Change) {
	box, ok := ch.New.(*api.Sandbox)
	old, was := ch.Old.(*api.Sandbox)
	if was {
		delete(l.address, old.IP)
	}
	if ok {
		require.NotContains(l.t, l.address, box.IP, "an address is given to one pod")
		l.address[box.IP] = true
	}
	if !ok || !was || old.Dead {
		return
	}
	for i := range box.Containers {
		before, now := &old.Containers[i], &box.Containers[i]
		if before.ContainerID == now.ContainerID {
			continue
		}
		require.NotContains(l.t, l.started, now.ContainerID, "a container is started once")
		require.NotEqual(l.t, api.RunRunning, before.State, "a second container beside one that runs")
		l.started[now.ContainerID] = true
	}
}

func holds(p *api.Pod) bool {
	return p.Spec.NodeName != "" && p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed
}

func managerOf(o api.Object) api.UID {
	for _, r := range o.Meta().OwnerReferences {
		if r.Controller != nil && *r.Controller {
			return r.UID
		}
	}
	return ""
}

// atRest checks what must hold once all is mended and has come to rest.
func (c chaos) atRest() {
	for _, o := range c.Snapshot().List(api.KindDeployment) {
		d := o.(*api.Deployment)
		if d.DeletionTimestamp == 0 && c.room() {
			require.Equal(c.t, *d.Spec.Replicas, d.Status.ReadyReplicas, "%s: as many are ready as are wanted: %+v", d.Name, d.Status)
			require.Equal(c.t, *d.Spec.Replicas, d.Status.Replicas, "%s: and no more", d.Name)
		}
	}
	for _, o := range c.Snapshot().List(api.KindService) {
		require.Equal(c.t, c.behind(o.(*api.Service)), c.listed(o.Meta().Name), "the endpoints of %s are the ready pods it selects", o.Meta().Name)
	}
	for _, kind := range []api.Kind{api.KindPod, api.KindReplicaSet, api.KindEndpointSlice, api.KindSandbox} {
		for _, o := range c.Snapshot().List(kind) {
			require.Zero(c.t, o.Meta().DeletionTimestamp, "%s is still going", o.Meta().Name)
			for _, ref := range o.Meta().OwnerReferences {
				require.True(c.t, c.exists(ref.UID), "%s %s belongs to %s %s, which is gone", kind, o.Meta().Name, ref.Kind, ref.Name)
			}
		}
	}
}

// room tells whether one more pod would fit.
func (c chaos) room() bool {
	pods := 0
	for _, o := range c.Snapshot().List(api.KindPod) {
		pods += one(isActive(o))
	}
	return pods < 24
}

func (c chaos) exists(uid api.UID) bool {
	for kind := api.KindNone + 1; kind < api.NumKinds; kind++ {
		for _, o := range c.Snapshot().List(kind) {
			if o.Meta().UID == uid {
				return true
			}
		}
	}
	return false
}

// behind are the addresses of the pods that a Service should send its requests to.
func (c chaos) behind(s *api.Service) map[string]bool {
	out := map[string]bool{}
	for _, o := range c.Snapshot().List(api.KindPod) {
		if p := o.(*api.Pod); p.Labels["app"] == s.Spec.Selector["app"] && isReady(p) {
			out[p.Status.PodIP] = true
		}
	}
	return out
}

// listed are the addresses at which requests to a Service arrive.
func (c chaos) listed(service string) map[string]bool {
	out := map[string]bool{}
	for _, o := range c.Snapshot().ByLabel(api.KindEndpointSlice, "kubernetes.io/service-name", service) {
		for _, e := range o.(*api.EndpointSlice).Endpoints {
			if *e.Conditions.Ready {
				out[e.Addresses[0]] = true
			}
		}
	}
	return out
}

// summary is what rest looks like to people, whichever way it was come to.
func (c chaos) summary() (out []string) {
	for _, o := range c.Snapshot().List(api.KindDeployment) {
		s := o.(*api.Deployment).Status
		out = append(out, fmt.Sprint(o.Meta().Name, " ", s.Replicas, " ", s.UpdatedReplicas, " ", s.AvailableReplicas))
	}
	for _, o := range c.Snapshot().List(api.KindService) {
		out = append(out, fmt.Sprint("service ", o.Meta().Name, " ", len(c.listed(o.Meta().Name))))
	}
	return out
}

// news are the changes after a revision that are not just signs of life.
func (c chaos) news(since api.Revision) (out []orchestrate.Link) {
	for l := range c.Trace(since, c.Revision()) {
		if l.Kind != api.KindLease && l.Reason != "Heartbeat" {
			out = append(out, l)
		}
	}
	return out
}
