package schedule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Verdict is what the scheduler thinks of one node for one pod.
type Verdict struct {
	// Node is the node's name.
	Node string
	// Reasons say why it cannot take the pod, in upstream's words; empty if it can.
	Reasons []string
	// Hopeless tells that removing other pods from the node would not help.
	Hopeless bool
	// Score is from 0 to 100, higher is better; 0 for a node that cannot.
	Score int64
}

// Fits tells whether the node can take the pod.
func (v Verdict) Fits() bool { return len(v.Reasons) == 0 }

// Verdicts judges every node of a snapshot for a pod, by name. It is the same decision the scheduler took or
// would take at that revision.
func Verdicts(p *api.Pod, sn store.Snapshot) []Verdict {
	d := newDigest()
	for id, o := range sn.List(api.KindNode) {
		d.observe(store.Change{ID: id, Kind: api.KindNode, New: o})
	}
	for id, o := range sn.List(api.KindPod) {
		d.observe(store.Change{ID: id, Kind: api.KindPod, New: o})
	}
	return d.verdicts(p, nil)
}

// Best is the index of the verdict with the highest score, the first by name among equals; -1 if no node fits.
func Best(verdicts []Verdict) int {
	best := -1
	for i, v := range verdicts {
		if v.Fits() && (best < 0 || v.Score > verdicts[best].Score) {
			best = i
		}
	}
	return best
}

// verdicts judges all nodes and appends to out.
func (d *digest) verdicts(p *api.Pod, out []Verdict) []Verdict {
	used, asked := Requests(p)
	for _, n := range d.nodes {
		if n.node != nil {
			out = append(out, n.judge(p, &used, &asked))
		}
	}
	return out
}

// judge runs the filters in upstream's order; the first that refuses speaks, except that all resources
// that do not fit are named.
func (n *nodeInfo) judge(p *api.Pod, used, asked *Resources) Verdict {
	v := Verdict{Node: n.name}
	switch {
	case n.node.Spec.Unschedulable && !tolerates(p, api.Taint{Key: api.TaintNodeUnschedulable, Effect: api.TaintNoSchedule}):
		v.Reasons, v.Hopeless = []string{"node(s) were unschedulable"}, true
	case !toleratesAll(p, n.node.Spec.Taints):
		v.Reasons, v.Hopeless = []string{"node(s) had untolerated taint(s)"}, true
	case !selected(p, n.node):
		v.Reasons, v.Hopeless = []string{"node(s) didn't match Pod's node affinity/selector"}, true
	default:
		v.Reasons, v.Hopeless = n.lacks(used)
	}
	if v.Fits() {
		v.Score = n.score(asked)
	}
	return v
}

// selected tells whether the node has every label the pod's nodeSelector names.
func selected(p *api.Pod, n *api.Node) bool {
	//order:irrelevant all must hold
	for k, want := range p.Spec.NodeSelector {
		if have, ok := n.Labels[k]; !ok || have != want {
			return false
		}
	}
	return true
}

// lacks names each resource of which the node has not enough left. It is hopeless if one is more than the node has
// at all.
func (n *nodeInfo) lacks(r *Resources) (reasons []string, hopeless bool) {
	check := func(name string, want, used, have int64) {
		if want > 0 && want > have-used {
			reasons = append(reasons, "Insufficient "+name)
			hopeless = hopeless || want > have
		}
	}
	if n.pods+1 > n.most {
		reasons = append(reasons, "Too many pods")
	}
	check("cpu", r.CPU, n.used.CPU, n.free.CPU)
	check("memory", r.Memory, n.used.Memory, n.free.Memory)
	check("ephemeral-storage", r.Storage, n.used.Storage, n.free.Storage)
	for _, name := range r.others() {
		check(string(name), r.Other[name], n.used.Other[name], n.free.Other[name])
	}
	return reasons, hopeless
}

// score is the part of cpu and memory that would be left, averaged, in hundredths.
//
// Source: Kubernetes documentation, "Resource Bin Packing", LeastAllocated.
func (n *nodeInfo) score(asked *Resources) int64 {
	left := func(want, used, have int64) int64 {
		if have <= 0 || used+want > have {
			return 0
		}
		return (have - used - want) * 100 / have
	}
	return (left(asked.CPU, n.asked.CPU, n.free.CPU) + left(asked.Memory, n.asked.Memory, n.free.Memory)) / 2
}

// Explain is the sentence of a FailedScheduling event: how many nodes said what, then what preemption could do.
func Explain(verdicts []Verdict) string {
	if len(verdicts) == 0 {
		return "no nodes available to schedule pods"
	}
	reasons, help := map[string]int{}, map[string]int{}
	for _, v := range verdicts {
		for _, r := range v.Reasons {
			reasons[r]++
		}
		if v.Hopeless {
			help["Preemption is not helpful for scheduling"]++
		} else {
			help["No preemption victims found for incoming pod"]++
		}
	}
	zero := "0/" + strconv.Itoa(len(verdicts)) + " nodes are available: "
	return zero + counted(reasons) + ". preemption: " + zero + counted(help) + "."
}

// counted is "1 Insufficient cpu, 2 node(s) were unschedulable", sorted as text.
func counted(reasons map[string]int) string {
	var out []string
	//order:irrelevant sorted below
	for reason, n := range reasons {
		out = append(out, strconv.Itoa(n)+" "+reason)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
