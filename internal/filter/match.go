package filter

import (
	"unicode"
	"unicode/utf8"
)

// matcher runs an automaton: all its threads at once, so that no pattern takes longer than text times pattern.
type matcher struct {
	p          *pattern
	line       string
	now, next  []int
	seen       []int // by instruction: the step it was last added in
	step       int
	matchedEnd int
}

// Pattern is a regular expression, compiled.
type Pattern struct{ p *pattern }

// Compile makes an automaton of a regular expression, basic or extended; fold ignores case. The second result is what is wrong with it, or "".
func Compile(text string, extended, fold bool) (Pattern, string) {
	p, bad := compile(text, extended, fold)
	return Pattern{p}, bad
}

// Find gives the leftmost longest match in a line at or after a place, and whether there is one.
func (p Pattern) Find(line string, from int) (start, end int, ok bool) { return p.p.find(line, from) }

// Matches tells whether the pattern is anywhere in a line.
func (p Pattern) Matches(line string) bool { return p.p.matches(line) }

// find gives the leftmost longest match at or after a place, and whether there is one.
func (p *pattern) find(line string, from int) (start, end int, ok bool) {
	m := matcher{p: p, line: line, seen: make([]int, len(p.prog))}
	for at := from; at <= len(line); {
		if end := m.from(at); end >= 0 {
			return at, end, true
		}
		_, size := utf8.DecodeRuneInString(line[at:])
		at += max(size, 1)
	}
	return 0, 0, false
}

// matches tells whether the pattern is anywhere in a line. Threads start at each place, so one pass is enough.
func (p *pattern) matches(line string) bool {
	m := matcher{p: p, line: line, seen: make([]int, len(p.prog))}
	at := 0
	for {
		m.step++
		kept := m.now
		m.now = m.now[:0]
		m.matchedEnd = -1
		for _, pc := range append([]int(nil), kept...) {
			m.add(pc, at)
		}
		m.add(0, at)
		if m.matchedEnd >= 0 {
			return true
		}
		if at >= len(line) {
			return false
		}
		r, size := utf8.DecodeRuneInString(line[at:])
		m.advance(r)
		at += size
	}
}

// from runs the automaton from one place and gives the end of the longest match, or -1.
func (m *matcher) from(at int) int {
	longest := -1
	m.now = m.now[:0]
	m.step++
	m.matchedEnd = -1
	m.add(0, at)
	for {
		if m.matchedEnd >= 0 {
			longest = at
		}
		if len(m.now) == 0 || at >= len(m.line) {
			return longest
		}
		r, size := utf8.DecodeRuneInString(m.line[at:])
		m.advance(r)
		at += size
		pending := append([]int(nil), m.now...)
		m.now = m.now[:0]
		m.step++
		m.matchedEnd = -1
		for _, pc := range pending {
			m.add(pc, at)
		}
	}
}

// advance replaces the threads by those that took a character; they have not been followed yet.
func (m *matcher) advance(r rune) {
	m.next = m.next[:0]
	for _, pc := range m.now {
		if i := &m.p.prog[pc]; i.op == opChar && i.takes(r, m.p.fold) {
			m.next = append(m.next, pc+1)
		}
	}
	m.now, m.next = m.next, m.now
}

// add follows a thread to the characters it waits for.
func (m *matcher) add(pc, at int) {
	if m.seen[pc] == m.step {
		return
	}
	m.seen[pc] = m.step
	switch i := &m.p.prog[pc]; i.op {
	case opSplit:
		m.add(i.x, at)
		m.add(i.y, at)
	case opJump:
		m.add(i.x, at)
	case opBegin:
		if at == 0 {
			m.add(pc+1, at)
		}
	case opEnd:
		if at == len(m.line) {
			m.add(pc+1, at)
		}
	case opMatch:
		m.matchedEnd = at
	default:
		m.now = append(m.now, pc)
	}
}

func (i *inst) takes(r rune, fold bool) bool {
	if i.any {
		return true
	}
	if i.class == nil {
		return i.char == r || fold && unicode.ToLower(i.char) == unicode.ToLower(r)
	}
	in := i.within(r)
	if fold && !in {
		in = i.within(unicode.ToLower(r)) || i.within(unicode.ToUpper(r))
	}
	return in != i.not
}

func (i *inst) within(r rune) bool {
	for k := 0; k < len(i.class); k += 2 {
		if i.class[k] <= r && r <= i.class[k+1] {
			return true
		}
	}
	return false
}
