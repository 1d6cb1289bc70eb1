package filter

import (
	"strings"
	"unicode/utf8"
)

// op is what an instruction of an automaton does.
type op uint8

const (
	opChar  op = iota // the character, or one of the class
	opSplit           // go on at x and at y
	opJump            // go on at x
	opBegin           // only at the beginning of the line
	opEnd             // only at its end
	opMatch
)

type inst struct {
	op    op
	x, y  int
	char  rune
	any   bool
	not   bool
	class []rune // pairs: from, to
}

// pattern is a regular expression, compiled.
type pattern struct {
	prog []inst
	fold bool
}

// maxProgram bounds what repetitions may blow a pattern up to.
const maxProgram = 5_000

// compiler reads a pattern from left to right. In an extended one ( ) { } | + ? have a meaning as they are, in a basic
// one behind a backslash.
//
// Source: POSIX.1-2024, Regular Expressions.
type compiler struct {
	rest     string
	extended bool
	prog     []inst
	depth    int
	err      string
}

// compile makes an automaton of a pattern. The second result is what is wrong with it, or "".
func compile(text string, extended, fold bool) (*pattern, string) {
	c := compiler{rest: text, extended: extended}
	c.alternatives()
	if c.rest != "" && c.err == "" {
		c.err = "Unmatched ( or )"
	}
	c.emit(inst{op: opMatch})
	return &pattern{prog: c.prog, fold: fold}, c.err
}

func (c *compiler) emit(i inst) int {
	if len(c.prog) >= maxProgram {
		c.fail("Regular expression too big")
		return len(c.prog) - 1
	}
	c.prog = append(c.prog, i)
	return len(c.prog) - 1
}

func (c *compiler) fail(text string) {
	if c.err == "" {
		c.err = text
	}
	c.rest = ""
}

// special tells whether the operator stands here, and steps over it.
func (c *compiler) special(char byte) bool {
	want := string(rune(char))
	if !c.extended {
		want = `\` + want
	}
	if strings.HasPrefix(c.rest, want) {
		c.rest = c.rest[len(want):]
		return true
	}
	return false
}

func (c *compiler) ahead(char byte) bool {
	saved := c.rest
	found := c.special(char)
	c.rest = saved
	return found
}

func (c *compiler) alternatives() {
	if c.depth++; c.depth > 500 {
		c.fail("Regular expression too big")
	}
	defer func() { c.depth-- }()
	start := len(c.prog)
	c.sequence()
	if !c.special('|') {
		return
	}
	c.insert(start, inst{op: opSplit, x: start + 1})
	jump := c.emit(inst{op: opJump})
	c.prog[start].y = len(c.prog)
	c.alternatives()
	c.prog[jump].x = len(c.prog)
}

// insert puts an instruction in front of others, whose places move by one.
func (c *compiler) insert(at int, i inst) {
	if c.emit(inst{}); c.err != "" {
		return
	}
	copy(c.prog[at+1:], c.prog[at:len(c.prog)-1])
	c.prog[at] = i
	for k := at + 1; k < len(c.prog); k++ {
		p := &c.prog[k]
		if (p.op == opSplit || p.op == opJump) && p.x >= at {
			p.x++
		}
		if p.op == opSplit && p.y >= at {
			p.y++
		}
	}
}

func (c *compiler) sequence() {
	first := true
	for c.rest != "" && !c.ahead('|') && !(c.depth > 1 && c.ahead(')')) {
		start := len(c.prog)
		if !c.atom(first) {
			return
		}
		c.repeat(start)
		first = false
	}
}

func (c *compiler) atom(first bool) bool {
	switch {
	case c.special('('):
		c.alternatives()
		if !c.special(')') && c.err == "" {
			c.fail("Unmatched ( or \\(")
		}
		return true
	case c.rest[0] == '[':
		c.bracket()
		return true
	case c.rest[0] == '.':
		c.rest = c.rest[1:]
		c.emit(inst{op: opChar, any: true})
		return true
	case c.rest[0] == '^' && (first || c.extended):
		c.rest = c.rest[1:]
		c.emit(inst{op: opBegin})
		return true
	case c.rest[0] == '$' && (len(c.rest) == 1 || c.extended || strings.HasPrefix(c.rest[1:], `\|`) || strings.HasPrefix(c.rest[1:], `\)`)):
		c.rest = c.rest[1:]
		c.emit(inst{op: opEnd})
		return true
	case c.extended && !first && c.rest[0] == ')':
		return false
	case c.rest[0] == '\\' && len(c.rest) > 1:
		c.rest = c.rest[1:]
		if class := escapes[c.rest[0]]; class != nil {
			c.emit(inst{op: opChar, class: class, not: c.rest[0] < 'a'})
			c.rest = c.rest[1:]
			return true
		}
	case c.rest[0] == '\\':
		c.fail("Trailing backslash")
		return false
	}
	r, size := utf8.DecodeRuneInString(c.rest)
	c.rest = c.rest[size:]
	c.emit(inst{op: opChar, char: r})
	return true
}

// escapes are the classes behind a backslash; the capital letter is the opposite.
var escapes = map[byte][]rune{
	'w': wordClass, 'W': wordClass, 's': spaceClass, 'S': spaceClass,
}

var (
	wordClass  = []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}
	spaceClass = []rune{' ', ' ', '\t', '\r'}
	named      = map[string][]rune{
		"alpha": {'A', 'Z', 'a', 'z'}, "digit": {'0', '9'}, "alnum": {'0', '9', 'A', 'Z', 'a', 'z'},
		"space": spaceClass, "upper": {'A', 'Z'}, "lower": {'a', 'z'}, "punct": {'!', '/', ':', '@', '[', '`', '{', '~'},
	}
)

