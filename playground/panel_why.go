package playground

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Most of what the panel of causes lists.
const (
	mostLinks    = 40
	mostVerdicts = 60
)

// writeWhy is the panel of causes: the chain that made the object on show what it is and, for a pod, what the scheduler said
// of each node.
func writeWhy(v *panelView, p *pen) {
	v.writeSubject(p)
	var chain []orchestrate.Link
	if v.of.res != nil {
		chain = v.s.cluster.Why(v.of.res.Kind, v.of.namespace, v.of.name, v.sn.Revision())
	}
	// What a person asked for is first and what happened last: what is left out lies between.
	left := max(0, len(chain)-mostLinks)
	p.begin("chain", '[')
	for i, l := range chain {
		if i == 0 || i > left {
			writeLink(p, l)
		}
	}
	p.end(']')
	p.number("moreChain", int64(left))
	var d orchestrate.Decision
	if v.of.res != nil && v.of.res.Kind == api.KindPod {
		d, _ = v.s.cluster.Decision(v.of.namespace, v.of.name, v.sn.Revision())
	}
	writeDecision(p, d)
}

func writeLink(p *pen, l orchestrate.Link) {
	p.begin("", '{')
	p.number("ms", int64(l.Time/time.Millisecond))
	p.text("actor", l.Actor)
	p.text("did", did(l.Verb))
	p.text("reason", l.Reason)
	p.text("key", keyOf(l.Kind, l.Namespace, l.Name))
	switch {
	case l.Input != "":
		p.text("what", printableLine(l.Input))
	case l.Kind == api.KindSandbox:
		p.text("what", "sandbox/"+l.Name)
	default:
		p.text("what", strings.ToLower(l.Kind.String())+"/"+l.Name)
	}
	p.end('}')
}

// did is the message id of what a line of the trace did.
func did(v store.Verb) string {
	switch v {
	case store.VerbCreate:
		return "created"
	case store.VerbUpdate:
		return "changed"
	case store.VerbDelete:
		return "removed"
	}
	return "asked"
}

// printableLine is the first line of an input, cut where it gets long.
func printableLine(text string) string {
	line, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if cut := []rune(line); len(cut) > 160 {
		line, rest = string(cut[:160]), "more"
	}
	if rest != "" {
		line += " …"
	}
	return line
}

// writeDecision tells what the scheduler said of each node: the chosen one first, then those that fit, the best first, then
// the others. Only plugins that make a difference between nodes are listed.
func writeDecision(p *pen, d orchestrate.Decision) {
	best, columns := d.Telling()
	p.begin("decision", '{')
	p.text("node", d.Node)
	p.number("ms", int64(d.Time/time.Millisecond))
	p.number("ties", int64(d.Ties))
	p.begin("plugins", '[')
	for _, i := range columns {
		s := best.Scores[i]
		p.begin("", '{')
		p.text("name", s.Plugin)
		p.number("weight", s.Weight)
		p.end('}')
	}
	p.end(']')
	ranked := slices.Clone(d.Verdicts)
	sorting.Stable(ranked, func(a, b orchestrate.Verdict) int { return rank(d.Node, b) - rank(d.Node, a) })
	p.begin("nodes", '[')
	for _, verdict := range ranked[:min(len(ranked), mostVerdicts)] {
		writeVerdict(p, d.Node, verdict, columns)
	}
	p.end(']')
	p.number("more", int64(max(0, len(ranked)-mostVerdicts)))
	p.end('}')
}

// rank is how far up a verdict stands.
func rank(chosen string, v orchestrate.Verdict) int {
	switch {
	case v.Node == chosen:
		return 1 << 30
	case v.Fits():
		return int(v.Score)
	}
	return -1
}

func writeVerdict(p *pen, chosen string, v orchestrate.Verdict, columns []int) {
	p.begin("", '{')
	p.text("key", keyOf(api.KindNode, "", v.Node))
	p.text("name", v.Node)
	p.truth("chosen", v.Node == chosen)
	p.truth("fits", v.Fits())
	p.number("score", v.Score)
	p.begin("points", '[')
	for _, i := range columns {
		if v.Fits() {
			p.number("", v.Scores[i].Points)
		}
	}
	p.end(']')
	p.texts("reasons", v.Reasons)
	p.end('}')
}
