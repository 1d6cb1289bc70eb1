package model

import "slices"

// commit makes changed credentials the process'.
func (p *Process) commit(c *Cred) {
	old := p.cred
	if old.EUID != c.EUID || old.EGID != c.EGID || old.FSUID != c.FSUID || old.FSGID != c.FSGID || c.Permitted&^old.Permitted != 0 {
		p.dumpable = false
	}
	p.cred = c
}

// Setresuid sets the real, effective and saved user, as the process numbers them; -1 leaves one as it is.
//
// Errors: EINVAL for an id without a name; EPERM without CAP_SETUID for one that is none of the three. Source: setresuid(2).
func (p *Process) Setresuid(r, e, s int) Errno {
	p.syscall()
	c := *p.cred
	for _, set := range []struct {
		id int
		to *uint32
	}{{r, &c.UID}, {e, &c.EUID}, {s, &c.SUID}} {
		if set.id < 0 {
			continue
		}
		id := c.NS.UIDs.out(uint32(set.id))
		if id == noID {
			return EINVAL
		}
		if o := p.cred; id != o.UID && id != o.EUID && id != o.SUID && !o.capable(o.NS, CapSetuid) {
			return EPERM
		}
		*set.to = id
	}
	c.FSUID = c.EUID
	c.changedUIDs(p.cred)
	p.commit(&c)
	return OK
}

// Setuid sets all user ids if the process may, or the effective one alone. Source: setuid(2).
func (p *Process) Setuid(uid int) Errno {
	if p.cred.capable(p.cred.NS, CapSetuid) {
		return p.Setresuid(uid, uid, uid)
	}
	return p.Setresuid(-1, uid, -1)
}

// Setresgid is Setresuid for groups. Source: setresgid(2).
func (p *Process) Setresgid(r, e, s int) Errno {
	p.syscall()
	c := *p.cred
	for _, set := range []struct {
		id int
		to *uint32
	}{{r, &c.GID}, {e, &c.EGID}, {s, &c.SGID}} {
		if set.id < 0 {
			continue
		}
		id := c.NS.GIDs.out(uint32(set.id))
		if id == noID {
			return EINVAL
		}
		if o := p.cred; id != o.GID && id != o.EGID && id != o.SGID && !o.capable(o.NS, CapSetgid) {
			return EPERM
		}
		*set.to = id
	}
	c.FSGID = c.EGID
	p.commit(&c)
	return OK
}

// Setgid sets all group ids if the process may, or the effective one alone. Source: setgid(2).
func (p *Process) Setgid(gid int) Errno {
	if p.cred.capable(p.cred.NS, CapSetgid) {
		return p.Setresgid(gid, gid, gid)
	}
	return p.Setresgid(-1, gid, -1)
}

// Setgroups sets the further groups. The kernel keeps them sorted.
//
// Errors: EPERM without CAP_SETGID, or in a user namespace that denies it. Source: setgroups(2), user_namespaces(7).
func (p *Process) Setgroups(groups []uint32) Errno {
	p.syscall()
	c := *p.cred
	if !c.capable(c.NS, CapSetgid) || c.NS.denySetgroups || len(c.NS.GIDs) == 0 {
		return EPERM
	}
	c.Groups = nil
	for _, g := range groups {
		id := c.NS.GIDs.out(g)
		if id == noID {
			return EINVAL
		}
		c.Groups = append(c.Groups, id)
	}
	slices.Sort(c.Groups)
	p.commit(&c)
	return OK
}

// IDs are the process' ids as its user namespace numbers them: real, effective, saved and for files.
func (p *Process) IDs() (uids, gids [4]uint32, groups []uint32) {
	c, ns := p.cred, p.cred.NS
	for i, id := range []uint32{c.UID, c.EUID, c.SUID, c.FSUID} {
		uids[i] = ns.UIDs.show(id)
	}
	for i, id := range []uint32{c.GID, c.EGID, c.SGID, c.FSGID} {
		gids[i] = ns.GIDs.show(id)
	}
	for _, g := range c.Groups {
		groups = append(groups, ns.GIDs.show(g))
	}
	return uids, gids, groups
}

