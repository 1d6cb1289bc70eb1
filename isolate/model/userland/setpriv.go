package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// capNumber finds a capability by its name, with or without cap_.
func capNumber(name string) (model.Cap, bool) {
	name = strings.TrimPrefix(strings.ToLower(name), "cap_")
	for i, n := range model.CapNames {
		if n == name {
			return model.Cap(i), true
		}
	}
	return 0, false
}

var secureNames = []struct {
	name string
	bit  model.Securebits
}{{"noroot", model.SecNoRoot}, {"noroot_locked", model.SecNoRootLocked}, {"no_setuid_fixup", model.SecNoSetuidFixup}, {"no_setuid_fixup_locked", model.SecNoSetuidFixupLocked},
	{"keep_caps", model.SecKeepCaps}, {"keep_caps_locked", model.SecKeepCapsLocked}, {"no_cap_ambient_raise", model.SecNoAmbientRaise}, {"no_cap_ambient_raise_locked", model.SecNoAmbientRaiseLocked}}

func setpriv(c *cmd) int {
	f, status := c.parse(options{plain: "dV", stop: true, usage: "Try 'setpriv --help' for more information.\n", long: map[string]string{"dump": "d", "nnp": "n", "no-new-privs": "n", "inh-caps": "i=", "ambient-caps": "a=",
		"bounding-set": "b=", "ruid": "r=", "euid": "e=", "reuid": "u=", "rgid": "R=", "egid": "E=", "regid": "g=", "clear-groups": "c", "keep-groups": "k", "init-groups": "I",
		"groups": "G=", "securebits": "s=", "list-caps": "l", "pdeathsig": "p=", "reset-env": "z"}})
	if status != 0 {
		return status
	}
	s := &privileges{c: c, f: f}
	if f.has('d') {
		return s.dump()
	}
	if f.has('l') {
		for _, n := range model.CapNames {
			c.put(n, "\n")
		}
		return 0
	}
	if (f.has('g') || f.has('R') || f.has('E')) && !f.has('c') && !f.has('k') && !f.has('I') && !f.has('G') {
		return s.die("--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups")
	}
	if len(f.rest) == 0 {
		return s.die("No program specified")
	}
	if status := s.apply(); status != 0 {
		return status
	}
	e := c.execvp(f.rest)
	c.say("setpriv: failed to execute ", f.rest[0], ": ", e.Text(), "\n")
	if e == model.ENOENT {
		return 127
	}
	return 126
}

type privileges struct {
	c *cmd
	f flags
}

func (s *privileges) die(texts ...string) int {
	s.c.say("setpriv: ", strings.Join(texts, ""), "\n")
	return 1
}

// failed is the status after a call that failed.
func (s *privileges) failed(what string, e model.Errno) int {
	s.c.say("setpriv: ", what, ": ", e.Text(), "\n")
	return 127
}

// apply makes the changes, in setpriv's order.
func (s *privileges) apply() int {
	c, f := s.c, s.f
	for _, letter := range []byte{'i', 'a', 'b'} {
		if status := s.check(f.values[letter]); status != 0 {
			return status
		}
	}
	if f.has('n') {
		c.SetNoNewPrivs()
	}
	if status := s.keepForNow(); status != 0 {
		return status
	}
	if status := s.ids(); status != 0 {
		return status
	}
	if f.has('s') {
		if status := s.securebits(f.values['s']); status != 0 {
			return status
		}
	}
	if f.has('b') {
		_, drop := s.change(c.Cred().Bounding, f.values['b'])
		for i := range model.CapNames {
			if drop.Has(model.Cap(i)) && c.Cred().Bounding.Has(model.Cap(i)) {
				if e := c.DropBounding(model.Cap(i)); e != model.OK {
					return s.failed("drop bounding set", e)
				}
			}
		}
	}
	if f.has('i') {
		cred := c.Cred()
		set, _ := s.change(cred.Inheritable, f.values['i'])
		if e := c.Capset(cred.Effective, cred.Permitted, set); e != model.OK {
			return s.failed("apply capabilities", e)
		}
	}
	if f.has('a') {
		return s.ambient(f.values['a'])
	}
	return 0
}

// keepForNow lets the permitted set survive the change of user, and makes it effective again.
func (s *privileges) keepForNow() int {
	if s.f.has('u') || s.f.has('r') || s.f.has('e') {
		s.c.KeepCaps(true)
	}
	return 0
}