// bracket reads [...].
func (c *compiler) bracket() {
	in := inst{op: opChar}
	s := c.rest[1:]
	if strings.HasPrefix(s, "^") {
		in.not, s = true, s[1:]
	}
	for first := true; ; first = false {
		if s == "" {
			c.fail("Unmatched [, [^, [:, [., or [=")
			return
		}
		if s[0] == ']' && !first {
			break
		}
		if name, rest, ok := strings.Cut(strings.TrimPrefix(s, "[:"), ":]"); ok && strings.HasPrefix(s, "[:") && named[name] != nil {
			in.class = append(in.class, named[name]...)
			s = rest
			continue
		}
		low, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		high := low
		if len(s) > 1 && s[0] == '-' && s[1] != ']' {
			high, size = utf8.DecodeRuneInString(s[1:])
			s = s[1+size:]
		}
		if high < low {
			c.fail("Invalid range end")
			return
		}
		in.class = append(in.class, low, high)
	}
	c.rest = s[1:]
	c.emit(in)
}

// repeat reads *, +, ? and {n,m} behind what begins at start.
func (c *compiler) repeat(start int) {
	for c.err == "" {
		switch {
		case strings.HasPrefix(c.rest, "*"):
			c.rest = c.rest[1:]
			c.star(start)
		case c.special('+'):
			at := c.emit(inst{op: opSplit, x: start})
			c.prog[at].y = at + 1
		case c.special('?'):
			c.optional(start)
		case c.special('{'):
			c.times(start)
		default:
			return
		}
	}
}

func (c *compiler) star(start int) {
	c.insert(start, inst{op: opSplit})
	if c.err != "" {
		return
	}
	c.emit(inst{op: opJump, x: start})
	c.prog[start].x, c.prog[start].y = start+1, len(c.prog)
}

func (c *compiler) optional(start int) {
	c.insert(start, inst{op: opSplit})
	if c.err == "" {
		c.prog[start].x, c.prog[start].y = start+1, len(c.prog)
	}
}

// times reads n}, n,} or n,m} and writes what begins at start out so many times.
func (c *compiler) times(start int) {
	end := "}"
	if !c.extended {
		end = `\}`
	}
	text, rest, ok := strings.Cut(c.rest, end)
	low, high, ranged := strings.Cut(text, ",")
	from, okLow := small(low)
	to, okHigh := from, true
	if ranged {
		to = -1
		if high != "" {
			to, okHigh = small(high)
		}
	}
	if !ok || !okLow || !okHigh || to >= 0 && to < from {
		c.fail("Invalid content of \\{\\}")
		return
	}
	c.rest = rest
	piece := append([]inst(nil), c.prog[start:]...)
	c.prog = c.prog[:start]
	for range from {
		c.again(piece, start)
	}
	if to < 0 {
		at := len(c.prog)
		c.again(piece, start)
		c.star(at)
		return
	}
	for range to - from {
		at := len(c.prog)
		c.again(piece, start)
		c.optional(at)
	}
}

func small(s string) (int, bool) {
	if s == "" || len(s) > 3 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n := 0
	for _, d := range s {
		n = n*10 + int(d-'0')
	}
	return n, n <= 255
}

// again appends a copy of a piece that stood at from.
func (c *compiler) again(piece []inst, from int) {
	move := len(c.prog) - from
	for _, i := range piece {
		if i.op == opSplit || i.op == opJump {
			i.x += move
		}
		if i.op == opSplit {
			i.y += move
		}
		c.emit(i)
	}
}
