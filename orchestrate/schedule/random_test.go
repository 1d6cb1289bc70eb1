package schedule_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"pgregory.net/rapid"
)

func pick[T any](t *rapid.T, what string, of ...T) T { return rapid.SampledFrom(of).Draw(t, what) }

func often(t *rapid.T, what string, of int) bool { return rapid.IntRange(1, of).Draw(t, what) == 1 }

func randomNode(t *rapid.T, name string) *api.Node {
	n := node(name, pick(t, "cpu", "1", "2", "4"), func(n *api.Node) {
		n.Status.Allocatable[api.ResourcePods] = api.MustQuantity(pick(t, "pods", "2", "10"))
		n.Status.Allocatable[api.ResourceMemory] = api.MustQuantity(pick(t, "memory", "1Gi", "3Gi"))
	})
	for _, key := range []string{api.LabelZone, "rack", "size"} {
		if v := pick(t, key, "", "a", "1", "2"); v != "" {
			n.Labels[key] = v
		}
	}
	if often(t, "odd host", 8) {
		n.Labels[api.LabelHostname] = "shared"
	}
	n.Spec.Unschedulable = often(t, "cordoned", 8)
	if often(t, "tainted", 3) {
		n.Spec.Taints = []api.Taint{{Key: "t", Value: pick(t, "value", "x", "y"), Effect: pick(t, "effect", api.TaintNoSchedule, api.TaintPreferNoSchedule)}}
	}
	if often(t, "image", 3) {
		n.Status.Images = []api.ContainerImage{{Names: []string{"registry.example/app:latest"}, SizeBytes: pick(t, "bytes", int64(50<<20), 900<<20)}}
	}
	return n
}

func randomSelector(t *rapid.T) *api.LabelSelector {
	switch rapid.IntRange(0, 5).Draw(t, "selector") {
	case 0:
		return nil
	case 1:
		return &api.LabelSelector{}
	case 2:
		return &api.LabelSelector{MatchExpressions: []api.LabelSelectorRequirement{{Key: "app", Operator: pick(t, "op", api.LabelIn, api.LabelNotIn), Values: []string{"web"}}}}
	}
	return &api.LabelSelector{MatchLabels: map[string]string{"app": pick(t, "app", "web", "db")}}
}

func randomTerm(t *rapid.T) api.PodAffinityTerm {
	term := api.PodAffinityTerm{LabelSelector: randomSelector(t), TopologyKey: pick(t, "key", api.LabelHostname, api.LabelZone, "rack")}
	switch rapid.IntRange(0, 5).Draw(t, "namespaces") {
	case 0:
		term.Namespaces = []string{"other"}
	case 1:
		term.NamespaceSelector = randomSelector(t)
	case 2:
		term.MatchLabelKeys = []string{"version"}
	case 3:
		term.MismatchLabelKeys = []string{"version"}
	}
	return term
}

func randomPodAffinity(t *rapid.T) *api.PodAffinity {
	a := &api.PodAffinity{}
	if often(t, "required", 2) {
		a.RequiredDuringSchedulingIgnoredDuringExecution = append(a.RequiredDuringSchedulingIgnoredDuringExecution, randomTerm(t))
	}
	for range rapid.IntRange(0, 2).Draw(t, "preferred") {
		a.PreferredDuringSchedulingIgnoredDuringExecution = append(a.PreferredDuringSchedulingIgnoredDuringExecution,
			api.WeightedPodAffinityTerm{Weight: int32(rapid.IntRange(1, 100).Draw(t, "weight")), PodAffinityTerm: randomTerm(t)})
	}
	return a
}

func randomNodeTerm(t *rapid.T) api.NodeSelectorTerm {
	op := pick(t, "op", api.NodeIn, api.NodeNotIn, api.NodeExists, api.NodeDoesNotExist, api.NodeGt, api.NodeLt)
	r := api.NodeSelectorRequirement{Key: pick(t, "key", api.LabelZone, "size"), Operator: op}
	if op != api.NodeExists && op != api.NodeDoesNotExist {
		r.Values = []string{pick(t, "value", "1", "2")}
	}
	return api.NodeSelectorTerm{MatchExpressions: []api.NodeSelectorRequirement{r}}
}

func randomAffinity(t *rapid.T) *api.Affinity {
	a := &api.Affinity{}
	if often(t, "node affinity", 3) {
		a.NodeAffinity = &api.NodeAffinity{}
		if often(t, "required", 2) {
			a.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution = &api.NodeSelector{NodeSelectorTerms: []api.NodeSelectorTerm{randomNodeTerm(t), randomNodeTerm(t)}}
		}
		a.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution = []api.PreferredSchedulingTerm{{Weight: 7, Preference: randomNodeTerm(t)}, {Weight: 30, Preference: randomNodeTerm(t)}}
	}
	if often(t, "affinity", 3) {
		a.PodAffinity = randomPodAffinity(t)
	}
	if often(t, "anti-affinity", 3) {
		a.PodAntiAffinity = randomPodAffinity(t)
	}
	return a
}

