package schedule_test

import (
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// oracle is the dumb scheduler: for every node it reads every pod again, counts with maps, and computes with floats and
// math.Log, in the words of the plugins' documentation. It keeps nothing between two questions.
type oracle struct {
	pod   *api.Pod
	nodes []*api.Node
	pods  []*api.Pod // on nodes
	sn    store.Snapshot
}

func newOracle(p *api.Pod, sn store.Snapshot) *oracle {
	o := &oracle{pod: p, sn: sn}
	for _, n := range sn.List(api.KindNode) {
		o.nodes = append(o.nodes, n.(*api.Node))
	}
	for _, x := range sn.List(api.KindPod) {
		p := x.(*api.Pod)
		if p.Spec.NodeName != "" && p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed && o.node(p) != nil {
			o.pods = append(o.pods, p)
		}
	}
	return o
}

func (o *oracle) node(p *api.Pod) *api.Node {
	for _, n := range o.nodes {
		if n.Name == p.Spec.NodeName {
			return n
		}
	}
	return nil
}

func (o *oracle) on(n *api.Node) (list []*api.Pod) {
	for _, p := range o.pods {
		if p.Spec.NodeName == n.Name {
			list = append(list, p)
		}
	}
	return list
}

// answer is the chosen node, or "" and the message of the event.
func (o *oracle) answer() (node, message string) {
	if len(o.nodes) == 0 {
		return "", "no nodes available to schedule pods"
	}
	scores := o.scores()
	var best []string
	for _, n := range o.nodes {
		score, ok := scores[n.Name]
		switch {
		case !ok:
		case len(best) == 0 || score > scores[best[0]]:
			best = []string{n.Name}
		case score == scores[best[0]]:
			best = append(best, n.Name)
		}
	}
	if len(best) > 1 {
		stream := clock.Fork(0, "default-scheduler "+string(o.pod.UID))
		return best[stream.IntN(len(best))], ""
	}
	if len(best) == 1 {
		return best[0], ""
	}
	return "", o.message()
}

func (o *oracle) message() string {
	said, hopeless := map[string]int{}, 0
	for _, n := range o.nodes {
		reasons, unresolvable := o.filter(n)
		for _, r := range reasons {
			said[r]++
		}
		if unresolvable {
			hopeless++
		}
	}
	list := func(m map[string]int) string {
		var out []string
		for k, n := range m {
			if n > 0 {
				out = append(out, strconv.Itoa(n)+" "+k)
			}
		}
		sort.Strings(out)
		return strings.Join(out, ", ")
	}
	zero := "0/" + strconv.Itoa(len(o.nodes)) + " nodes are available: "
	return zero + list(said) + ". preemption: " + zero + list(map[string]int{
		"Preemption is not helpful for scheduling":     hopeless,
		"No preemption victims found for incoming pod": len(o.nodes) - hopeless,
	}) + "."
}

// filter runs the filters in upstream's order.
func (o *oracle) filter(n *api.Node) (reasons []string, hopeless bool) {
	p := o.pod
	switch {
	case n.Spec.Unschedulable && !tolerated(p, api.Taint{Key: "node.kubernetes.io/unschedulable", Effect: api.TaintNoSchedule}):
		return []string{"node(s) were unschedulable"}, true
	case untolerated(p, n):
		return []string{"node(s) had untolerated taint(s)"}, true
	case !wanted(p, n):
		return []string{"node(s) didn't match Pod's node affinity/selector"}, true
	}
	for _, other := range o.on(n) {
		for _, a := range other.Spec.Containers[0].Ports {
			for _, b := range p.Spec.Containers[0].Ports {
				if a.HostPort != 0 && a.HostPort == b.HostPort {
					return []string{"node(s) didn't have free ports for the requested pod ports"}, false
				}
			}
		}
	}
	if reasons, hopeless := o.resources(n); len(reasons) > 0 {
		return reasons, hopeless
	}
	if reason, hopeless := o.spreadFilter(n); reason != "" {
		return []string{reason}, hopeless
	}
	return o.affinityFilter(n)
}

func (o *oracle) used(n *api.Node) (cpu, memory, askedCPU, askedMemory int64) {
	for _, p := range o.on(n) {
		used, asked := schedule.Requests(p)
		cpu, memory, askedCPU, askedMemory = cpu+used.CPU, memory+used.Memory, askedCPU+asked.CPU, askedMemory+asked.Memory
	}
	return cpu, memory, askedCPU, askedMemory
}

func have(n *api.Node) (cpu, memory, pods int64) {
	a := n.Status.Allocatable
	c, m, p := a[api.ResourceCPU], a[api.ResourceMemory], a[api.ResourcePods]
	return c.Milli(), m.Value(), p.Value()
}

func (o *oracle) resources(n *api.Node) (reasons []string, hopeless bool) {
	want, _ := schedule.Requests(o.pod)
	cpu, memory, _, _ := o.used(n)
	haveCPU, haveMemory, most := have(n)
	if int64(len(o.on(n)))+1 > most {
		reasons = append(reasons, "Too many pods")
	}
	if want.CPU > 0 && cpu+want.CPU > haveCPU {
		reasons, hopeless = append(reasons, "Insufficient cpu"), want.CPU > haveCPU
	}
	if want.Memory > 0 && memory+want.Memory > haveMemory {
		reasons, hopeless = append(reasons, "Insufficient memory"), hopeless || want.Memory > haveMemory
	}
	return reasons, hopeless
}

func (o *oracle) constraints(action api.UnsatisfiableAction) (list []api.TopologySpreadConstraint) {
	for _, c := range o.pod.Spec.TopologySpreadConstraints {
		if c.WhenUnsatisfiable == action {
			list = append(list, c)
		}
	}
	return list
}

// counted is how many pods on a node count for a selector.
func (o *oracle) counted(n *api.Node, match func(*api.Pod) bool) (count int) {
	for _, p := range o.on(n) {
		if p.Namespace == o.pod.Namespace && p.DeletionTimestamp == 0 && match(p) {
			count++
		}
	}
	return count
}

func matcher(c api.TopologySpreadConstraint) func(*api.Pod) bool {
	return func(p *api.Pod) bool {
		empty := c.LabelSelector != nil && len(c.LabelSelector.MatchLabels)+len(c.LabelSelector.MatchExpressions) == 0
		return !empty && selects(c.LabelSelector, p)
	}
}

func (o *oracle) counts(c api.TopologySpreadConstraint, n *api.Node) bool {
	if (c.NodeAffinityPolicy == nil || *c.NodeAffinityPolicy == api.NodeInclusionHonor) && !wanted(o.pod, n) {
		return false
	}
	return c.NodeTaintsPolicy == nil || *c.NodeTaintsPolicy == api.NodeInclusionIgnore || !untolerated(o.pod, n)
}

func hasAll(n *api.Node, list []api.TopologySpreadConstraint) bool {
	for _, c := range list {
		if _, ok := n.Labels[c.TopologyKey]; !ok {
			return false
		}
	}
	return true
}

func (o *oracle) spreadFilter(n *api.Node) (string, bool) {
	hard := o.constraints(api.DoNotSchedule)
	for _, c := range hard {
		value, ok := n.Labels[c.TopologyKey]
		if !ok {
			return "node(s) didn't match pod topology spread constraints (missing required label)", true
		}
		per := map[string]int{}
		for _, other := range o.nodes {
			if hasAll(other, hard) && o.counts(c, other) {
				per[other.Labels[c.TopologyKey]] += o.counted(other, matcher(c))
			}
		}
		least := math.MaxInt32
		for _, count := range per {
			least = min(least, count)
		}
		if c.MinDomains != nil && len(per) < int(*c.MinDomains) || len(per) == 0 {
			least = 0
		}
		self := 0
		if selects(c.LabelSelector, o.pod) {
			self = 1
		}
		if per[value]+self-least > int(c.MaxSkew) {
			return "node(s) didn't match pod topology spread constraints", false
		}
	}
	return "", false
}

// about tells whether a term of the owner is about a pod.
func (o *oracle) about(t api.PodAffinityTerm, owner, p *api.Pod) bool {
	in := slices.Contains(t.Namespaces, p.Namespace) || len(t.Namespaces) == 0 && t.NamespaceSelector == nil && owner.Namespace == p.Namespace
	if t.NamespaceSelector != nil {
		if ns, _, ok := o.sn.Get(api.KindNamespace, "", p.Namespace); ok {
			in = in || selects(t.NamespaceSelector, &api.Pod{ObjectMeta: api.ObjectMeta{Labels: ns.Meta().Labels}})
		}
	}
	if !in || !selects(t.LabelSelector, p) {
		return false
	}
	for _, key := range t.MatchLabelKeys {
		if v, ok := owner.Labels[key]; ok && p.Labels[key] != v {
			return false
		}
	}
	for _, key := range t.MismatchLabelKeys {
		if v, ok := owner.Labels[key]; ok && p.Labels[key] == v {
			return false
		}
	}
	return true
}

func required(p *api.Pod, anti bool) []api.PodAffinityTerm {
	if p.Spec.Affinity == nil {
		return nil
	}
	a := p.Spec.Affinity.PodAffinity
	if anti {
		a = p.Spec.Affinity.PodAntiAffinity
	}
	if a == nil {
		return nil
	}
	return a.RequiredDuringSchedulingIgnoredDuringExecution
}

func together(a, b *api.Node, key string) bool {
	x, ok := a.Labels[key]
	y, ok2 := b.Labels[key]
	return ok && ok2 && x == y
}

func (o *oracle) affinityFilter(n *api.Node) ([]string, bool) {
	near := required(o.pod, false)
	all := func(p *api.Pod) bool {
		for _, t := range near {
			if !o.about(t, o.pod, p) {
				return false
			}
		}
		return true
	}
	met, somewhere := true, false
	for _, t := range near {
		if _, ok := n.Labels[t.TopologyKey]; !ok {
			return []string{"node(s) didn't match pod affinity rules"}, true
		}
		here := false
		for _, p := range o.pods {
			_, labelled := o.node(p).Labels[t.TopologyKey]
			somewhere = somewhere || all(p) && labelled
			here = here || all(p) && together(n, o.node(p), t.TopologyKey)
		}
		met = met && here
	}
	if !met && (somewhere || !all(o.pod)) {
		return []string{"node(s) didn't match pod affinity rules"}, true
	}
	for _, p := range o.pods {
		for _, t := range required(o.pod, true) {
			if o.about(t, o.pod, p) && together(n, o.node(p), t.TopologyKey) {
				return []string{"node(s) didn't match pod anti-affinity rules"}, false
			}
		}
	}
	for _, p := range o.pods {
		for _, t := range required(p, true) {
			if o.about(t, p, o.pod) && together(n, o.node(p), t.TopologyKey) {
				return []string{"node(s) didn't satisfy existing pods anti-affinity rules"}, false
			}
		}
	}
	return nil, false
}