// Capset sets three of the process' capability sets.
//
// Errors: EPERM for what is not permitted: permitted only shrinks, effective lies in it, inheritable grows by what is permitted (with
// CAP_SETPCAP by what is in the bounding set). Source: capset(2).
func (p *Process) Capset(effective, permitted, inheritable CapSet) Errno {
	p.syscall()
	c := *p.cred
	if !c.capable(c.NS, CapSetpcap) && inheritable&^(c.Inheritable|c.Permitted) != 0 {
		return EPERM
	}
	if inheritable&^(c.Inheritable|c.Bounding) != 0 || permitted&^c.Permitted != 0 || effective&^permitted != 0 {
		return EPERM
	}
	c.Effective, c.Permitted, c.Inheritable = effective, permitted, inheritable
	c.Ambient &= permitted & inheritable
	p.commit(&c)
	return OK
}

// DropBounding takes a capability out of the bounding set, for good. Source: prctl(2), PR_CAPBSET_DROP.
func (p *Process) DropBounding(what Cap) Errno {
	p.syscall()
	c := *p.cred
	if !c.capable(c.NS, CapSetpcap) {
		return EPERM
	}
	if int(what) >= len(CapNames) {
		return EINVAL
	}
	c.Bounding &^= 1 << what
	p.commit(&c)
	return OK
}

// SetAmbient raises or lowers an ambient capability. Source: prctl(2), PR_CAP_AMBIENT.
func (p *Process) SetAmbient(what Cap, raise bool) Errno {
	p.syscall()
	c := *p.cred
	if raise && (!c.Permitted.Has(what) || !c.Inheritable.Has(what) || c.Secure&SecNoAmbientRaise != 0) {
		return EPERM
	}
	c.Ambient &^= 1 << what
	if raise {
		c.Ambient |= 1 << what
	}
	p.commit(&c)
	return OK
}

// SetSecurebits sets the securebits. Source: prctl(2), PR_SET_SECUREBITS.
func (p *Process) SetSecurebits(bits Securebits) Errno {
	p.syscall()
	c := *p.cred
	locked := c.Secure & (SecNoRootLocked | SecNoSetuidFixupLocked | SecKeepCapsLocked | SecNoAmbientRaiseLocked)
	if locked>>1&(c.Secure^bits) != 0 || locked&^bits != 0 || !c.capable(c.NS, CapSetpcap) {
		return EPERM
	}
	c.Secure = bits
	p.commit(&c)
	return OK
}

// KeepCaps lets the permitted set survive the next change of user. Source: prctl(2), PR_SET_KEEPCAPS.
func (p *Process) KeepCaps(keep bool) Errno {
	c := *p.cred
	if c.Secure&SecKeepCapsLocked != 0 {
		return EPERM
	}
	c.Secure &^= SecKeepCaps
	if keep {
		c.Secure |= SecKeepCaps
	}
	p.commit(&c)
	return OK
}

// SetNoNewPrivs makes sure that no program the process starts gives it more. Source: prctl(2), PR_SET_NO_NEW_PRIVS.
func (p *Process) SetNoNewPrivs() {
	c := *p.cred
	c.NoNewPrivs = true
	p.commit(&c)
}

// Setsid makes the process the leader of a new session. Source: setsid(2).
func (p *Process) Setsid() Errno {
	if p.group == p {
		return EPERM
	}
	p.session, p.group = p, p
	return OK
}

// Setpgid makes the process the leader of a new process group. Source: setpgid(2).
func (p *Process) Setpgid() Errno {
	p.group = p
	return OK
}

// Setdomainname is Sethostname for the NIS domain; Source: setdomainname(2).
func (p *Process) Setdomainname(name string) Errno { return p.setName(&p.ns.uts.domain, name) }

// Sethostname names the machine in the process' UTS namespace. Errors: EPERM, EINVAL beyond 64 bytes. Source: sethostname(2).
func (p *Process) Sethostname(name string) Errno { return p.setName(&p.ns.uts.host, name) }

func (p *Process) setName(to *string, name string) Errno {
	p.syscall()
	if !p.cred.capable(p.ns.uts.owner, CapSysAdmin) {
		return EPERM
	}
	if len(name) > 64 {
		return EINVAL
	}
	*to = name
	return OK
}

// Hostname is the machine's name. Source: uname(2).
func (p *Process) Hostname() string { return p.ns.uts.host }

// Setpriority sets how much the process gives way, -20 to 19. Source: setpriority(2).
func (p *Process) Setpriority(nice int) Errno {
	if nice < p.nice && !p.cred.capable(p.cred.NS, CapSysNice) {
		return EACCES
	}
	p.nice = max(-20, min(19, nice))
	return OK
}

// Nice is how much the process gives way.
func (p *Process) Nice() int { return p.nice }
