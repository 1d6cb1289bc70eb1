package yaml

import (
	"strings"
	"unicode/utf8"
)

// quoted reads a text in quotes.
func (s *scanner) quoted(quote byte) {
	at := s.mark
	s.skip(1)
	j := joiner{src: s.src, from: s.pos, upto: s.pos}
	for {
		s.look(4)
		if s.marker() {
			s.fail("found unexpected document indicator", at)
			return
		}
		if s.ended() {
			s.fail("found unexpected end of stream", at)
			return
		}
		var g gapText
		s.quotedWord(quote, &j, &g)
		if s.err != nil {
			return
		}
		if !g.broken && s.src[s.pos] == quote {
			break
		}
		s.blanksAndEnds(&g, -1)
		g.join(&j)
	}
	s.skip(1)
	t := s.add(tokScalar, at)
	t.text, t.style = j.String(), SingleQuoted
	if quote == '"' {
		t.style = DoubleQuoted
	}
}

// quotedWord reads up to a gap or the quote that ends the text. A line end behind a backslash counts as a
// gap that joins without a blank.
func (s *scanner) quotedWord(quote byte, j *joiner, g *gapText) {
	for !s.gap(s.pos) {
		c, from := s.src[s.pos], s.pos
		switch {
		case c == quote && quote == '\'' && s.src[s.pos+1] == quote:
			s.skip(2)
			j.keep(from, from+1)
		case c == quote:
			return
		case c == '\\' && quote == '"':
			if s.breakAt(s.pos+1) > 0 {
				s.skip(1)
				s.lineEnd()
				g.broken = true
				return
			}
			s.escape(j)
			if s.err != nil {
				return
			}
		default:
			s.char()
			j.keep(from, s.pos)
		}
	}
}

// What may stand behind a backslash, and what it stands for.
const (
	escapes = `0abt` + "\t" + `nvfre "'\N_LP`
	escaped = "\x00\a\b\t\t\n\v\f\r\x1b \"'\\\u0085\u00a0\u2028\u2029"
)

func (s *scanner) escape(j *joiner) {
	c := s.src[s.pos+1]
	switch c {
	case 'x':
		s.hex(j, 2)
		return
	case 'u':
		s.hex(j, 4)
		return
	case 'U':
		s.hex(j, 8)
		return
	}
	i := strings.IndexByte(escapes, c)
	if i < 0 {
		s.fail("found unknown escape character", s.mark)
		return
	}
	n := 0
	for _, r := range escaped {
		if n == i {
			j.add(string(r))
		}
		n++
	}
	s.skip(2)
}

// hex reads a character that is written as n hexadecimal digits.
func (s *scanner) hex(j *joiner, n int) {
	s.skip(2)
	v := 0
	for i := range n {
		d := digit(s.src[s.pos+i])
		if d > 15 {
			s.fail("did not find expected hexdecimal number", s.mark)
			return
		}
		v = v<<4 | d
	}
	if v > utf8.MaxRune || v >= 0xd800 && v < 0xe000 {
		s.fail("found invalid Unicode character escape code", s.mark)
		return
	}
	j.add(string(rune(v)))
	s.skip(n)
}

// digit is the value of a hexadecimal digit, or more than 15.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}
