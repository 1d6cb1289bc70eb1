package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// capsh does what its arguments say, one after another.
func capsh(c *cmd) int {
	sh := "/bin/bash"
	for i, a := range c.args {
		name, value, _ := strings.Cut(strings.TrimPrefix(a, "--"), "=")
		if a == "--" || a == "==" {
			c.flush()
			args := append([]string{sh}, c.args[i+1:]...)
			c.Exec(sh, args, c.Env())
			c.say("execve '", sh, "' failed!\n")
			return 1
		}
		if a == "-+" || a == "=+" {
			continue
		}
		if !strings.HasPrefix(a, "--") {
			c.say(capshUsage)
			return 1
		}
		if status := c.capshStep(name, value, &sh); status >= 0 {
			return status
		}
	}
	return 0
}

const capshUsage = "usage: capsh [args ...]\n"

// capshStep does one thing; a status of -1 goes on.
func (c *cmd) capshStep(name, value string, sh *string) int {
	cred := c.Cred()
	switch name {
	case "print":
		c.capshPrint()
	case "current":
		c.put("Current: ", capText(cred.Effective, cred.Permitted, cred.Inheritable), "\n", "Current IAB: ", iabText(cred), "\n")
	case "shell":
		*sh = value
	case "drop":
		for _, w := range strings.Split(value, ",") {
			n, ok := capNumber(w)
			if value == "all" {
				for i := range model.CapNames {
					c.DropBounding(model.Cap(i))
				}
				return -1
			}
			if !ok {
				c.say("Unrecognized capability name '", w, "'\n")
				return 1
			}
			if e := c.capshRaised(model.CapSetpcap, func() model.Errno { return c.DropBounding(n) }); e != model.OK {
				c.say("Unable to drop bounding capability '", w, "': ", e.Text(), "\n")
				return 1
			}
		}
	case "caps":
		effective, permitted, inheritable, ok := parseCaps(value)
		if !ok {
			c.say("unable to interpret [", value, "]\n")
			return 1
		}
		if e := c.capshRaised(model.CapSetpcap, func() model.Errno { return c.Capset(effective, permitted, inheritable) }); e != model.OK {
			c.say("Unable to set capabilities [--caps=", value, "]\n")
			return 1
		}
	case "inh":
		_, _, set, ok := parseCaps(listClause(value, "i"))
		if !ok && value != "" {
			c.say("Fail?!\n")
			return 1
		}
		if e := c.Capset(cred.Effective, cred.Permitted, set); e != model.OK {
			c.say("Unable to set inheritable capabilities: ", e.Text(), "\n")
			return 1
		}
	case "addamb", "delamb":
		for _, w := range strings.Split(value, ",") {
			n, ok := capNumber(w)
			if !ok {
				c.say("Unrecognized capability name '", w, "'\n")
				return 1
			}
			if e := c.SetAmbient(n, name == "addamb"); e != model.OK {
				c.say("failed to change ambient capability '", w, "': ", e.Text(), "\n")
				return 1
			}
		}
	case "noamb":
		for i := range model.CapNames {
			c.SetAmbient(model.Cap(i), false)
		}
	case "no-new-privs":
		c.SetNoNewPrivs()
	default:
		return c.capshIdentity(name, value)
	}
	return -1
}

// listClause is a list of names with flags, as text.
func listClause(names, flags string) string {
	if names == "" {
		return ""
	}
	return names + "=" + flags
}

// capshRaised does something with a capability made effective, and lowered again.
func (c *cmd) capshRaised(what model.Cap, do func() model.Errno) model.Errno {
	cred := c.Cred()
	if !cred.Effective.Has(what) && cred.Permitted.Has(what) {
		c.Capset(cred.Effective|1<<what, cred.Permitted, cred.Inheritable)
	}
	e := do()
	if now := c.Cred(); !cred.Effective.Has(what) && now.Effective.Has(what) && e == model.OK {
		c.Capset(now.Effective&^(1<<what), now.Permitted, now.Inheritable)
	}
	return e
}

