package schedule

import (
	"math"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// span is the smallest and the largest of the scores of nodes that can take a pod.
type span struct{ low, high int64 }

func (s *span) include(n int64) { s.low, s.high = min(s.low, n), max(s.high, n) }

// measure is what scores of one decision are normalised by.
type measure struct {
	able           int   // how many nodes can take the pod
	taints, prefer int64 // the most
	spread, affine span
	spreads        bool // there are soft constraints
}

// decide finds which rows can take the pod and scores those.
func (c *class) decide() measure {
	able, ignored := 0, 0
	c.decisions++
	for _, r := range c.rows {
		r.why = c.veto(r.values)
		r.ignored = false
		if r.why != fits {
			continue
		}
		able += len(r.nodes)
		if c.strict && c.misses(r) {
			r.ignored = true
			ignored += len(r.nodes)
		}
	}
	m := measure{able: able}
	if able == 0 {
		return m
	}
	c.weighDomains(able - ignored)
	m.spread, m.affine = span{math.MaxInt64, 0}, span{math.MaxInt64, math.MinInt64}
	for _, r := range c.rows {
		if r.why == fits {
			c.raw(r, &m)
		}
	}
	for _, r := range c.rows {
		if r.why == fits {
			r.total = total(m.points(r))
		}
	}
	return m
}

// misses tells whether the nodes of a row lack a label of a soft constraint.
func (c *class) misses(r *row) bool {
	for i := range c.dims {
		if c.dims[i].rule == soft && r.values[firstDimension+i] == nowhere {
			return true
		}
	}
	return false
}

// weighDomains sets by how much a pod counts in each soft constraint: the more domains there are among the nodes that can take
// the pod, the more. Nodes without the label are a domain of their own where they are not left out.
func (c *class) weighDomains(nodes int) {
	for i := range c.dims {
		m := &c.dims[i]
		if m.rule != soft {
			continue
		}
		domains := nodes
		if m.key != api.LabelHostname {
			domains = c.countDomains(i)
		}
		if m.weightFor != domains+2 {
			m.weight, m.weightFor = logarithm(uint64(domains+2)), domains+2
		}
	}
}

func (c *class) countDomains(i int) (n int) {
	m, without := &c.dims[i], false
	for _, r := range c.rows {
		v := r.values[firstDimension+i]
		switch {
		case r.why != fits || r.ignored:
		case v == nowhere:
			without = true
		case m.single:
			n += len(r.nodes)
		case m.seen[v] != c.decisions:
			m.seen[v] = c.decisions
			n++
		}
	}
	if without {
		n++
	}
	return n
}

// raw sets the scores of a row that are normalised afterwards, and measures them.
func (c *class) raw(r *row, m *measure) {
	r.spread, r.affine = 0, 0
	sum := int64(0)
	for i := range c.dims {
		d, v := &c.dims[i], r.values[firstDimension+i]
		if v == nowhere {
			continue
		}
		switch d.rule {
		case soft:
			sum += d.count(v)*d.weight + (d.spread.skew-1)<<32
		case attract:
			r.affine += d.count(v)
		}
	}
	m.taints = max(m.taints, int64(r.values[taintValue]))
	m.prefer = max(m.prefer, int64(r.values[preferValue]))
	m.affine.include(r.affine)
	m.spreads = len(c.soft) > 0
	if m.spreads && !r.ignored {
		r.spread = (sum + 1<<31) >> 32
		m.spread.include(r.spread)
	}
}

// points are scores by plugin.
type points [numPlugins]int64

// points are the scores of a row from 0 to 100; what depends on the single node alone is under pluginFit, summed up.
func (m *measure) points(r *row) (p points) {
	p[pluginTaints] = maxScore
	if m.taints > 0 {
		p[pluginTaints] = maxScore - maxScore*int64(r.values[taintValue])/m.taints
	}
	if m.prefer > 0 {
		p[pluginNodeAffinity] = maxScore * int64(r.values[preferValue]) / m.prefer
	}
	switch {
	case !m.spreads || r.ignored:
	case m.spread.high == 0:
		p[pluginSpread] = maxScore
	default:
		p[pluginSpread] = maxScore * (m.spread.high + m.spread.low - r.spread) / m.spread.high
	}
	if reach := m.affine.high - m.affine.low; reach > 0 {
		part := float64(r.affine-m.affine.low) / float64(reach)
		p[pluginPodAffinity] = int64(maxScore * part)
	}
	p[pluginFit] = int64(r.values[localValue])
	return p
}

func total(p points) (sum int64) {
	for i, n := range p {
		sum += n * plugins[i].weight
	}
	return sum
}
