package shell

import (
	"strings"
	"unicode/utf8"
)

// parser reads bytes from left to right; it never goes back.
type parser struct {
	in      string
	pos     int
	pending []*pendingHere // here-documents whose bodies begin after the next newline
	depth   int            // how many compound commands and substitutions are open
	inCase  int            // how many of them are branches of a case, which ";;" ends
	full    bool           // a shell with processes: background jobs, functions, any descriptor
	last    *Command       // the simple command that was read last, for completion
}

// pendingHere is a here-document that has been announced but not read.
type pendingHere struct {
	doc *Heredoc
	pos int // of its operator
}

// peek is the next byte, or 0 at the end; a NUL in the input is a byte like others, so ask eof first where it matters.
func (p *parser) peek() byte { return p.at(0) }

// at is the byte n further on, or 0 beyond the end.
func (p *parser) at(n int) byte {
	if p.pos+n < len(p.in) {
		return p.in[p.pos+n]
	}
	return 0
}

func (p *parser) eof() bool { return p.pos >= len(p.in) }

func (p *parser) has(prefix string) bool { return strings.HasPrefix(p.in[p.pos:], prefix) }

// blanks skips what separates words: spaces, tabs, continued lines, and a comment up to its newline.
func (p *parser) blanks() {
	for !p.eof() {
		switch {
		case p.peek() == ' ' || p.peek() == '\t':
			p.pos++
		case p.has("\\\n"):
			p.pos += 2
		case p.peek() == '#':
			if i := strings.IndexByte(p.in[p.pos:], '\n'); i >= 0 {
				p.pos += i
			} else {
				p.pos = len(p.in)
			}
		default:
			return
		}
	}
}

// newlines skips blanks and newlines, reading the here-documents that begin after the first newline.
func (p *parser) newlines() *SyntaxError {
	for {
		p.blanks()
		if p.peek() != '\n' {
			return nil
		}
		p.pos++
		if err := p.heredocs(); err != nil {
			return err
		}
	}
}

// word reads one word; the caller has seen that one starts here.
func (p *parser) word() (Word, *SyntaxError) { return p.wordUntil(" \t\n|&;<>()") }

// wordUntil reads up to one of the characters that end it.
func (p *parser) wordUntil(ends string) (Word, *SyntaxError) {
	w := Word{Pos: p.pos}
	var b builder
	for !p.eof() && strings.IndexByte(ends, p.peek()) < 0 {
		var err *SyntaxError
		switch c := p.peek(); c {
		case '\\':
			err = p.escape(&b)
		case '\'':
			err = p.single(&b)
		case '"':
			err = p.double(&b)
		case '$':
			err = p.dollar(&b, Bare)
		case '`':
			err = p.backticks(&b, Bare)
		default:
			start := p.pos
			for !p.eof() && strings.IndexByte(ends, p.peek()) < 0 && strings.IndexByte("\\'\"$`", p.peek()) < 0 {
				p.pos++
			}
			b.add(Part{Pos: start, Text: p.in[start:p.pos]})
		}
		if err != nil {
			return w, err
		}
	}
	w.End, w.Parts = p.pos, b.done()
	return w, nil
}

// escape reads a backslash and the character it protects; before a newline both vanish.
func (p *parser) escape(b *builder) *SyntaxError {
	start := p.pos
	p.pos++
	if p.eof() {
		return p.incomplete(start, "a character after the backslash", "a backslash at the end of a line continues it on the next")
	}
	if p.peek() == '\n' {
		p.pos++
		return nil
	}
	_, size := utf8.DecodeRuneInString(p.in[p.pos:])
	b.add(Part{Pos: start, Quote: Escaped, Text: p.in[p.pos : p.pos+size]})
	p.pos += size
	return nil
}

// single reads '...', in which every byte stands for itself.
func (p *parser) single(b *builder) *SyntaxError {
	start := p.pos
	end := strings.IndexByte(p.in[start+1:], '\'')
	if end < 0 {
		return p.unclosed(start, "'")
	}
	p.pos = start + 1 + end + 1
	b.add(Part{Pos: start, Quote: Single, Text: p.in[start+1 : p.pos-1]})
	return nil
}

// double reads "...", in which variables and some escapes keep their meaning.
func (p *parser) double(b *builder) *SyntaxError {
	start := p.pos
	p.pos++
	b.add(Part{Pos: start, Quote: Double}) // so that "" is a word
	for !p.eof() && p.peek() != '"' {
		if err := p.doubleText(b, "\\\"$`"); err != nil {
			return err
		}
	}
	if p.eof() {
		return p.unclosed(start, `"`)
	}
	p.pos++
	return nil
}

// doubleText reads a run of text, an escape or a variable; special are the characters a backslash protects.
func (p *parser) doubleText(b *builder, special string) *SyntaxError {
	start := p.pos
	switch c := p.peek(); {
	case c == '$':
		return p.dollar(b, Double)
	case c == '`':
		return p.backticks(b, Double)
	case p.has("\\\n"):
		p.pos += 2
	case c == '\\' && p.pos+1 < len(p.in) && strings.IndexByte(special, p.at(1)) >= 0:
		b.add(Part{Pos: start, Quote: Double, Text: string(p.at(1))})
		p.pos += 2
	default:
		p.pos++ // a backslash before anything else is a backslash
		for !p.eof() && strings.IndexByte("\\\"$`", p.peek()) < 0 {
			p.pos++
		}
		b.add(Part{Pos: start, Quote: Double, Text: p.in[start:p.pos]})
	}
	return nil
}

// dollar reads a variable, a substitution, a sum, or a $ that introduces none of them.
func (p *parser) dollar(b *builder, q Quote) *SyntaxError {
	start := p.pos
	p.pos++
	c := p.peek()
	switch {
	case p.has("(("):
		return p.sum(b, q, start)
	case c == '(':
		return p.substitution(b, q, start)
	case c == '{':
		return p.braced(b, q, start)
	case !p.eof() && (strings.IndexByte(specials, c) >= 0 || p.full && c == '-'):
		p.pos++
	case isNameStart(c):
		p.pos += nameLen(p.in[p.pos:])
	default:
		if q == Bare {
			q = Escaped
		}
		b.add(Part{Pos: start, Quote: q, Text: "$"})
		return nil
	}
	b.add(Part{Pos: start, Quote: q, Var: true, Text: p.in[start+1 : p.pos]})
	return nil
}

// specials are the one-character variables besides names.
const specials = "?$!#@*0123456789"

// isMeta reports whether c ends a bare word.
func isMeta(c byte) bool { return strings.IndexByte(" \t\n|&;<>()", c) >= 0 }

// isNameStart reports whether c can begin the name of a variable.
func isNameStart(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// nameLen is the length of the variable name at the start of s, 0 if there is none.
func nameLen(s string) int {
	if s == "" || !isNameStart(s[0]) {
		return 0
	}
	n := 1
	for n < len(s) && (isNameStart(s[n]) || '0' <= s[n] && s[n] <= '9') {
		n++
	}
	return n
}
