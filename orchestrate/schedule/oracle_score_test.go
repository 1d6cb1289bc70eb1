package schedule_test

import (
	"math"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
)

// scores are the weighted sums for the nodes that can take the pod.
func (o *oracle) scores() map[string]int64 {
	var able []*api.Node
	for _, n := range o.nodes {
		if reasons, _ := o.filter(n); len(reasons) == 0 {
			able = append(able, n)
		}
	}
	taints, prefer := map[string]int64{}, map[string]int64{}
	for _, n := range able {
		for _, t := range n.Spec.Taints {
			if t.Effect == api.TaintPreferNoSchedule && !tolerated(o.pod, t) {
				taints[n.Name]++
			}
		}
		if a := o.pod.Spec.Affinity; a != nil && a.NodeAffinity != nil {
			for _, w := range a.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution {
				if termHolds(w.Preference, n) {
					prefer[n.Name] += int64(w.Weight)
				}
			}
		}
	}
	mostTaints, mostPrefer := int64(0), int64(0)
	for _, n := range able {
		mostTaints, mostPrefer = max(mostTaints, taints[n.Name]), max(mostPrefer, prefer[n.Name])
	}
	spread, affine := o.spreadScores(able), o.affinityScores(able)
	out := map[string]int64{}
	for _, n := range able {
		sum := int64(300)
		if mostTaints > 0 {
			sum = 3 * (100 - 100*taints[n.Name]/mostTaints)
		}
		if mostPrefer > 0 {
			sum += 2 * (100 * prefer[n.Name] / mostPrefer)
		}
		out[n.Name] = sum + o.resourceScores(n) + 2*spread[n.Name] + 2*affine[n.Name] + o.imageScore(n)
	}
	return out
}

func (o *oracle) resourceScores(n *api.Node) int64 {
	usedCPU, usedMemory, askedCPU, askedMemory := o.used(n)
	cpu, memory, _ := have(n)
	want, asks := schedule.Requests(o.pod)
	part := func(used, of int64) int64 {
		if used > of {
			return 0
		}
		return (of - used) * 100 / of
	}
	score := (part(askedCPU+asks.CPU, cpu) + part(askedMemory+asks.Memory, memory)) / 2
	if want.CPU == 0 && want.Memory == 0 {
		return score
	}
	even := func(c, m int64) int64 {
		a, b := math.Min(1, float64(c)/float64(cpu)), math.Min(1, float64(m)/float64(memory))
		return int64((1 - math.Abs((a-b)/2)) * 100)
	}
	return score + 50 + (50+even(usedCPU+want.CPU, usedMemory+want.Memory)-even(usedCPU, usedMemory))/2
}

func (o *oracle) imageScore(n *api.Node) int64 {
	image := o.pod.Spec.Containers[0].Image
	if !strings.Contains(image, ":") {
		image += ":latest"
	}
	on, size := 0, int64(0)
	for _, other := range o.nodes {
		for _, im := range other.Status.Images {
			if im.Names[0] == image {
				on++
				if other == n {
					size = im.SizeBytes
				}
			}
		}
	}
	const mb = 1 << 20
	sum := int64(float64(size) * (float64(on) / float64(len(o.nodes))))
	return 100 * (min(max(sum, 23*mb), 1000*mb) - 23*mb) / (977 * mb)
}

type softly struct {
	key   string
	skew  int64
	match func(*api.Pod) bool
	of    api.TopologySpreadConstraint
}

// softConstraints are the pod's own, or those every pod of a Service or ReplicaSet has.
func (o *oracle) softConstraints() (list []softly) {
	for _, c := range o.constraints(api.ScheduleAnyway) {
		list = append(list, softly{c.TopologyKey, int64(c.MaxSkew), matcher(c), c})
	}
	if len(o.pod.Spec.TopologySpreadConstraints) > 0 {
		return list
	}
	want := labels.Set{}
	for _, x := range o.sn.List(api.KindService) {
		s := x.(*api.Service)
		if s.Namespace == o.pod.Namespace && len(s.Spec.Selector) > 0 && subset(s.Spec.Selector, o.pod.Labels) {
			want = labels.Merge(want, s.Spec.Selector)
		}
	}
	var rs *api.ReplicaSet
	for _, ref := range o.pod.OwnerReferences {
		if x, _, ok := o.sn.Get(api.KindReplicaSet, o.pod.Namespace, ref.Name); ok && *ref.Controller {
			rs = x.(*api.ReplicaSet)
		}
	}
	if len(want) == 0 && rs == nil {
		return nil
	}
	match := func(p *api.Pod) bool { return subset(want, p.Labels) && (rs == nil || selects(rs.Spec.Selector, p)) }
	return []softly{{"kubernetes.io/hostname", 3, match, api.TopologySpreadConstraint{}}, {"topology.kubernetes.io/zone", 5, match, api.TopologySpreadConstraint{}}}
}

