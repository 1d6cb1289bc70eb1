package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// dump is setpriv --dump.
func (s *privileges) dump() int {
	c := s.c
	uids, gids, groups := c.IDs()
	list := func(set model.CapSet) string {
		if set == 0 {
			return "[none]"
		}
		var names []string
		for i, n := range model.CapNames {
			if set.Has(model.Cap(i)) {
				names = append(names, n)
			}
		}
		return strings.Join(names, ",")
	}
	c.put("uid: ", itoa(int(uids[0])), "\neuid: ", itoa(int(uids[1])), "\n")
	if s.f.set['d'] > 1 {
		c.put("suid: ", itoa(int(uids[2])), "\n")
	}
	c.put("gid: ", itoa(int(gids[0])), "\negid: ", itoa(int(gids[1])), "\n")
	if s.f.set['d'] > 1 {
		c.put("sgid: ", itoa(int(gids[2])), "\n")
	}
	c.put("Supplementary groups: ")
	if len(groups) == 0 {
		c.put("[none]")
	}
	for i, g := range groups {
		if i > 0 {
			c.put(",")
		}
		c.put(itoa(int(g)))
	}
	cred := c.Cred()
	c.put("\nno_new_privs: ", map[bool]string{true: "1", false: "0"}[cred.NoNewPrivs], "\n")
	if s.f.set['d'] > 1 {
		c.put("Effective capabilities: ", list(cred.Effective), "\nPermitted capabilities: ", list(cred.Permitted), "\n")
	}
	c.put("Inheritable capabilities: ", list(cred.Inheritable), "\nAmbient capabilities: ", list(cred.Ambient), "\nCapability bounding set: ", list(cred.Bounding), "\n")
	var bits []string
	for _, n := range secureNames {
		if cred.Secure&n.bit != 0 {
			bits = append(bits, n.name)
		}
	}
	if len(bits) == 0 {
		bits = []string{"[none]"}
	}
	c.put("Securebits: ", strings.Join(bits, ","), "\nParent death signal: [none]\n")
	return 0
}
