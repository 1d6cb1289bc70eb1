package userland

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/isolate/model"
)

// awkValue is a text or a number; what was read may be both.
type awkValue struct {
	text  string
	n     float64
	isNum bool
	input bool // it was read: a number if it looks like one
}

func awkNum(n float64) awkValue  { return awkValue{n: n, isNum: true} }
func awkText(s string) awkValue  { return awkValue{text: s} }
func awkInput(s string) awkValue { return awkValue{text: s, input: true} }

func (v awkValue) number() float64 {
	if v.isNum {
		return v.n
	}
	n, _ := leadingNumber(v.text)
	return n
}

// leadingNumber is the number a text begins with, and whether it is nothing else.
func leadingNumber(text string) (float64, bool) {
	t := strings.TrimSpace(text)
	end := 0
	for end < len(t) && strings.IndexByte("0123456789.+-eE", t[end]) >= 0 {
		end++
	}
	for end > 0 {
		if n, err := strconv.ParseFloat(t[:end], 64); err == nil {
			return n, end == len(t)
		}
		end--
	}
	return 0, false
}

func (v awkValue) String() string {
	if !v.isNum {
		return v.text
	}
	//float:exact a whole number survives the way to an integer and back, on every processor
	if n := int64(v.n); float64(n) == v.n {
		return strconv.FormatInt(n, 10)
	}
	return strconv.FormatFloat(v.n, 'g', 6, 64)
}

func (v awkValue) numeric() bool {
	if v.isNum {
		return true
	}
	_, whole := leadingNumber(v.text)
	return v.input && whole
}

func (v awkValue) truth() bool {
	if v.numeric() {
		return v.number() != 0
	}
	return v.text != ""
}

type awkRun struct {
	c      *cmd
	rules  []*awkRule
	funcs  map[string]*awkNode
	vars   map[string]awkValue
	arrays map[string]map[string]awkValue
	line   string
	fields []string
	leave  string
	result awkValue
	status int
	res    map[string]filter.Pattern
	depth  int
	fd     int
}

func awk(c *cmd) int {
	f, status := c.parse(options{valued: "Fvf", stop: true})
	if status != 0 {
		return status
	}
	text := ""
	rest := f.rest
	if f.has('f') {
		var e model.Errno
		if text, e = c.readFile(f.values['f']); e != model.OK {
			return c.die("can't open '", f.values['f'], "': ", e.Text())
		}
	} else if len(rest) > 0 {
		text, rest = rest[0], rest[1:]
	} else {
		c.say(usageOf("awk", "[OPTIONS] [AWK_PROGRAM] [FILE]..."))
		return 1
	}
	rules, funcs, bad := awkParse(text)
	if bad != "" {
		c.say("awk: cmd. line:1: ", bad, "\n")
		return 1
	}
	a := &awkRun{c: c, rules: rules, funcs: funcs, vars: map[string]awkValue{}, arrays: map[string]map[string]awkValue{}, res: map[string]filter.Pattern{}}
	for name, v := range sortedPairs(map[string]string{"FS": " ", "OFS": " ", "ORS": "\n", "RS": "\n", "SUBSEP": "\x1c"}) {
		a.vars[name] = awkText(v)
	}
	if f.has('F') {
		fs, _ := unescape(f.values['F'])
		a.vars["FS"] = awkText(fs)
	}
	for _, v := range f.list['v'] {
		name, value, _ := strings.Cut(v, "=")
		a.vars[name] = awkInput(value)
	}
	return a.run(rest)
}

func (a *awkRun) run(files []string) int {
	a.each(func(r *awkRule) bool { return r.begin })
	reads := slices.ContainsFunc(a.rules, func(r *awkRule) bool { return !r.begin })
	if reads && a.leave != "exit" {
		a.c.inputs(files, func(name string, fd int) {
			a.vars["FNR"] = awkNum(0)
			a.vars["FILENAME"] = awkText(name)
			a.fd = fd
			for a.leave != "exit" && a.record() {
				a.c.Spend(2000)
				a.each(nil)
				if a.leave == "next" {
					a.leave = ""
				}
			}
		})
	}
	code := a.status
	a.leave = ""
	a.each(func(r *awkRule) bool { return r.end })
	if a.status != 0 {
		code = a.status
	}
	return max(code, a.c.fail)
}

// record reads the next line.
func (a *awkRun) record() bool {
	l, ok := a.c.line(a.fd)
	if !ok {
		return false
	}
	a.vars["NR"] = awkNum(a.vars["NR"].number() + 1)
	a.vars["FNR"] = awkNum(a.vars["FNR"].number() + 1)
	a.setLine(strings.TrimSuffix(l, "\n"))
	return true
}

func (a *awkRun) setLine(l string) {
	a.line = l
	a.fields = a.split(l, a.vars["FS"].String())
	a.vars["NF"] = awkNum(float64(len(a.fields)))
}

