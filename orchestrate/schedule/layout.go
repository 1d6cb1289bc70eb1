package schedule

import (
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// layOut makes the dimensions, in the order of the rules.
func (c *class) layOut() {
	d := c.digest
	c.dims = c.dims[:0]
	for i := range c.hard {
		c.dimension(dimension{rule: hard, key: c.hard[i].key, spread: &c.hard[i]}, c.hard)
	}
	c.lonely = true
	if c.wishes != nil {
		for i := range c.wishes.near {
			c.dimension(dimension{rule: near, key: c.wishes.near[i].key}, nil)
		}
		c.lonely = matchesAll(c.wishes.near, c.pod, d)
		for i := range c.wishes.apart {
			c.dimension(dimension{rule: apart, key: c.wishes.apart[i].key, term: &c.wishes.apart[i]}, nil)
		}
	}
	repelled, attracted := c.keys()
	for _, key := range repelled {
		c.dimension(dimension{rule: repel, key: key}, nil)
	}
	for i := range c.soft {
		all := c.soft
		if !c.strict {
			all = nil
		}
		c.dimension(dimension{rule: soft, key: c.soft[i].key, spread: &c.soft[i]}, all)
	}
	for _, key := range attracted {
		c.dimension(dimension{rule: attract, key: key}, nil)
	}
}

// dimension adds one. If all is not empty, only nodes that have the labels of all these constraints count in it.
func (c *class) dimension(m dimension, all []constraint) {
	d := c.digest
	// Scores over hosts go by node, whatever the label says.
	host := m.rule == soft && m.key == api.LabelHostname
	m.topology = d.topology(m.key, host)
	m.counts = make([]int64, m.topology.size)
	if m.rule == soft {
		m.seen = make([]int, m.topology.size)
	}
	if m.spread != nil && !host && (len(all) > 1 || m.spread.byTaints || m.spread.byAffinity && choosy(c.pod)) {
		m.eligible = make([]bool, len(d.nodes))
		for i, info := range d.nodes {
			m.eligible[i] = m.spread.counts(c.pod, info.node) && labelled(info.node, all)
		}
	}
	if m.rule == hard {
		if m.spread.selector.Matches(labels.Set(c.pod.Labels)) {
			m.self = 1
		}
		m.present = make([]bool, m.topology.size)
		for i, domain := range m.topology.domains {
			if domain != nowhere && (m.eligible == nil || m.eligible[i]) && !m.present[domain] {
				m.present[domain] = true
				m.domains++
			}
		}
	}
	c.dims = append(c.dims, m)
}

// labelled tells whether a node has the labels of all constraints.
func labelled(n *api.Node, all []constraint) bool {
	for i := range all {
		if _, ok := n.Labels[all[i].key]; !ok {
			return false
		}
	}
	return true
}

// keys are the labels by which pods that are placed repel and attract the pod.
func (c *class) keys() (repelled, attracted []string) {
	note := func(keys *[]string, key string) {
		if !slices.Contains(*keys, key) {
			*keys = append(*keys, key)
		}
	}
	if c.wishes != nil {
		for i := range c.wishes.prefer {
			note(&attracted, c.wishes.prefer[i].key)
		}
	}
	if c.digest.social == 0 {
		return repelled, attracted
	}
	//order:irrelevant which dimension of a rule comes first changes nothing
	for _, k := range c.digest.kins {
		if k.wishes == nil {
			continue
		}
		c.eachTerm(k, func(r rule, key string) bool {
			if r == repel {
				note(&repelled, key)
			} else {
				note(&attracted, key)
			}
			return true
		})
	}
	return repelled, attracted
}

// eachTerm gives the rule and label of each term of a pod that is placed and that is about the class's pods.
func (c *class) eachTerm(p *kin, yield func(rule, string) bool) {
	for r, terms := range [...][]term{p.wishes.apart, p.wishes.near, p.wishes.prefer} {
		for i := range terms {
			if !terms[i].matches(c.pod, c.digest) {
				continue
			}
			as := attract
			if r == 0 {
				as = repel
			}
			if !yield(as, terms[i].key) {
				return
			}
		}
	}
}

// covers tells whether there is a dimension for each term of a pod that was placed.
func (c *class) covers(p *kin) bool {
	if p.wishes == nil {
		return true
	}
	all := true
	c.eachTerm(p, func(r rule, key string) bool {
		all = slices.ContainsFunc(c.dims, func(m dimension) bool { return m.rule == r && m.key == key })
		return all
	})
	return all
}