func (c *cmd) capshIdentity(name, value string) int {
	n := func() int { return atoi(value) }
	say := func(e model.Errno, text string) int {
		if e != model.OK {
			c.say(text, ": ", e.Text(), "\n")
			return 1
		}
		return -1
	}
	switch name {
	case "uid":
		return say(c.capshRaised(model.CapSetuid, func() model.Errno { return c.Setuid(n()) }), "Failed to set uid="+value)
	case "cap-uid":
		return say(c.keepUID(n()), "Failed to cap_setuid("+value+")")
	case "gid":
		return say(c.capshRaised(model.CapSetgid, func() model.Errno { return c.Setgid(n()) }), "Failed to set gid="+value)
	case "user":
		u, ok := c.userByName(value)
		if !ok {
			c.say("User [", value, "] not known\n")
			return 1
		}
		if e := c.capshRaised(model.CapSetgid, func() model.Errno {
			if e := c.Setgid(int(u.gid)); e != model.OK {
				return e
			}
			return c.Setgroups(c.initGroups(u.name, u.gid))
		}); e != model.OK {
			c.say("Unable to set group for user [", value, "]: ", e.Text(), "\n")
			return 1
		}
		return say(c.capshRaised(model.CapSetuid, func() model.Errno { return c.Setuid(int(u.uid)) }), "Failed to set UID(user="+value+")")
	case "groups":
		var list []uint32
		for _, w := range strings.Split(value, ",") {
			if g, ok := c.groupByName(w); ok {
				list = append(list, g)
			} else {
				list = append(list, uint32(atoi(w)))
			}
		}
		return say(c.capshRaised(model.CapSetgid, func() model.Errno { return c.Setgroups(list) }), "Unable to set groups")
	case "keep":
		return say(c.KeepCaps(n() != 0), "prctl(PR_SET_KEEPCAPS, "+value+")")
	case "secbits":
		return say(c.capshRaised(model.CapSetpcap, func() model.Errno { return c.SetSecurebits(model.Securebits(n())) }), "failed to set securebits to "+value)
	case "chroot":
		e := c.capshRaised(model.CapSysChroot, func() model.Errno { return c.Chroot(value) })
		if e == model.OK {
			c.Chdir("/")
		}
		return say(e, "Unable to chroot/chdir to ["+value+"]")
	case "decode":
		v := statusCaps("X:\t"+strings.TrimPrefix(value, "0x")+"\n", "X")
		c.put("0x", zeros(hexa(uint64(v)), 16), "=", capList(v), "\n")
		return -1
	case "has-p":
		k, ok := capNumber(value)
		if !ok || !c.Cred().Permitted.Has(k) {
			c.say("cap[", value, "] not permitted\n")
			return 1
		}
		return -1
	case "is-uid":
		return boolStep(int(c.Cred().UID) == n())
	case "has-no-new-privs":
		return boolStep(c.Cred().NoNewPrivs)
	case "supports":
		return capshKnows(value)
	}
	c.say(capshUsage)
	return 1
}

func capshKnows(name string) int {
	_, ok := capNumber(name)
	return boolStep(ok)
}

func boolStep(ok bool) int {
	if ok {
		return -1
	}
	return 1
}

// keepUID changes the user and keeps the permitted set.
func (c *cmd) keepUID(uid int) model.Errno {
	c.KeepCaps(true)
	e := c.capshRaised(model.CapSetuid, func() model.Errno { return c.Setresuid(uid, uid, uid) })
	c.KeepCaps(false)
	return e
}

// iabText is the inheritable, ambient and (not) bounding sets in one line. Source: cap_iab_to_text(3).
func iabText(cred *model.Cred) string {
	var words []string
	for i, n := range model.CapNames {
		k := model.Cap(i)
		mark := ""
		if !cred.Bounding.Has(k) {
			mark = "!"
		}
		switch {
		case cred.Ambient.Has(k):
			mark += "^"
		case cred.Inheritable.Has(k) && mark != "":
			mark += "%"
		case cred.Inheritable.Has(k):
		case mark == "":
			continue
		}
		words = append(words, mark+"cap_"+n)
	}
	return strings.Join(words, ",")
}

func (c *cmd) capshPrint() {
	cred := c.Cred()
	c.put("Current: ", capText(cred.Effective, cred.Permitted, cred.Inheritable), "\nBounding set =", capList(cred.Bounding), "\nAmbient set =", capList(cred.Ambient), "\nCurrent IAB: ", iabText(cred), "\n")
	bits := uint64(cred.Secure)
	binary := "0"
	for n := uint64(0); n < 8; n++ {
		if bits>>n&1 == 1 {
			binary = ""
		}
	}
	if binary == "" {
		for n := 7; n >= 0; n-- {
			if b := bits >> n & 1; b == 1 || binary != "" {
				binary += itoa(int(b))
			}
		}
	}
	nnp := map[bool]string{true: "1", false: "0"}[cred.NoNewPrivs]
	c.put("Securebits: ", zeros(octal(uint32(bits)), 2), "/0x", hexa(bits), "/", itoa(len(binary)), "'b", binary, " (no-new-privs=", nnp, ")\n")
	yes := func(bit model.Securebits) string {
		text := "no"
		if cred.Secure&bit != 0 {
			text = "yes"
		}
		if cred.Secure&(bit<<1) != 0 {
			return text + " (locked)\n"
		}
		return text + " (unlocked)\n"
	}
	c.put(" secure-noroot: ", yes(model.SecNoRoot), " secure-no-suid-fixup: ", yes(model.SecNoSetuidFixup), " secure-keep-caps: ", yes(model.SecKeepCaps), " secure-no-ambient-raise: ", yes(model.SecNoAmbientRaise))
	uids, gids, groups := c.IDs()
	named := func(n uint32, name string) string {
		if name == "" {
			name = "???"
		}
		return itoa(int(n)) + "(" + name + ")"
	}
	c.put("uid=", named(uids[0], c.userName(uids[0])), " euid=", named(uids[1], c.userName(uids[1])), "\ngid=", named(gids[0], c.groupName(gids[0])), "\ngroups=")
	for i, g := range groups {
		if i > 0 {
			c.put(",")
		}
		c.put(named(g, c.groupName(g)))
	}
	c.put("\nGuessed mode: ", capMode(cred), "\n")
}

// capMode is the libcap mode that the securebits and sets look like.
func capMode(cred *model.Cred) string {
	pure := model.SecNoRoot | model.SecNoRootLocked | model.SecNoSetuidFixup | model.SecNoSetuidFixupLocked | model.SecKeepCapsLocked | model.SecNoAmbientRaise | model.SecNoAmbientRaiseLocked
	if cred.Secure != pure {
		if cred.Secure == 0 {
			return "HYBRID (4)"
		}
		return "UNCERTAIN (0)"
	}
	if cred.Permitted == 0 && cred.Bounding == 0 {
		return "NOPRIV (1)"
	}
	return "PURE1E (3)"
}