func subset(want, of map[string]string) bool {
	for k, v := range want {
		if of[k] != v {
			return false
		}
	}
	return true
}

func (o *oracle) spreadScores(able []*api.Node) map[string]int64 {
	soft := o.softConstraints()
	if len(soft) == 0 {
		return nil
	}
	strict := len(o.pod.Spec.TopologySpreadConstraints) > 0
	ignored := func(n *api.Node) bool { return strict && !hasAll(n, o.constraints(api.ScheduleAnyway)) }
	raw := map[string]float64{}
	for _, c := range soft {
		values, nodes := map[string]bool{}, 0
		for _, n := range able {
			if !ignored(n) {
				nodes++
				values[n.Labels[c.key]] = true
			}
		}
		weight := math.Log(float64(len(values) + 2))
		if c.key == "kubernetes.io/hostname" {
			weight = math.Log(float64(nodes + 2))
		}
		for _, n := range able {
			value, ok := n.Labels[c.key]
			if !ok || ignored(n) {
				continue
			}
			count := 0
			for _, other := range o.nodes {
				switch {
				case c.key == "kubernetes.io/hostname":
					if other == n {
						count = o.counted(other, c.match)
					}
				case other.Labels[c.key] == value && !ignored(other) && hasKey(other, c.key) && o.counts(c.of, other):
					count += o.counted(other, c.match)
				}
			}
			raw[n.Name] += float64(count)*weight + float64(c.skew-1)
		}
	}
	least, most := int64(math.MaxInt64), int64(0)
	for _, n := range able {
		if !ignored(n) {
			s := int64(math.Round(raw[n.Name]))
			least, most = min(least, s), max(most, s)
		}
	}
	out := map[string]int64{}
	for _, n := range able {
		switch {
		case ignored(n):
		case most == 0:
			out[n.Name] = 100
		default:
			out[n.Name] = 100 * (most + least - int64(math.Round(raw[n.Name]))) / most
		}
	}
	return out
}

func hasKey(n *api.Node, key string) bool {
	_, ok := n.Labels[key]
	return ok
}

func preferences(p *api.Pod, yield func(api.PodAffinityTerm, int64)) {
	if p.Spec.Affinity == nil {
		return
	}
	if a := p.Spec.Affinity.PodAffinity; a != nil {
		for _, w := range a.PreferredDuringSchedulingIgnoredDuringExecution {
			yield(w.PodAffinityTerm, int64(w.Weight))
		}
	}
	if a := p.Spec.Affinity.PodAntiAffinity; a != nil {
		for _, w := range a.PreferredDuringSchedulingIgnoredDuringExecution {
			yield(w.PodAffinityTerm, -int64(w.Weight))
		}
	}
}

func (o *oracle) affinityScores(able []*api.Node) map[string]int64 {
	raw := map[string]int64{}
	for _, n := range able {
		for _, p := range o.pods {
			add := func(t api.PodAffinityTerm, owner, about *api.Pod, weight int64) {
				if o.about(t, owner, about) && together(n, o.node(p), t.TopologyKey) && n.Labels[t.TopologyKey] != "" {
					raw[n.Name] += weight
				}
			}
			preferences(o.pod, func(t api.PodAffinityTerm, w int64) { add(t, o.pod, p, w) })
			preferences(p, func(t api.PodAffinityTerm, w int64) { add(t, p, o.pod, w) })
			for _, t := range required(p, false) {
				add(t, p, o.pod, 1)
			}
		}
	}
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for _, n := range able {
		least, most = min(least, raw[n.Name]), max(most, raw[n.Name])
	}
	out := map[string]int64{}
	for _, n := range able {
		if most > least {
			out[n.Name] = int64(100 * (float64(raw[n.Name]-least) / float64(most-least)))
		}
	}
	return out
}
