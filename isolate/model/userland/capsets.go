package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// capText is three sets as cap_to_text(3) of libcap writes them: "=ep", "=", "cap_chown=ep", "=ep cap_chown-ep".
//
// Which combination most capabilities have is what stands behind the first "="; the others follow, the rarest combination last.
func capText(effective, permitted, inheritable model.CapSet) string {
	var count [8]int
	flagsOf := func(n model.Cap) int {
		f := 0
		if effective.Has(n) {
			f |= 1
		}
		if inheritable.Has(n) {
			f |= 2
		}
		if permitted.Has(n) {
			f |= 4
		}
		return f
	}
	// Numbers without a name count as well: they have no flags.
	for n := range 64 {
		if n < len(model.CapNames) {
			count[flagsOf(model.Cap(n))]++
		}
	}
	most := 7
	for f := 6; f >= 0; f-- {
		if count[f] >= count[most] {
			most = f
		}
	}
	text := ""
	if most != 0 {
		text = "=" + flagText(most)
	}
	for f := 7; f >= 0; f-- {
		if f == most || count[f] == 0 {
			continue
		}
		var names []string
		for n := range model.CapNames {
			if flagsOf(model.Cap(n)) == f {
				names = append(names, "cap_"+model.CapNames[n])
			}
		}
		if text != "" {
			text += " "
		}
		text += strings.Join(names, ",")
		switch {
		case most == 0:
			text += "=" + flagText(f)
		default:
			if add := f &^ most; add != 0 {
				text += "+" + flagText(add)
			}
			if drop := most &^ f; drop != 0 {
				text += "-" + flagText(drop)
			}
		}
	}
	if text == "" {
		return "="
	}
	return text
}

func flagText(f int) string {
	text := ""
	for i, l := range []string{"e", "i", "p"} {
		if f>>i&1 == 1 {
			text += l
		}
	}
	return text
}

// parseCaps reads what capText writes. Source: cap_from_text(3).
func parseCaps(text string) (effective, permitted, inheritable model.CapSet, ok bool) {
	sets := []*model.CapSet{&effective, &inheritable, &permitted}
	for _, clause := range strings.Fields(text) {
		at := strings.IndexAny(clause, "=+-")
		if at < 0 {
			return 0, 0, 0, false
		}
		who := model.AllCaps
		if names := clause[:at]; names != "" && names != "all" {
			who = 0
			for _, n := range strings.Split(names, ",") {
				c, found := capNumber(n)
				if !found || !strings.HasPrefix(strings.ToLower(n), "cap_") {
					return 0, 0, 0, false
				}
				who |= 1 << c
			}
		} else if names == "" && clause[at] != '=' {
			return 0, 0, 0, false
		}
		for rest := clause[at:]; rest != ""; {
			op := rest[0]
			n := 1
			for n < len(rest) && strings.IndexByte("eip", rest[n]) >= 0 {
				n++
			}
			if n < len(rest) && strings.IndexByte("=+-", rest[n]) < 0 {
				return 0, 0, 0, false
			}
			for i, set := range sets {
				named := strings.IndexByte(rest[1:n], "eip"[i]) >= 0
				switch {
				case op == '=':
					*set &^= who
					if named {
						*set |= who
					}
				case named && op == '+':
					*set |= who
				case named && op == '-':
					*set &^= who
				}
			}
			rest = rest[n:]
		}
	}
	return effective, permitted, inheritable, text != ""
}

// capList is a set as a list of names.
func capList(set model.CapSet) string {
	var names []string
	for i, n := range model.CapNames {
		if set.Has(model.Cap(i)) {
			names = append(names, "cap_"+n)
		}
	}
	return strings.Join(names, ",")
}

func getpcaps(c *cmd) int {
	if len(c.args) == 0 {
		c.say("usage: getpcaps <pid> [<pid> ...]\n\n  This program displays the capabilities on the queried process(es).\n  The capabilities are displayed in the cap_from_text(3) format.\n\n" +
			"  Optional arguments:\n     --help, -h or --usage display this message.\n     --verbose             use a more verbose output format.\n     --ugly or --legacy    use the archaic legacy output format.\n" +
			"     --iab                 show IAB of process too.\n     --license             display license info\n")
		return 1
	}
	for _, w := range c.args {
		if strings.HasPrefix(w, "-") {
			continue
		}
		text, e := c.readFile("/proc/" + w + "/status")
		if e != model.OK {
			c.say("Failed to get cap's for process ", w, ": (", model.ESRCH.Text(), ")\n")
			c.fail = 1
			continue
		}
		e1, p1, i1 := statusCaps(text, "CapEff"), statusCaps(text, "CapPrm"), statusCaps(text, "CapInh")
		c.put(w, ": ", capText(e1, p1, i1), "\n")
	}
	return c.fail
}

