package filter

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
)

// grepper is a grep under way.
type grepper struct {
	o             options
	patterns      []*pattern
	before, after int
	named         bool
	found         bool
	out           strings.Builder
}

func grep(c Call) Result {
	for i, arg := range c.Args {
		if arg == "--color" || strings.HasPrefix(arg, "--color=") {
			c.Args = append(append([]string(nil), c.Args[:i]...), c.Args[i+1:]...)
			break
		}
	}
	o, bad := c.parse("ivcnoqlwxEFHhs", "eABC")
	if bad != "" {
		return Result{Stderr: bad, Code: 2}
	}
	texts := o.rest
	if o.has('e') {
		texts = []string{o.values['e']}
	} else if len(texts) > 0 {
		texts, o.rest = texts[:1], texts[1:]
	}
	if len(texts) == 0 {
		return Result{Stderr: "usage: grep [-ivcnoqlwxEFHh] [-A N] [-B N] [-C N] PATTERN [FILE]...\n", Code: 2}
	}
	g := grepper{o: o}
	if bad := g.compile(strings.Split(texts[0], "\n")); bad != "" {
		return Result{Stderr: "grep: bad regex '" + texts[0] + "': " + bad + "\n", Code: 2}
	}
	g.context()
	var res Result
	all := c.sources(o.rest, &res)
	g.named = (len(o.rest) > 1 || o.has('H')) && !o.has('h')
	for _, s := range all {
		g.file(s)
	}
	res.Stdout = g.out.String()
	switch {
	case res.Code != 0:
		res.Code = 2
	case !g.found:
		res.Code = 1
	}
	if o.has('q') {
		res.Stdout = ""
	}
	return res
}

func (g *grepper) compile(texts []string) string {
	for _, text := range texts {
		if g.o.has('F') {
			text = replace.All(text, quoted...)
		}
		if g.o.has('x') {
			text = "^" + text + "$"
		}
		p, bad := compile(text, g.o.has('E'), g.o.has('i'))
		if bad != "" {
			return bad
		}
		g.patterns = append(g.patterns, p)
	}
	return ""
}

// quoted takes the meaning from characters of a basic regular expression.
var quoted = []string{`\`, `\\`, `.`, `\.`, `*`, `\*`, `[`, `\[`, `^`, `\^`, `$`, `\$`}

func (g *grepper) context() {
	number := func(letter byte) int {
		n, _ := strconv.Atoi(g.o.values[letter])
		return max(n, 0)
	}
	g.before, g.after = max(number('B'), number('C')), max(number('A'), number('C'))
}

// selects tells whether a line is one of those wanted.
func (g *grepper) selects(line string) bool {
	for _, p := range g.patterns {
		if g.o.has('w') {
			if _, _, ok := g.word(p, line, 0); ok {
				return !g.o.has('v')
			}
		} else if p.matches(line) {
			return !g.o.has('v')
		}
	}
	return g.o.has('v')
}

// word finds a match that is a word: what is beside it is neither letter, digit nor underscore.
func (g *grepper) word(p *pattern, line string, from int) (start, end int, ok bool) {
	for from <= len(line) {
		start, end, ok = p.find(line, from)
		if !ok {
			return 0, 0, false
		}
		if (start == 0 || !wordByte(line[start-1])) && (end == len(line) || !wordByte(line[end])) {
			return start, end, true
		}
		from = start + 1
	}
	return 0, 0, false
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func (g *grepper) file(s source) {
	all := lines(s.text)
	shown, count := -1, 0 // shown: the last line printed
	for i, line := range all {
		if !g.selects(line) {
			continue
		}
		g.found = true
		count++
		if g.o.has('c') || g.o.has('l') || g.o.has('q') {
			continue
		}
		if g.o.has('o') {
			g.parts(s.name, i, line)
			continue
		}
		from, to := max(0, i-g.before, shown+1), min(len(all)-1, i+g.after)
		if shown >= 0 && from > shown+1 && g.before+g.after > 0 {
			g.out.WriteString("--\n")
		}
		for k := from; k <= to; k++ {
			g.print(s.name, k, all[k], k == i || g.selects(all[k]))
			shown = k
		}
	}
	switch {
	case g.o.has('l'):
		if count > 0 {
			g.out.WriteString(s.name + "\n")
		}
	case g.o.has('c'):
		if g.named {
			g.out.WriteString(s.name + ":")
		}
		g.out.WriteString(itoa(count) + "\n")
	}
}

// print writes a line; what is only context has a dash where a match has a colon.
func (g *grepper) print(name string, i int, line string, matched bool) {
	mark := ":"
	if !matched {
		mark = "-"
	}
	if g.named {
		g.out.WriteString(name + mark)
	}
	if g.o.has('n') {
		g.out.WriteString(itoa(i+1) + mark)
	}
	g.out.WriteString(line + "\n")
}

// parts writes only what matched, each on a line.
func (g *grepper) parts(name string, i int, line string) {
	for at := 0; at <= len(line); {
		start, end, ok := -1, -1, false
		for _, p := range g.patterns {
			s, e, found := p.find(line, at)
			if g.o.has('w') {
				s, e, found = g.word(p, line, at)
			}
			if found && (!ok || s < start || s == start && e > end) {
				start, end, ok = s, e, true
			}
		}
		if !ok {
			return
		}
		if end > start {
			g.print(name, i, line[start:end], true)
		}
		at = max(end, start+1)
	}
}
