package schedule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// reason is why a node cannot take a pod.
type reason uint8

const (
	fits reason = iota
	contrary
	elsewhere
	unschedulable
	tainted
	unwanted
	portTaken
	lacking
	unlabelled
	skewed
	farFrom
	tooNear
	repelled
)

// reasons are in upstream's words. Where it is hopeless, removing other pods from the node would not help.
var reasons = [...]struct {
	text     string
	hopeless bool
}{
	contrary:      {"pod affinity terms conflict", true},
	elsewhere:     {"node(s) didn't satisfy plugin(s) [NodeAffinity]", true},
	unschedulable: {"node(s) were unschedulable", true},
	tainted:       {"node(s) had untolerated taint(s)", true},
	unwanted:      {"node(s) didn't match Pod's node affinity/selector", true},
	portTaken:     {"node(s) didn't have free ports for the requested pod ports", false},
	lacking:       {"", false}, // named one by one
	unlabelled:    {"node(s) didn't match pod topology spread constraints (missing required label)", true},
	skewed:        {"node(s) didn't match pod topology spread constraints", false},
	farFrom:       {"node(s) didn't match pod affinity rules", true},
	tooNear:       {"node(s) didn't match pod anti-affinity rules", false},
	repelled:      {"node(s) didn't satisfy existing pods anti-affinity rules", false},
}

// Verdict is what the scheduler thinks of one node for one pod.
type Verdict struct {
	// Node is the node's name.
	Node string
	// Reasons say why it cannot take the pod, in upstream's words; empty if it can.
	Reasons []string
	// Hopeless tells that removing other pods from the node would not help.
	Hopeless bool
	// Score is the weighted sum of Scores, higher is better; 0 for a node that cannot.
	Score int64
	// Scores are what each plugin says, in a fixed order; empty for a node that cannot.
	Scores []Score
}

// Score is what one plugin thinks of a node.
type Score struct {
	// Plugin is its name upstream, for example NodeResourcesFit.
	Plugin string
	// Points are from 0 to 100 and count Weight times.
	Points, Weight int64
}

// Fits tells whether the node can take the pod.
func (v Verdict) Fits() bool { return len(v.Reasons) == 0 }

// Verdicts judges every node of a snapshot for a pod, by name. It is the same decision the scheduler took or
// would take at that revision.
func Verdicts(p *api.Pod, sn store.Snapshot) []Verdict {
	d := newDigest()
	for _, kind := range watched {
		for id, o := range sn.List(kind) {
			d.observe(store.Change{ID: id, Kind: kind, New: o})
		}
	}
	return d.class(p, sn).verdicts()
}

// Best are the indexes of the verdicts with the highest score; one of them was drawn by lot. None if no node fits.
func Best(verdicts []Verdict) (best []int) {
	for i, v := range verdicts {
		switch {
		case !v.Fits():
		case len(best) == 0 || v.Score > verdicts[best[0]].Score:
			best = append(best[:0], i)
		case v.Score == verdicts[best[0]].Score:
			best = append(best, i)
		}
	}
	return best
}

func (c *class) verdicts() []Verdict {
	m := c.decide()
	out := make([]Verdict, len(c.digest.nodes))
	for i := range out {
		out[i] = c.verdict(i, &m)
	}
	return out
}

// verdict is that on one node, after a decision.
func (c *class) verdict(i int, m *measure) Verdict {
	info := c.digest.nodes[i]
	v := Verdict{Node: info.name}
	why, r := c.fixed[i].why, c.rowOf[i]
	switch {
	case why != fits:
	case r != nil:
		why = r.why
	case info.taken(c.ports):
		why = portTaken
	default:
		why = lacking
	}
	switch why {
	case fits:
		p := m.points(r)
		p[pluginFit], p[pluginBalance], p[pluginImages] = c.least(info), c.balance(info), int64(c.fixed[i].images)
		for j, n := range p {
			v.Scores = append(v.Scores, Score{plugins[j].name, n, plugins[j].weight})
		}
		v.Score = total(p)
	case lacking:
		v.Reasons, v.Hopeless = info.lacks(&c.used)
	default:
		v.Reasons, v.Hopeless = []string{reasons[why].text}, reasons[why].hopeless
	}
	return v
}

// explain is Explain for a pod of the class. Many pods may wait for the same reason; it is put into words once.
func (c *class) explain(p *api.Pod) string {
	if never(p) {
		return Explain(p, c.verdicts())
	}
	if c.said == "" {
		c.said = Explain(p, c.verdicts())
	}
	return c.said
}

// never tells whether the pod does not want others to be pushed out for it. It is not part of its class.
func never(p *api.Pod) bool {
	return p.Spec.PreemptionPolicy != nil && *p.Spec.PreemptionPolicy == api.PreemptNever
}

// Explain is the sentence of a FailedScheduling event: how many nodes said what, then what preemption could do for the pod.
func Explain(p *api.Pod, verdicts []Verdict) string {
	if len(verdicts) == 0 {
		return "no nodes available to schedule pods"
	}
	said, help := map[string]int{}, map[string]int{}
	for _, v := range verdicts {
		for _, r := range v.Reasons {
			said[r]++
		}
		if v.Hopeless {
			help["Preemption is not helpful for scheduling"]++
		} else {
			help["No preemption victims found for incoming pod"]++
		}
	}
	zero := "0/" + strconv.Itoa(len(verdicts)) + " nodes are available: "
	why := counted(said)
	if said[reasons[contrary].text] > 0 {
		why = reasons[contrary].text
	}
	if never(p) {
		return zero + why + ". preemption: not eligible due to preemptionPolicy=Never."
	}
	return zero + why + ". preemption: " + zero + counted(help) + "."
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
