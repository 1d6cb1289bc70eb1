package schedule

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// table groups the nodes that pass their own filters by everything that can make a difference between them. In a cluster
// of equal machines a few rows stand for all nodes.
type table struct {
	rows      []*row
	byValues  map[string]*row
	last      *row   // the row that was entered last: most often the next node goes there too
	rowOf     []*row // by node; nil if the node's own filters refuse
	touched   []int
	isTouched []bool
	decisions int
	values    []int32
	encoded   []byte
	weighed   *kin    // by class.weigh, the last one
	weights   []int64 // by dimension
	best      []*row
}

// row is a set of nodes that are equal.
type row struct {
	values []int32 // local score, taints, preference, then one for each dimension
	nodes  []int32 // sorted
	at     int     // its place in table.rows
	key    string

	// Of the decision at hand:
	why            reason
	ignored        bool // lacks a label that soft constraints name
	spread, affine int64
	total          int64
}

// Where the values of a row are.
const (
	localValue = iota
	taintValue
	preferValue
	firstDimension
)

func (t *table) reset(nodes int) {
	t.rows, t.byValues, t.last = t.rows[:0], map[string]*row{}, nil
	t.rowOf, t.isTouched = slices.Grow(t.rowOf[:0], nodes)[:nodes], slices.Grow(t.isTouched[:0], nodes)[:nodes]
	clear(t.rowOf)
	clear(t.isTouched)
	t.touched = t.touched[:0]
}

// place puts a node into the row it belongs to.
func (c *class) place(i int) {
	info, f := c.digest.nodes[i], &c.fixed[i]
	values := c.values[:0]
	if f.why == fits && info.room(&c.used) && !info.taken(c.ports) {
		values = append(values, c.local(info)+f.images, f.taints, f.prefer)
		for j := range c.dims {
			values = append(values, c.dims[j].value(i))
		}
	}
	c.values = values
	old := c.rowOf[i]
	if old != nil && slices.Equal(old.values, values) || old == nil && len(values) == 0 {
		return
	}
	if old != nil {
		c.leave(old, int32(i))
	}
	c.rowOf[i] = nil
	if len(values) > 0 {
		c.rowOf[i] = c.enter(values, int32(i))
	}
}

func (t *table) leave(r *row, node int32) {
	if at, ok := slices.BinarySearch(r.nodes, node); ok {
		r.nodes = slices.Delete(r.nodes, at, at+1)
	}
	if len(r.nodes) > 0 {
		return
	}
	delete(t.byValues, r.key)
	t.last = nil
	last := t.rows[len(t.rows)-1]
	t.rows[r.at], last.at = last, r.at
	t.rows = t.rows[:len(t.rows)-1]
}

func (t *table) enter(values []int32, node int32) *row {
	if t.last == nil || !slices.Equal(t.last.values, values) {
		t.last = t.row(values)
	}
	r := t.last
	if n := len(r.nodes); n == 0 || r.nodes[n-1] < node {
		r.nodes = append(r.nodes, node)
		return r
	}
	at, _ := slices.BinarySearch(r.nodes, node)
	r.nodes = slices.Insert(r.nodes, at, node)
	return r
}

// row is the row of these values.
func (t *table) row(values []int32) *row {
	t.encoded = t.encoded[:0]
	for _, v := range values {
		t.encoded = append(t.encoded, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
	}
	r := t.byValues[string(t.encoded)]
	if r == nil {
		r = &row{values: slices.Clone(values), at: len(t.rows), key: string(t.encoded)}
		t.rows = append(t.rows, r)
		t.byValues[r.key] = r
	}
	return r
}

// veto is why a node with these values cannot take the pod although its own filters would let it.
//
// Source: k8s.io/kubernetes, plugins PodTopologySpread and InterPodAffinity, in this order.
func (c *class) veto(values []int32) reason {
	missed, met := false, int64(0)
	for i := range c.dims {
		m := &c.dims[i]
		v := values[firstDimension+i]
		// The first of a group of pods that want to be together has nobody to be with.
		if m.rule > near && missed && (met > 0 || !c.lonely) {
			return farFrom
		}
		switch m.rule {
		case hard:
			if v == nowhere {
				return unlabelled
			}
			if m.count(v)+m.self-m.fewest() > m.spread.skew {
				return skewed
			}
		case near:
			if v == nowhere {
				return farFrom
			}
			missed = missed || m.count(v) <= 0
			met += m.total
		case apart, repel:
			if v != nowhere && m.count(v) > 0 {
				if m.rule == apart {
					return tooNear
				}
				return repelled
			}
		default:
			return fits
		}
	}
	if missed && (met > 0 || !c.lonely) {
		return farFrom
	}
	return fits
}

// choose is the node with the highest score, drawn by lot among equals; -1 if no node can take the pod.
func (c *class) choose(uid api.UID) int {
	if m := c.decide(); m.able == 0 {
		return -1
	}
	c.best = c.best[:0]
	ties := 0
	for _, r := range c.rows {
		switch {
		case r.why != fits:
		case len(c.best) == 0 || r.total > c.best[0].total:
			c.best, ties = append(c.best[:0], r), len(r.nodes)
		case r.total == c.best[0].total:
			c.best, ties = append(c.best, r), ties+len(r.nodes)
		}
	}
	if ties == 1 {
		return int(c.best[0].nodes[0])
	}
	return int(nth(c.best, lot(uid, ties), len(c.rowOf)))
}

// nth is the n-th of all nodes of these rows in the order of their names.
func nth(rows []*row, n, nodes int) int32 {
	if len(rows) == 1 {
		return rows[0].nodes[n]
	}
	low, high := int32(0), int32(nodes)
	for low < high {
		mid, before := (low+high)/2, 0
		for _, r := range rows {
			at, _ := slices.BinarySearch(r.nodes, mid+1)
			before += at
		}
		if before > n {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}
