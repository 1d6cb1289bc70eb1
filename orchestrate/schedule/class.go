package schedule

import (
	"slices"

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

	// The last result of local, and what it was for.
	scored    bool
	scoredFor [6]int64
	score     int32

	dims []dimension
	said string // why no node can take a pod, until something changes
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
		c = &class{need: size, key: string(d.buf), digest: d}
		if old := d.forget(); old != nil { // it leaves its memory
			c.fixed, c.rowOf, c.isTouched, c.rows = old.fixed, old.rowOf, old.isTouched, old.rows
		}
		c.complete()
		d.classes[c.key] = c
	}
	d.used++
	c.age = d.used
	c.refresh(sn)
	return c
}

// forget drops the oldest class if there are too many.
//
//go:noinline
func (d *digest) forget() *class {
	if len(d.classes) < maxClasses {
		return nil
	}
	oldest, key := d.used+1, ""
	//order:irrelevant ages differ
	for k, c := range d.classes {
		if c.age < oldest {
			oldest, key = c.age, k
		}
	}
	c := d.classes[key]
	delete(d.classes, key)
	return c
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
	easy := !only && len(images) == 0 && !choosy(c.pod) && !prefers(c.pod)
	c.fixed = slices.Grow(c.fixed[:0], len(d.nodes))[:len(d.nodes)]
	for i, info := range d.nodes {
		if easy && info.plain {
			c.fixed[i] = fixed{}
			continue
		}
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