func (s *privileges) check(list string) int {
	for _, w := range strings.Split(list, ",") {
		if w == "" {
			continue
		}
		if w[0] != '+' && w[0] != '-' {
			return s.die("bad capability string")
		}
		if w[1:] == "all" {
			continue
		}
		if _, ok := capNumber(w[1:]); !ok {
			return s.die("unknown capability \"", w[1:], "\"")
		}
	}
	return 0
}

// change is a set after a list such as +net_admin,-all, and what the list took out.
func (s *privileges) change(set model.CapSet, list string) (after, dropped model.CapSet) {
	for _, w := range strings.Split(list, ",") {
		if w == "" {
			continue
		}
		bits := model.AllCaps
		if n, ok := capNumber(w[1:]); ok {
			bits = 1 << n
		}
		if w[0] == '+' {
			set |= bits
			dropped &^= bits
		} else {
			set &^= bits
			dropped |= bits
		}
	}
	return set, dropped
}

func (s *privileges) ids() int {
	c, f := s.c, s.f
	uid := func(letter byte) (int, string) {
		v, ok := f.values[letter]
		if !ok {
			return -1, ""
		}
		if n, ok := number(v); ok {
			return n, ""
		}
		if u, ok := c.userByName(v); ok {
			return int(u.uid), ""
		}
		return -1, v
	}
	gid := func(letter byte) int {
		v, ok := f.values[letter]
		if !ok {
			return -1
		}
		if n, ok := number(v); ok {
			return n
		}
		n, ok := c.groupByName(v)
		if !ok {
			return -1
		}
		return int(n)
	}
	r, bad := uid('u')
	if bad != "" {
		return s.die("failed to parse reuid: '", bad, "'")
	}
	ru, eu := r, r
	if f.has('r') {
		ru, _ = uid('r')
	}
	if f.has('e') {
		eu, _ = uid('e')
	}
	rg, eg := gid('g'), gid('g')
	if f.has('R') {
		rg = gid('R')
	}
	if f.has('E') {
		eg = gid('E')
	}
	if rg >= 0 || eg >= 0 {
		if e := c.Setresgid(rg, eg, eg); e != model.OK {
			return s.failed("setresgid failed", e)
		}
	}
	if status := s.groups(ru, rg); status != 0 {
		return status
	}
	if ru >= 0 || eu >= 0 {
		if e := c.Setresuid(ru, eu, eu); e != model.OK {
			return s.failed("setresuid failed", e)
		}
		cred := c.Cred()
		c.Capset(cred.Permitted, cred.Permitted, cred.Inheritable)
	}
	return 0
}

func (s *privileges) groups(uid, gid int) int {
	c, f := s.c, s.f
	var list []uint32
	switch {
	case f.has('c'):
	case f.has('G'):
		for _, w := range strings.Split(f.values['G'], ",") {
			n, ok := number(w)
			if !ok {
				g, found := c.groupByName(w)
				if !found {
					return s.die("Invalid supplementary group id: '", w, "'")
				}
				n = int(g)
			}
			list = append(list, uint32(n))
		}
	case f.has('I'):
		name := c.userName(uint32(uid))
		if name == "" {
			return s.die("uid ", itoa(uid), " not found, --init-groups requires an user that can be found on the system")
		}
		list = c.initGroups(name, uint32(max(gid, 0)))
	default:
		return 0
	}
	if e := c.Setgroups(list); e != model.OK {
		return s.failed("setgroups failed", e)
	}
	return 0
}

func (s *privileges) securebits(list string) int {
	bits := s.c.Cred().Secure &^ model.SecKeepCaps
	for _, w := range strings.Split(list, ",") {
		if len(w) < 2 || w[0] != '+' && w[0] != '-' {
			return s.die("bad securebits string")
		}
		found := false
		for _, n := range secureNames {
			if n.name == w[1:] || w == "-all" {
				found = true
				if w[0] == '+' {
					bits |= n.bit
				} else {
					bits &^= n.bit
				}
			}
		}
		if !found {
			return s.die("unrecognized securebit")
		}
	}
	if e := s.c.SetSecurebits(bits); e != model.OK {
		return s.failed("set process securebits failed", e)
	}
	return 0
}

// ambient raises and lowers ambient capabilities; one that cannot be raised is left.
func (s *privileges) ambient(list string) int {
	c := s.c
	set, dropped := s.change(0, list)
	for i := range model.CapNames {
		n := model.Cap(i)
		switch {
		case dropped.Has(n):
			c.SetAmbient(n, false)
		case set.Has(n):
			c.SetAmbient(n, true)
		}
	}
	return 0
}
