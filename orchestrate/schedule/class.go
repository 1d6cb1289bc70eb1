package schedule

import (
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// class is what the scheduler thinks of all nodes for all pods with the same key. Judging every node for every pod would give
// the same answer; a class only looks again at what changed since it was asked last.
type class struct {
	need
	key      string
	kin      *kin // the pods of the class that are on nodes
	digest   *digest
	shape    int                // the digest's when it was built
	services int                // likewise
	owner    *api.LabelSelector // of the ReplicaSet when it was built
	built    bool
	seen     int // the number of the first delta it has not followed
	age      int // the digest's count when it was asked last
	strict   bool
	soft     []constraint
	lonely   bool // the pod is one that its own required affinity asks for
	fixed    []fixed
	dims     []dimension
	said     string // why no node can take a pod, until something changes
	table
}

// fixed is what of a class's opinion on a node depends on the node alone, whatever runs there.
type fixed struct {
	why                    reason
	taints, prefer, images int32
}

// maxClasses are kept; the one that was not asked for the longest time goes first.
const maxClasses = 32

// class is the class of a pod, up to date with the digest. The snapshot says which Services and ReplicaSets there are.
func (d *digest) class(p *api.Pod, sn store.Snapshot) *class {
	d.order()
	size := sizeOf(p)
	d.buf = size.key(d.buf[:0])
	c := d.classes[string(d.buf)]
	if c == nil {
		d.forget()
		c = &class{need: size, key: string(d.buf), digest: d}
		c.complete()
		d.classes[c.key] = c
	}
	d.used++
	c.age = d.used
	c.refresh(sn)
	return c
}

// forget drops the oldest class if there are too many.
func (d *digest) forget() {
	if len(d.classes) < maxClasses {
		return
	}
	oldest, key := d.used+1, ""
	//order:irrelevant ages differ
	for k, c := range d.classes {
		if c.age < oldest {
			oldest, key = c.age, k
		}
	}
	delete(d.classes, key)
}

// refresh follows what happened since the class was asked last.
func (c *class) refresh(sn store.Snapshot) {
	d := c.digest
	var owner *api.LabelSelector
	rs := replicaSetOf(c.pod, sn)
	if rs != nil {
		owner = rs.Spec.Selector
	}
	if !c.built || c.shape != d.shape || c.services != d.services || c.owner != owner || c.seen < d.base || !c.follow() {
		c.owner = owner
		c.soft = constraintsOf(c.pod, api.ScheduleAnyway)
		if len(c.pod.Spec.TopologySpreadConstraints) == 0 {
			c.soft = defaults(siblings(c.pod, servicesOf(c.pod, sn), rs))
		}
		c.build()
	}
}

// follow brings the counts and the rows up to date with the deltas it has not seen; false if it must be built again.
func (c *class) follow() bool {
	d := c.digest
	news := d.log[c.seen-d.base:]
	if len(news) > 0 {
		c.said = ""
	}
	for _, e := range news {
		if e.info.node == nil {
			continue
		}
		if e.kin == nil {
			if c.wantsImages() {
				return false
			}
			continue
		}
		if len(c.dims) > 0 || e.kin.wishes != nil {
			if c.weighed != e.kin && !c.weigh(e.kin) {
				return false
			}
			c.tally(e.info.at, e.sign)
		}
		c.touch(e.info.at)
	}
	c.seen = d.base + len(d.log)
	for _, i := range c.touched {
		c.isTouched[i] = false
		c.place(i)
	}
	c.touched = c.touched[:0]
	return true
}

func (c *class) touch(i int) {
	if !c.isTouched[i] {
		c.isTouched[i] = true
		c.touched = append(c.touched, i)
	}
}

// weigh finds by how much each pod of a kin counts in every dimension; false if there is none for something it says.
// Constraints that select the same pods ask only once.
func (c *class) weigh(k *kin) bool {
	if !c.covers(k) {
		return false
	}
	c.weighed, c.weights = k, c.weights[:0]
	for i := range c.dims {
		m := &c.dims[i]
		if i > 0 && m.rule == soft && c.dims[i-1].rule == soft && m.spread.selector == c.dims[i-1].spread.selector {
			c.weights = append(c.weights, c.weights[i-1])
			continue
		}
		c.weights = append(c.weights, m.weigh(c, k))
	}
	return true
}

// tally counts so many of the kin that was weighed last on a node.
func (c *class) tally(node int, n int64) {
	for i, w := range c.weights {
		if w != 0 {
			c.dims[i].add(node, w*n)
		}
	}
}

// build judges every node from nothing.
func (c *class) build() {
	d := c.digest
	c.built, c.shape, c.services, c.seen = true, d.shape, d.services, d.base+len(d.log)
	c.said = ""
	c.strict = len(c.pod.Spec.TopologySpreadConstraints) > 0
	c.judgeNodes()
	c.layOut()
	c.weighed = nil
	if len(c.dims) > 0 {
		//order:irrelevant counts add up
		for _, k := range d.kins {
			c.tallyKin(k)
		}
	}
	c.table.reset(len(d.nodes))
	for i := range d.nodes {
		c.place(i)
	}
}

// tallyKin counts all pods of a kin.
func (c *class) tallyKin(k *kin) {
	c.weigh(k)
	if !slices.ContainsFunc(c.weights, func(w int64) bool { return w != 0 }) {
		return
	}
	//order:irrelevant counts add up
	for info, n := range k.on {
		if info.node != nil {
			c.tally(info.at, int64(n))
		}
	}
}

// judgeNodes asks the filters that look at nothing but the node.
func (c *class) judgeNodes() {
	d := c.digest
	names, only := named(c.pod)
	images := c.images()
	c.fixed = slices.Grow(c.fixed[:0], len(d.nodes))[:len(d.nodes)]
	for i, info := range d.nodes {
		f := fixed{why: fits}
		switch n := info.node; {
		case only && !slices.Contains(names, n.Name):
			f.why = elsewhere
			if len(names) == 0 {
				f.why = contrary
			}
		case n.Spec.Unschedulable && !tolerates(c.pod, api.Taint{Key: api.TaintNodeUnschedulable, Effect: api.TaintNoSchedule}):
			f.why = unschedulable
		case !toleratesAll(c.pod, n.Spec.Taints):
			f.why = tainted
		case !wants(c.pod, n):
			f.why = unwanted
		default:
			f.taints, f.prefer, f.images = disliked(c.pod, n.Spec.Taints), preferred(c.pod, n), c.locality(n, images)
		}
		c.fixed[i] = f
	}
}

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
