package model

// Cap is a capability by the kernel's number, a part of what root may do. Source: capabilities(7).
type Cap uint8

// The capabilities the model's rules ask for; [CapNames] has all of them.
const (
	CapChown          Cap = 0
	CapDACOverride    Cap = 1
	CapDACReadSearch  Cap = 2
	CapFowner         Cap = 3
	CapFsetid         Cap = 4
	CapKill           Cap = 5
	CapSetgid         Cap = 6
	CapSetuid         Cap = 7
	CapSetpcap        Cap = 8
	CapNetBindService Cap = 10
	CapNetAdmin       Cap = 12
	CapNetRaw         Cap = 13
	CapSysChroot      Cap = 18
	CapSysPtrace      Cap = 19
	CapSysAdmin       Cap = 21
	CapSysNice        Cap = 23
	CapSysResource    Cap = 24
	CapSysTime        Cap = 25
	CapMknod          Cap = 27
	CapSetfcap        Cap = 31
)

// CapNames are the names of all capabilities in the kernel's order, without CAP_ and in lower case.
var CapNames = [...]string{"chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
	"linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot",
	"sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write",
	"audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore"}

// CapSet is a set of capabilities, one bit each.
type CapSet uint64

// AllCaps is the set of every capability the kernel knows.
const AllCaps CapSet = 1<<len(CapNames) - 1

// Has tells whether c is in the set.
func (s CapSet) Has(c Cap) bool { return s>>c&1 == 1 }

// FileCaps are the capabilities a program file carries in its security.capability attribute.
type FileCaps struct {
	Permitted, Inheritable CapSet
	Effective              bool
	RootID                 uint32 // the user that is root in the namespace the capabilities are for, as the initial namespace sees it
}

// Securebits change what being root means. Source: capabilities(7), "The securebits flags".
type Securebits uint8

// The securebits; each is followed by the bit that locks it.
const (
	SecNoRoot Securebits = 1 << iota
	SecNoRootLocked
	SecNoSetuidFixup
	SecNoSetuidFixupLocked
	SecKeepCaps
	SecKeepCapsLocked
	SecNoAmbientRaise
	SecNoAmbientRaiseLocked
)

// Cred is who a process is and what it may do. Every id is the kernel's own, as the initial user namespace sees it.
type Cred struct {
	UID, EUID, SUID, FSUID uint32
	GID, EGID, SGID, FSGID uint32
	Groups                 []uint32

	Permitted, Effective, Inheritable, Bounding, Ambient CapSet

	Secure     Securebits
	NoNewPrivs bool
	NS         *UserNS
}

// inGroup tells whether the group is the process' own or one of its further groups.
func (c *Cred) inGroup(gid uint32) bool {
	if c.FSGID == gid {
		return true
	}
	for _, g := range c.Groups {
		if g == gid {
			return true
		}
	}
	return false
}

// capable tells whether the credentials hold a capability in a user namespace: in their own what is effective counts, in a descendant
// of it the one who made it may do everything.
//
// Source: user_namespaces(7), "Capabilities".
func (c *Cred) capable(ns *UserNS, what Cap) bool {
	for {
		switch {
		case ns == c.NS:
			return c.Effective.Has(what)
		case ns.level <= c.NS.level:
			return false
		case ns.parent == c.NS && ns.OwnerUID == c.EUID:
			return true
		}
		ns = ns.parent
	}
}

// capableOver tells whether a capability counts over an inode: only if its owner and group have names in the user namespace.
func (c *Cred) capableOver(i *Inode, what Cap) bool {
	return c.Effective.Has(what) && c.NS.UIDs.has(i.UID) && c.NS.GIDs.has(i.GID)
}

// execCaps are the sets after execve, by the formulae of capabilities(7), "Transformation of capabilities during execve()". c has the
// effective ids that a set-user-ID program gave, old is what was before it. file is nil if the program carries no capabilities.
func (c *Cred) execCaps(file *FileCaps, old *Cred) Errno {
	c.Permitted = 0
	effective := false
	if file != nil {
		c.Permitted = (c.Bounding & file.Permitted) | (c.Inheritable & file.Inheritable)
		effective = file.Effective
		if effective && file.Permitted&^c.Permitted != 0 {
			return EPERM
		}
	}
	root := c.NS.UIDs.out(0)
	if becomesRoot := c.UID != root && c.EUID == root; c.Secure&SecNoRoot == 0 && root != noID && !(file != nil && becomesRoot) {
		if c.EUID == root || c.UID == root {
			c.Permitted = c.Bounding | c.Inheritable
		}
		effective = effective || c.EUID == root
	}
	setid := c.EUID != old.UID || c.EGID != old.GID
	if gained := c.Permitted&^old.Permitted != 0; c.NoNewPrivs && (setid || gained) {
		c.EUID, c.EGID = c.UID, c.GID
		c.Permitted &= old.Permitted
	}
	if file != nil || setid {
		c.Ambient = 0
	}
	c.Permitted |= c.Ambient
	c.Effective = c.Ambient
	if effective {
		c.Effective = c.Permitted
	}
	c.SUID, c.FSUID, c.SGID, c.FSGID = c.EUID, c.EUID, c.EGID, c.EGID
	c.Secure &^= SecKeepCaps
	return OK
}

// changedUIDs takes capabilities from who stops being root and gives them back to who becomes root by the effective id.
//
// Source: capabilities(7), "Effect of user ID changes on capabilities".
func (c *Cred) changedUIDs(old *Cred) {
	if c.Secure&SecNoSetuidFixup != 0 {
		return
	}
	root := c.NS.UIDs.out(0)
	was := old.UID == root || old.EUID == root || old.SUID == root
	is := c.UID == root || c.EUID == root || c.SUID == root
	if was && !is {
		if c.Secure&SecKeepCaps == 0 {
			c.Permitted, c.Effective = 0, 0
		}
		c.Ambient = 0
	}
	if old.EUID == root && c.EUID != root {
		c.Effective = 0
	}
	if old.EUID != root && c.EUID == root {
		c.Effective = c.Permitted
	}
}
