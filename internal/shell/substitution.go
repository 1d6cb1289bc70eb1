package shell

import (
	"strconv"
	"strings"
)

// substitution reads $(...); the parser stands on the parenthesis.
func (p *parser) substitution(b *builder, q Quote, start int) *SyntaxError {
	p.pos++
	inCase := p.inCase
	p.inCase = 0 // a ";;" inside would end nothing
	lists, _, err := p.block("$(", start, ")")
	p.inCase = inCase
	if err != nil {
		return err
	}
	p.pos++
	b.add(Part{Pos: start, Quote: q, Sub: &Script{Input: p.in, Lists: lists}})
	return nil
}

// backticks reads `...`, the old way of writing $(...).
func (p *parser) backticks(b *builder, q Quote) *SyntaxError {
	start := p.pos
	var inner strings.Builder
	for p.pos++; ; p.pos++ {
		switch {
		case p.eof():
			return p.incomplete(start, "a closing `", "the backtick at the caret is never closed; $(...) does the same and can be nested")
		case p.peek() == '\\' && p.pos+1 < len(p.in) && strings.IndexByte("$`\\", p.at(1)) >= 0:
			p.pos++
			inner.WriteByte(p.peek())
			continue
		case p.peek() != '`':
			inner.WriteByte(p.peek())
			continue
		}
		break
	}
	sub := newParser(inner.String())
	sub.full = p.full
	sub.depth = p.depth + 1
	var s *Script
	var err *SyntaxError
	if sub.depth > maxDepth {
		err = sub.fail("fewer commands inside one another", "")
	} else {
		s, err = sub.script()
	}
	if err == nil && !sub.eof() {
		err = sub.fail("the end of the command", "")
	}
	if err != nil {
		// The text inside has lost its backslashes, so that only the backtick has a place.
		return &SyntaxError{Offset: start, Input: p.in, Found: err.Found, Want: err.Want, Hint: err.Hint}
	}
	p.pos++
	b.add(Part{Pos: start, Quote: q, Sub: s})
	return nil
}

// sum reads $((...)); the parser stands on the first parenthesis.
func (p *parser) sum(b *builder, q Quote, start int) *SyntaxError {
	p.pos += 2
	var text builder
	for depth := 0; ; {
		switch c := p.peek(); {
		case p.eof():
			return p.incomplete(start, `"))" that closes "$(("`, "")
		case c == '$':
			if err := p.dollar(&text, Double); err != nil {
				return err
			}
		case c == ')' && depth == 0 && p.at(1) != ')':
			return p.fail(`"))"`, "a sum is closed by two parentheses")
		case c == ')' && depth == 0:
			p.pos += 2
			b.add(Part{Pos: start, Quote: q, Sum: &Word{Pos: start + 3, End: p.pos - 2, Parts: text.done()}})
			return nil
		case strings.IndexByte("\\\"'`", c) >= 0:
			return p.fail("a number, a variable or an operator", "")
		default:
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			text.add(Part{Pos: p.pos, Quote: Double, Text: p.in[p.pos : p.pos+1]})
			p.pos++
		}
	}
}

// operators of ${X...}, the longer before those they begin with.
var operators = []string{":-", ":=", ":+", ":?", "-", "=", "+", "?", "##", "#", "%%", "%"}

// braced reads ${...}; the parser stands on the brace.
func (p *parser) braced(b *builder, q Quote, start int) *SyntaxError {
	p.pos++
	part := Part{Pos: start, Quote: q, Var: true}
	if p.peek() == '#' && p.at(1) != '}' {
		part.Op = "length"
		p.pos++
	}
	name := p.pos
	if !p.eof() && strings.IndexByte(specials, p.peek()) >= 0 {
		p.pos++
	} else {
		p.pos += nameLen(p.in[p.pos:])
	}
	part.Text = p.in[name:p.pos]
	if part.Text == "" && !p.eof() {
		return p.fail("the name of a variable", "write ${NAME}")
	}
	if part.Op == "" {
		for _, op := range operators {
			if p.has(op) {
				if err := p.argument(&part, op, start); err != nil {
					return err
				}
				break
			}
		}
	}
	switch {
	case p.eof():
		return p.incomplete(p.pos, `"}"`, "${NAME} is closed by a brace")
	case p.peek() != '}':
		return p.fail(`"}" after `+strconv.Quote(part.Text), "what can stand there is :-, :=, :+, :?, #, ##, % or %%")
	}
	b.add(part)
	p.pos++
	return nil
}

// argument reads the word behind the operator of ${X...}.
func (p *parser) argument(part *Part, op string, start int) *SyntaxError {
	p.pos += len(op)
	if p.depth++; p.depth > maxDepth {
		p.pos = start
		return p.fail("fewer braces inside one another", "")
	}
	w, err := p.wordUntil("}")
	p.depth--
	part.Op, part.Arg = op, &w
	return err
}
