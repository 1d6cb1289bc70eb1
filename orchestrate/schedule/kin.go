package schedule

import (
	"maps"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// kin are the pods on nodes that ask and say the same, and how many of them are on which node. Whoever counts pods looks at each
// kin once, not at each pod.
type kin struct {
	need
	key     string
	leaving bool // they are being deleted
	on      map[*nodeInfo]int32
}

// binding is the last decision: the spec of the pod as it was bound, and its class, so that its key need not be made again.
type binding struct {
	spec  *api.PodSpec
	class *class
}

// kinOf is the kin of a pod on a node.
func (d *digest) kinOf(p *api.Pod) *kin {
	leaving := p.DeletionTimestamp != 0
	if c := d.bound.class; c != nil && d.bound.spec == p.Spec && !leaving && maps.Equal(c.pod.Labels, p.Labels) {
		if c.kin == nil || len(c.kin.on) == 0 {
			c.kin = d.kin(c.key, func() need { return c.need })
		}
		return c.kin
	}
	size := sizeOf(p)
	d.buf = size.key(d.buf[:0])
	if leaving {
		d.buf = append(d.buf, '!')
	}
	k := d.kins[string(d.buf)]
	if k == nil {
		k = d.kin(string(d.buf), func() need { size.complete(); return size })
		k.leaving = leaving
	}
	return k
}

func (d *digest) kin(key string, n func() need) *kin {
	k := d.kins[key]
	if k == nil {
		k = &kin{need: n(), key: key, on: map[*nodeInfo]int32{}}
		d.kins[key] = k
		if k.wishes != nil {
			d.social++
		}
	}
	return k
}

// countKin notes that one of a kin came to or left a node. A kin nobody is left of is forgotten.
func (d *digest) countKin(k *kin, info *nodeInfo, sign int) {
	if n := k.on[info] + int32(sign); n != 0 {
		k.on[info] = n
		return
	}
	delete(k.on, info)
	if len(k.on) == 0 {
		delete(d.kins, k.key)
		if k.wishes != nil {
			d.social--
		}
	}
}