func statusCaps(text, name string) model.CapSet {
	for _, l := range strings.Split(text, "\n") {
		if v, ok := strings.CutPrefix(l, name+":\t"); ok {
			n := uint64(0)
			for i := range len(v) {
				n = n<<4 | uint64(strings.IndexByte("0123456789abcdef", v[i]))
			}
			return model.CapSet(n)
		}
	}
	return 0
}

func getcap(c *cmd) int {
	f, status := c.parse(options{plain: "nrvh"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		c.say("usage: getcap [-h] [-l] [-n] [-r] [-v] <filename> [<filename> ...]\n\n\tdisplays the capabilities on the queried file(s).\n")
		return 1
	}
	show := func(path string) {
		st, e := c.Lstat(path)
		if e != model.OK {
			c.say(path, " (", e.Text(), ")\n")
			return
		}
		if st.Mode&model.ModeType != model.ModeFile {
			if f.has('v') {
				c.put(path, "\n")
			}
			return
		}
		caps, _ := c.FileCaps(path)
		if caps == nil {
			if f.has('v') {
				c.put(path, "\n")
			}
			return
		}
		effective := model.CapSet(0)
		if caps.Effective {
			effective = caps.Permitted | caps.Inheritable
		}
		text := capText(effective, caps.Permitted, caps.Inheritable)
		c.put(path, " ", text)
		if f.has('n') && caps.RootID != 0 {
			c.put(" [rootid=", itoa(int(caps.RootID)), "]")
		}
		c.put("\n")
	}
	for _, path := range f.rest {
		if f.has('r') {
			c.walk(path, func(p string, _ model.Stat) { show(p) })
		} else {
			show(path)
		}
	}
	return 0
}

const setcapUsage = `usage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]

 Note <filename> must be a regular (non-symlink) file.
 -r          remove capability from file
 -           read capability text from stdin
 <capsN>     cap_from_text(3) formatted file capability
 [ Note: capsh --suggest="something..." might help you pick. ]
 -h          this message and exit status 0
 -q          quietly
 -v          validate supplied capability matches file
 -n <rootid> write a user namespace (!= 0) limited capability
 --license   display the license info
`

func setcap(c *cmd) int {
	cred := c.Cred()
	if e := c.Capset(cred.Effective|1<<model.CapSetfcap, cred.Permitted, cred.Inheritable); e != model.OK {
		c.say("unable to set CAP_SETFCAP effective capability: ", e.Text(), "\n")
		return 1
	}
	args := c.args
	verify := false
	for len(args) > 0 && (args[0] == "-q" || args[0] == "-v") {
		verify = verify || args[0] == "-v"
		args = args[1:]
	}
	if len(args) < 2 || len(args)%2 != 0 {
		c.say(setcapUsage)
		return 1
	}
	for ; len(args) > 1; args = args[2:] {
		spec, path := args[0], args[1]
		var caps *model.FileCaps
		if spec != "-r" {
			effective, permitted, inheritable, ok := parseCaps(spec)
			if !ok || effective != 0 && effective != permitted|inheritable {
				c.say("fatal error: Invalid argument\n", setcapUsage)
				return 1
			}
			caps = &model.FileCaps{Permitted: permitted, Inheritable: inheritable, Effective: effective != 0}
		}
		if verify {
			now, _ := c.FileCaps(path)
			if now == nil || caps == nil || now.Permitted != caps.Permitted || now.Inheritable != caps.Inheritable || now.Effective != caps.Effective {
				c.put(path, " differs in [", "p", "e", "]\n")
				return 1
			}
			c.put(path, ": OK\n")
			continue
		}
		st, e := c.Lstat(path)
		if e == model.OK && st.Mode&model.ModeType != model.ModeFile {
			e = model.EINVAL
		}
		if e == model.OK {
			e = c.SetFileCaps(path, caps)
		}
		switch {
		case e == model.OK:
		case e == model.ENODATA:
			c.say("File '", path, "' has no capablity to remove\n")
			return 1
		case e == model.EINVAL:
			c.say("Invalid file '", path, "' for capability operation\n")
			return 1
		default:
			c.say("Failed to set capabilities on file '", path, "': ", e.Text(), "\n")
			return 1
		}
	}
	return 0
}
