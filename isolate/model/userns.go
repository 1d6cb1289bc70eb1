package model

// nobody is the id that stands for every id without a name in a user namespace (kernel.overflowuid).
const nobody = 65534

// noID is an id that does not exist.
const noID = ^uint32(0)

// IDRange maps Size ids that begin with Inside to those that begin with Outside, which the parent namespace numbers.
type IDRange struct{ Inside, Outside, Size uint32 }

// IDMap maps the ids of a user namespace to the kernel's own.
type IDMap []IDRange

// out is the kernel's id of an id inside, noID if it has none.
func (m IDMap) out(id uint32) uint32 {
	for _, r := range m {
		if id >= r.Inside && id-r.Inside < r.Size {
			return r.Outside + (id - r.Inside)
		}
	}
	return noID
}

// in is the id inside of the kernel's id.
func (m IDMap) in(id uint32) (uint32, bool) {
	for _, r := range m {
		if id >= r.Outside && id-r.Outside < r.Size {
			return r.Inside + (id - r.Outside), true
		}
	}
	return nobody, false
}

func (m IDMap) has(id uint32) bool {
	_, ok := m.in(id)
	return ok
}

// show is the id inside, or nobody.
func (m IDMap) show(id uint32) uint32 {
	in, _ := m.in(id)
	return in
}

// UserNS is a user namespace: a world of ids, in which capabilities count. Source: user_namespaces(7).
type UserNS struct {
	nsBase
	parent             *UserNS
	level              int
	OwnerUID, OwnerGID uint32
	UIDs, GIDs         IDMap // to the kernel's ids; empty until they are written
	uidText, gidText   IDMap // to the parent's ids, as /proc shows them
	denySetgroups      bool
	parentCouldSetfcap bool
	limit              [8]int // how many namespaces of each kind a user may have, by kind; -1 is no limit
	count              [8]int
}

// maxUserNSDepth is how deep user namespaces may be nested.
const maxUserNSDepth = 32

// newUserNS makes a user namespace for the process; its credentials become all-powerful inside.
func (p *Process) newUserNS() Errno {
	c := p.cred
	if c.NS.level >= maxUserNSDepth {
		return ENOSPC
	}
	if !c.NS.UIDs.has(c.EUID) || !c.NS.GIDs.has(c.EGID) {
		return EPERM
	}
	if p.chrooted() {
		return EPERM
	}
	if e := p.k.countNS(c.NS, UserKind); e != OK {
		return e
	}
	ns := &UserNS{nsBase: p.k.newNS(UserKind, c.NS), parent: c.NS, level: c.NS.level + 1, OwnerUID: c.EUID, OwnerGID: c.EGID,
		parentCouldSetfcap: c.Effective.Has(CapSetfcap), denySetgroups: c.NS.denySetgroups}
	for i := range ns.limit {
		ns.limit[i] = 1 << 30
	}
	n := *c
	n.NS = ns
	n.Secure, n.Inheritable, n.Ambient = 0, 0, 0
	n.Permitted, n.Effective, n.Bounding = AllCaps, AllCaps, AllCaps
	p.cred = &n
	return OK
}

// within tells whether ns is outer or one of its descendants.
func (ns *UserNS) within(outer *UserNS) bool {
	for ; ns != nil; ns = ns.parent {
		if ns == outer {
			return true
		}
	}
	return false
}

// writeIDMap is a write to uid_map or gid_map of ns by p, which opened the file with the credentials opener.
//
// Source: user_namespaces(7), "Defining user and group ID mappings: writing to uid_map and gid_map".
func (p *Process) writeIDMap(ns *UserNS, group bool, text string, opener *Cred) Errno {
	now := &ns.UIDs
	if group {
		now = &ns.GIDs
	}
	if len(*now) > 0 || !p.cred.capable(ns, CapSysAdmin) || ns.parent == nil {
		return EPERM
	}
	if p.cred.NS != ns && p.cred.NS != ns.parent {
		return EPERM
	}
	entries, e := parseIDMap(text)
	if e != OK {
		return e
	}
	if !p.mayMap(ns, group, entries, opener) {
		return EPERM
	}
	parent := ns.parent.UIDs
	if group {
		parent = ns.parent.GIDs
	}
	mapped := make(IDMap, 0, len(entries))
	for _, r := range entries {
		out := parent.out(r.Outside)
		if out == noID || parent.out(r.Outside+r.Size-1) != out+r.Size-1 {
			return EPERM
		}
		mapped = append(mapped, IDRange{r.Inside, out, r.Size})
	}
	if group {
		ns.GIDs, ns.gidText = mapped, entries
	} else {
		ns.UIDs, ns.uidText = mapped, entries
	}
	return OK
}

// mayMap tells who may write which map: one's own id alone, or whoever could change to those ids in the parent.
func (p *Process) mayMap(ns *UserNS, group bool, entries IDMap, opener *Cred) bool {
	c, need := p.cred, CapSetuid
	if group {
		need = CapSetgid
	} else if e := entries[0]; mapsZero(entries) && c.NS == ns && !ns.parentCouldSetfcap {
		if !(len(entries) == 1 && e.Size == 1 && ns.parent.UIDs.out(e.Outside) == opener.EUID) {
			return false
		}
	}
	if len(entries) == 1 && entries[0].Size == 1 && ns.OwnerUID == opener.EUID {
		if !group && ns.parent.UIDs.out(entries[0].Outside) == opener.EUID {
			return true
		}
		if group && ns.denySetgroups && ns.parent.GIDs.out(entries[0].Outside) == opener.EGID {
			return true
		}
	}
	return c.capable(ns.parent, need) && opener.capable(ns.parent, need)
}

func mapsZero(m IDMap) bool {
	for _, r := range m {
		if r.Outside == 0 {
			return true
		}
	}
	return false
}

// parseIDMap reads lines of three numbers. Ranges must not overlap.
func parseIDMap(text string) (IDMap, Errno) {
	var m IDMap
	for _, line := range splitLines(text) {
		f := fieldsOf(line)
		if len(f) != 3 {
			return nil, EINVAL
		}
		var n [3]uint32
		for i, word := range f {
			v, ok := parseUint(word)
			if !ok || v > 1<<32-1 {
				return nil, EINVAL
			}
			n[i] = uint32(v)
		}
		r := IDRange{n[0], n[1], n[2]}
		if r.Size == 0 || r.Inside+r.Size < r.Inside || r.Outside+r.Size < r.Outside || r.Inside == noID || r.Outside == noID {
			return nil, EINVAL
		}
		for _, o := range m {
			if overlap(o.Inside, o.Size, r.Inside, r.Size) || overlap(o.Outside, o.Size, r.Outside, r.Size) {
				return nil, EINVAL
			}
		}
		m = append(m, r)
	}
	if len(m) == 0 || len(m) > 340 {
		return nil, EINVAL
	}
	return m, OK
}

func overlap(a, n, b, m uint32) bool { return a < b+m && b < a+n }