func (a *awkRun) split(text, sep string) []string {
	if sep == " " {
		return strings.Fields(text)
	}
	if text == "" {
		return nil
	}
	if len(sep) == 1 {
		return strings.Split(text, sep)
	}
	re := a.regexp(sep)
	var parts []string
	for {
		start, end, ok := re.Find(text, 0)
		if !ok || end == start {
			return append(parts, text)
		}
		parts = append(parts, text[:start])
		text = text[end:]
	}
}

func (a *awkRun) regexp(text string) filter.Pattern {
	re, ok := a.res[text]
	if !ok {
		var bad string
		if re, bad = filter.Compile(text, true, false); bad != "" {
			re, _ = filter.Compile(quoteRegexp(text), false, false)
		}
		a.res[text] = re
	}
	return re
}

// each runs the rules that fit: those that pick says, or those of a line.
func (a *awkRun) each(pick func(*awkRule) bool) {
	for _, r := range a.rules {
		switch {
		case pick != nil:
			if !pick(r) {
				continue
			}
		case r.begin || r.end || !a.fits(r):
			continue
		}
		if r.action == nil {
			a.c.put(a.line, a.vars["ORS"].String())
		} else {
			a.do(r.action)
		}
		if a.leave == "next" || a.leave == "exit" {
			return
		}
	}
}

func (a *awkRun) fits(r *awkRule) bool {
	switch len(r.pattern) {
	case 0:
		return true
	case 1:
		return a.eval(r.pattern[0]).truth()
	}
	if !r.inside && !a.eval(r.pattern[0]).truth() {
		return false
	}
	r.inside = !a.eval(r.pattern[1]).truth()
	return true
}

func (a *awkRun) do(n *awkNode) {
	if a.c.Spend(500); a.leave != "" {
		return
	}
	switch n.op {
	case "block":
		for _, k := range n.kids {
			a.do(k)
		}
	case "expr":
		a.eval(n.kids[0])
	case "if":
		if a.eval(n.kids[0]).truth() {
			a.do(n.kids[1])
		} else if len(n.kids) > 2 {
			a.do(n.kids[2])
		}
	case "while":
		for a.leave == "" && a.eval(n.kids[0]).truth() {
			a.do(n.kids[1])
			a.loopEnd()
		}
		a.afterLoop()
	case "for":
		for a.do(n.kids[0]); a.leave == "" && a.eval(n.kids[1]).truth(); a.do(n.kids[2]) {
			a.do(n.kids[3])
			a.loopEnd()
		}
		a.afterLoop()
	case "forin":
		for _, k := range slices.Sorted(maps.Keys(a.arrays[n.kids[0].text])) {
			a.vars[n.text] = awkInput(k)
			if a.do(n.kids[1]); a.leave != "" && a.leave != "continue" {
				break
			}
			a.loopEnd()
		}
		a.afterLoop()
	case "print", "printf":
		a.print(n)
	case "exit", "return":
		if len(n.kids) > 0 {
			a.result = a.eval(n.kids[0])
		}
		if n.op == "exit" {
			a.status = int(a.result.number())
		}
		a.leave = n.op
	case "delete":
		if k := n.kids[0]; k.op == "index" {
			delete(a.arrays[k.text], a.subscript(k))
		} else {
			delete(a.arrays, k.text)
		}
	default:
		a.leave = n.op
	}
}

func (a *awkRun) loopEnd() {
	if a.leave == "continue" {
		a.leave = ""
	}
}

func (a *awkRun) afterLoop() {
	if a.leave == "break" {
		a.leave = ""
	}
}

func (a *awkRun) print(n *awkNode) {
	kids := n.kids
	to := ""
	if n.text != "" {
		to = a.eval(kids[len(kids)-1]).String()
		kids = kids[:len(kids)-1]
	}
	var words []string
	for _, k := range kids {
		words = append(words, a.eval(k).String())
	}
	text := strings.Join(words, a.vars["OFS"].String()) + a.vars["ORS"].String()
	switch {
	case n.op == "printf" && len(words) > 0:
		text = sprintf(words)
	case len(kids) == 0:
		text = a.line + a.vars["ORS"].String()
	}
	switch {
	case to == "/dev/stderr":
		a.c.say(text)
	case to != "":
		if fd, e := a.c.Open(to, model.WriteOnly|model.Create|model.Append, 0o666); e == model.OK {
			a.c.writeAll(fd, []byte(text))
			a.c.Close(fd)
		}
	default:
		a.c.put(text)
	}
}

// sprintf formats as printf does, each argument once.
func sprintf(words []string) string {
	c := &cmd{name: "awk"}
	f := &formatter{c: c, args: words[1:], lenient: true}
	f.once(words[0])
	return string(c.out)
}
