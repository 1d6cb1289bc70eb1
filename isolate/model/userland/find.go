package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// findTest is a condition or an action of find.
type findTest func(x *finder, path string, st model.Stat) bool

type finder struct {
	c        *cmd
	args     []string
	maxDepth int
	minDepth int
	depth    bool // what a folder holds before the folder
	xdev     bool
	acted    bool // an action was given: what is found is not printed
	bad      string
	prune    bool
	quit     bool
	batch    map[int][]string // what -exec ... + has gathered, by its place
}

func find(c *cmd) int {
	var paths []string
	args := c.args
	follow := false
	for len(args) > 0 && (args[0] == "-L" || args[0] == "-H") {
		follow = args[0] == "-L"
		args = args[1:]
	}
	for len(args) > 0 && args[0] != "(" && args[0] != "!" && !strings.HasPrefix(args[0], "-") {
		paths = append(paths, args[0])
		args = args[1:]
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	x := &finder{c: c, args: args, maxDepth: 1 << 30, batch: map[int][]string{}}
	test := x.or()
	if x.bad == "" && len(x.args) > 0 {
		x.bad = x.args[0]
	}
	if x.bad != "" {
		c.err("unrecognized: ", x.bad)
		return 1
	}
	for _, p := range paths {
		x.visit(p, 0, test, follow, 0)
	}
	return c.fail
}

func (x *finder) visit(path string, level int, test findTest, follow bool, dev uint32) {
	st, e := x.c.Lstat(path)
	if follow {
		if s, e2 := x.c.Stat(path); e2 == model.OK {
			st, e = s, model.OK
		}
	}
	if e != model.OK {
		x.c.err(path, ": ", e.Text())
		return
	}
	if level == 0 {
		dev = st.Dev
	}
	x.prune = false
	match := func() {
		if level >= x.minDepth && !x.quit && test(x, path, st) && !x.acted {
			x.c.put(path, "\n")
		}
	}
	if !x.depth {
		match()
	}
	if st.Mode&model.ModeType == model.ModeDir && level < x.maxDepth && !x.prune && !x.quit && !(x.xdev && st.Dev != dev) {
		list, e := x.c.list(path)
		if e != model.OK {
			x.c.err(path, ": ", e.Text())
		}
		for _, d := range list {
			x.visit(join(path, d.Name), level+1, test, follow, dev)
		}
	}
	if x.depth {
		match()
	}
}

func (x *finder) peek() string {
	if len(x.args) == 0 {
		return ""
	}
	return x.args[0]
}

func (x *finder) next() string {
	w := x.peek()
	if len(x.args) > 0 {
		x.args = x.args[1:]
	}
	return w
}

func (x *finder) or() findTest {
	l := x.and()
	for x.peek() == "-o" || x.peek() == "-or" {
		x.next()
		a, b := l, x.and()
		l = func(x *finder, p string, st model.Stat) bool { return a(x, p, st) || b(x, p, st) }
	}
	return l
}

func (x *finder) and() findTest {
	l := findTest(func(*finder, string, model.Stat) bool { return true })
	for w := x.peek(); w != "" && w != "-o" && w != "-or" && w != ")" && x.bad == ""; w = x.peek() {
		if w == "-a" || w == "-and" {
			x.next()
		}
		a, b := l, x.not()
		l = func(x *finder, p string, st model.Stat) bool { return a(x, p, st) && b(x, p, st) }
	}
	return l
}

func (x *finder) not() findTest {
	switch x.peek() {
	case "!", "-not":
		x.next()
		t := x.not()
		return func(x *finder, p string, st model.Stat) bool { return !t(x, p, st) }
	case "(":
		x.next()
		t := x.or()
		if x.next() != ")" {
			x.bad = "("
		}
		return t
	}
	return x.primary(x.next())
}

func (x *finder) primary(name string) findTest {
	switch name {
	case "-name", "-iname":
		pattern := x.next()
		return func(_ *finder, p string, _ model.Stat) bool {
			if name == "-iname" {
				return shell.Match(strings.ToLower(pattern), strings.ToLower(base(p)))
			}
			return shell.Match(pattern, base(p))
		}
	case "-path":
		pattern := x.next()
		return func(_ *finder, p string, _ model.Stat) bool { return shell.Match(pattern, p) }
	case "-type":
		kind := map[string]uint32{"f": model.ModeFile, "d": model.ModeDir, "l": model.ModeLink, "c": model.ModeChar, "b": model.ModeBlock, "p": model.ModeFIFO, "s": model.ModeSocket}[x.next()]
		return func(_ *finder, _ string, st model.Stat) bool { return st.Mode&model.ModeType == kind }
	case "-perm":
		return x.perm(x.next())
	case "-user", "-uid":
		word := x.next()
		n, ok := number(word)
		if u, found := x.c.userByName(word); !ok && found {
			n = int(u.uid)
		} else if !ok {
			x.bad = word
		}
		return func(_ *finder, _ string, st model.Stat) bool { return int(st.UID) == n }
	case "-group", "-gid":
		word := x.next()
		n, ok := number(word)
		if g, found := x.c.groupByName(word); !ok && found {
			n = int(g)
		}
		return func(_ *finder, _ string, st model.Stat) bool { return int(st.GID) == n }
	case "-size":
		word := x.next()
		unit := int64(512)
		if strings.HasSuffix(word, "c") {
			unit = 1
		} else if strings.HasSuffix(word, "k") {
			unit = 1024
		}
		return compareTest(word, func(st model.Stat) int64 { return (st.Size + unit - 1) / unit })
	case "-links":
		return compareTest(x.next(), func(st model.Stat) int64 { return int64(st.Nlink) })
	case "-inum":
		return compareTest(x.next(), func(st model.Stat) int64 { return int64(st.Ino) })
	case "-empty":
		return func(x *finder, p string, st model.Stat) bool {
			if st.Mode&model.ModeType == model.ModeDir {
				list, e := x.c.list(p)
				return e == model.OK && len(list) == 0
			}
			return st.Mode&model.ModeType == model.ModeFile && st.Size == 0
		}
	case "-maxdepth", "-mindepth":
		n := atoi(x.next())
		if name == "-maxdepth" {
			x.maxDepth = n
		} else {
			x.minDepth = n
		}
		return func(*finder, string, model.Stat) bool { return true }
	case "-depth", "-xdev", "-mount":
		x.depth = x.depth || name == "-depth"
		x.xdev = x.xdev || name != "-depth"
		return func(*finder, string, model.Stat) bool { return true }
	}
	return x.action(name)
}

func compareTest(word string, of func(model.Stat) int64) findTest {
	n := int64(atoi(strings.TrimLeft(word, "+-")))
	return func(_ *finder, _ string, st model.Stat) bool {
		switch word[0] {
		case '+':
			return of(st) > n
		case '-':
			return of(st) < n
		}
		return of(st) == n
	}
}

func (x *finder) perm(word string) findTest {
	mark := byte(0)
	if word != "" && (word[0] == '-' || word[0] == '/' || word[0] == '+') {
		mark, word = word[0], word[1:]
	}
	mode, ok := chmodMode(word, 0, false, 0)
	if !ok {
		x.bad = word
	}
	return func(_ *finder, _ string, st model.Stat) bool {
		now := st.Mode & 0o7777
		switch mark {
		case '-':
			return now&mode == mode
		case '/', '+':
			return now&mode != 0
		}
		return now == mode
	}
}

func (x *finder) action(name string) findTest {
	x.acted = x.acted || name == "-print" || name == "-print0" || name == "-exec" || name == "-delete" || name == "-ok"
	switch name {
	case "-print":
		return func(x *finder, p string, _ model.Stat) bool { x.c.put(p, "\n"); return true }
	case "-print0":
		return func(x *finder, p string, _ model.Stat) bool { x.c.put(p, "\x00"); return true }
	case "-prune":
		return func(x *finder, _ string, _ model.Stat) bool { x.prune = true; return true }
	case "-quit":
		return func(x *finder, _ string, _ model.Stat) bool { x.quit = true; return true }
	case "-delete":
		x.depth = true
		return func(x *finder, p string, st model.Stat) bool {
			e := x.c.Unlink(p)
			if st.Mode&model.ModeType == model.ModeDir {
				e = x.c.Rmdir(p)
			}
			if e != model.OK {
				x.c.err(p, ": ", e.Text())
			}
			return e == model.OK
		}
	case "-exec":
		var words []string
		for w := x.next(); w != ";" && w != "+"; w = x.next() {
			if w == "" && len(x.args) == 0 {
				x.bad = "-exec"
				break
			}
			words = append(words, w)
		}
		return func(x *finder, p string, _ model.Stat) bool {
			args := make([]string, len(words))
			for i, w := range words {
				args[i] = strings.ReplaceAll(w, "{}", p)
			}
			return x.c.spawn(args) == 0
		}
	}
	x.bad = name
	return func(*finder, string, model.Stat) bool { return false }
}

// xargs makes arguments of its input.
func xargs(c *cmd) int {
	f, status := c.parse(options{plain: "0rtpx", valued: "nIsEPL", stop: true})
	if status != 0 {
		return status
	}
	args := f.rest
	if len(args) == 0 {
		args = []string{"echo"}
	}
	data, _ := c.readAll(0)
	var words []string
	switch {
	case f.has('0'):
		words = strings.Split(strings.TrimSuffix(string(data), "\x00"), "\x00")
	case f.has('I'):
		for _, l := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			words = append(words, strings.TrimSpace(l))
		}
	default:
		words = strings.Fields(string(data))
	}
	result := 0
	run := func(list []string) {
		if n := c.spawn(list); n != 0 {
			result = 123
			if n == 127 || n == 126 {
				result = n
			}
		}
	}
	if f.has('I') {
		for _, w := range words {
			var list []string
			for _, a := range args {
				list = append(list, strings.ReplaceAll(a, f.values['I'], w))
			}
			run(list)
		}
		return result
	}
	size := 1 << 20
	if f.has('n') {
		size = max(1, atoi(f.values['n']))
	}
	if len(words) == 0 && !f.has('r') {
		run(args)
	}
	for len(words) > 0 {
		n := min(size, len(words))
		run(append(append([]string(nil), args...), words[:n]...))
		words = words[n:]
	}
	return result
}