func randomSpread(t *rapid.T) api.TopologySpreadConstraint {
	c := api.TopologySpreadConstraint{
		MaxSkew: int32(rapid.IntRange(1, 2).Draw(t, "skew")), TopologyKey: pick(t, "key", api.LabelHostname, api.LabelZone, "rack"),
		WhenUnsatisfiable: pick(t, "action", api.DoNotSchedule, api.ScheduleAnyway), LabelSelector: randomSelector(t),
	}
	if often(t, "min domains", 4) && c.WhenUnsatisfiable == api.DoNotSchedule {
		three := int32(3)
		c.MinDomains = &three
	}
	if often(t, "policies", 3) {
		c.NodeAffinityPolicy = ptr(pick(t, "by affinity", api.NodeInclusionHonor, api.NodeInclusionIgnore))
		c.NodeTaintsPolicy = ptr(pick(t, "by taints", api.NodeInclusionHonor, api.NodeInclusionIgnore))
	}
	return c
}

func ptr[T any](v T) *T { return &v }

// randomPods gives a maker of equal pods, so that classes are used again.
func randomPods(t *rapid.T, set int) func(i int) *api.Pod {
	made := pod(pick(t, "cpu", "", "100m", "500m", "3"), nil)
	if often(t, "memory", 2) {
		made.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceMemory: api.MustQuantity("300Mi")}
	}
	made.Spec.Containers[0].Image = pick(t, "image", "nginx", "registry.example/app")
	made.Namespace = pick(t, "namespace", "default", "default", "other")
	made.Labels = map[string]string{"app": pick(t, "app", "web", "db"), "version": pick(t, "version", "1", "2")}
	if often(t, "selector", 6) {
		made.Spec.NodeSelector = map[string]string{api.LabelZone: "a"}
	}
	if often(t, "tolerates", 3) {
		made.Spec.Tolerations = []api.Toleration{{Key: "t", Operator: api.TolerationEqual, Value: "x"}}
	}
	if often(t, "affinity", 2) {
		made.Spec.Affinity = randomAffinity(t)
	}
	if often(t, "port", 8) {
		made.Spec.Containers[0].Ports = []api.ContainerPort{{ContainerPort: 80, HostPort: 80}}
	}
	if often(t, "spread", 3) {
		for range rapid.IntRange(1, 2).Draw(t, "constraints") {
			made.Spec.TopologySpreadConstraints = append(made.Spec.TopologySpreadConstraints, randomSpread(t))
		}
	}
	if often(t, "owned", 2) {
		made.OwnerReferences = []api.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: pick(t, "rs", "web", "db"), Controller: ptr(true)}}
	}
	made.Spec.SchedulerName = schedule.Name
	return func(i int) *api.Pod {
		p := api.DeepCopy(made).(*api.Pod)
		p.Name = fmt.Sprintf("p%d-%d", set, i)
		p.UID = api.UID(p.Name)
		return p
	}
}

// disturb changes something that is there.
func (r *rig) disturb(t *rapid.T, step int) {
	sn := r.store.Latest(store.AllKinds)
	any := func(kind api.Kind) (store.ID, api.Object) {
		var ids []store.ID
		for id := range sn.List(kind) {
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return 0, nil
		}
		id := pick(t, "which", ids...)
		o, _ := sn.ByID(id)
		return id, o
	}
	kind := pick(t, "kind", api.KindPod, api.KindPod, api.KindNode, api.KindService, api.KindReplicaSet, api.KindNamespace, api.KindNone)
	id, old := any(kind)
	switch {
	case kind == api.KindNone:
		r.reset()
	case kind == api.KindService && (old == nil || often(t, "new", 2)):
		r.create(&api.Service{ObjectMeta: api.ObjectMeta{Name: fmt.Sprint("s", step), Namespace: "default"},
			Spec: api.ServiceSpec{Selector: map[string]string{pick(t, "label", "app", "version"): pick(t, "value", "web", "1")}}})
	case kind == api.KindNode && (old == nil || often(t, "new", 4)):
		r.create(randomNode(t, fmt.Sprint("m", step)))
	case old == nil:
	case kind != api.KindNamespace && often(t, "delete", 3):
		r.put(store.Write{Verb: store.VerbDelete, ID: id})
	default:
		r.put(store.Write{Verb: store.VerbUpdate, ID: id, Object: changed(t, old)})
	}
}

func changed(t *rapid.T, old api.Object) api.Object {
	next := old.Clone()
	switch o := next.(type) {
	case *api.Pod:
		switch pick(t, "what", "labels", "delete", "finish") {
		case "labels":
			o.Labels = map[string]string{"app": pick(t, "app", "web", "db")}
		case "delete":
			o.DeletionTimestamp = 7
		default:
			o.Status.Phase = api.PodSucceeded
		}
	case *api.Node:
		return func() api.Object { n := randomNode(t, o.Name); return n }()
	case *api.Service:
		o.Spec.Selector = map[string]string{"app": "db"}
	case *api.ReplicaSet:
		o.Spec.Selector = &api.LabelSelector{MatchLabels: map[string]string{"version": "1"}} // as if it was made again
	case *api.Namespace:
		o.Labels = map[string]string{"app": pick(t, "app", "web", "db")}
	}
	return next
}
