package schedule

// rule is what a dimension is for, in the order in which the filters ask.
type rule uint8

const (
	hard    rule = iota // the pod's own spread constraints that must hold
	near                // its required affinity
	apart               // its required anti-affinity
	repel               // the required anti-affinity of pods that are placed
	soft                // spread constraints that only count in the score
	attract             // preferences about pods, its own and those of pods that are placed
)

// dimension counts pods by the value of one node label, for one rule of a class.
type dimension struct {
	rule
	*topology
	key    string
	counts []int64 // by domain

	spread    *constraint // hard, soft
	self      int64       // hard: 1 if the pod itself will count
	term      *term       // apart
	eligible  []bool      // hard, soft: whose pods count, by node; nil for all
	present   []bool      // hard: which domains have nodes that count
	domains   int         // hard: how many do
	total     int64       // near: the sum of counts
	least     int64       // hard: the smallest count of those that are present
	leastOf   int         // hard: how many domains have it; 0 if it must be looked up again
	seen      []int       // soft: the last decision in which a node of the domain could take the pod
	weight    int64       // soft: by how much a pod counts, in units of 2^-32
	weightFor int         // soft: for how many domains weight is
}

// weigh is by how much a pod of a kin counts.
func (m *dimension) weigh(c *class, p *kin) int64 {
	counts := false
	switch m.rule {
	case hard, soft:
		counts = m.spread.selects(p, c.pod.Namespace)
	case near:
		counts = matchesAll(c.wishes.near, p.pod, c.digest)
	case apart:
		counts = m.term.matches(p.pod, c.digest)
	case repel:
		if p.wishes == nil {
			return 0
		}
		n := int64(0)
		for i := range p.wishes.apart {
			if t := &p.wishes.apart[i]; t.key == m.key && t.matches(c.pod, c.digest) {
				n++
			}
		}
		return n
	case attract:
		return c.pull(p, m.key, c.digest)
	}
	if counts {
		return 1
	}
	return 0
}

// add counts by what weighs w on a node.
func (m *dimension) add(node int, w int64) {
	domain := m.topology.domains[node]
	if w == 0 || domain == nowhere || m.eligible != nil && !m.eligible[node] || m.rule == attract && domain == m.blank {
		return
	}
	before := m.counts[domain]
	m.counts[domain] += w
	m.total += w
	if m.rule != hard || m.leastOf == 0 {
		return
	}
	if before == m.least {
		m.leastOf--
	}
	switch after := before + w; {
	case after < m.least:
		m.least, m.leastOf = after, 1
	case after == m.least:
		m.leastOf++
	}
}

// fewest is the smallest count of a domain, 0 if there are too few domains.
func (m *dimension) fewest() int64 {
	if m.domains < m.spread.minDomains {
		return 0
	}
	if m.leastOf == 0 {
		m.least = 1 << 62
		for i, n := range m.counts {
			switch {
			case !m.present[i] || n > m.least:
			case n < m.least:
				m.least, m.leastOf = n, 1
			default:
				m.leastOf++
			}
		}
	}
	return m.least
}

// value is what a node is in this dimension: its domain or, where each node is a domain of its own, the count of it.
func (m *dimension) value(node int) int32 {
	domain := m.topology.domains[node]
	if domain == nowhere || !m.single {
		return domain
	}
	return int32(m.counts[domain])
}

// count is the count for a value.
func (m *dimension) count(value int32) int64 {
	if m.single {
		return int64(value)
	}
	return m.counts[value]
}
