package shell

import (
	"sort"
	"strconv"
	"strings"
)

// announce notes a here-document whose body follows after the line.
func (p *parser) announce(r *Redirect, w Word, op string) *SyntaxError {
	doc := &Heredoc{StripTabs: op == "<<-"}
	var b strings.Builder
	for _, part := range w.Parts {
		if part.Quote != Bare {
			doc.Literal = true
		}
		if part.Var {
			p.pos = w.Pos
			return p.fail("a plain word that ends the text", "variables have no meaning in it; write <<EOF")
		}
		b.WriteString(part.Text)
	}
	doc.Delimiter = b.String()
	if strings.Contains(doc.Delimiter, "\n") {
		p.pos = w.Pos
		return p.fail("a word on one line that ends the text", "write <<EOF")
	}
	r.Here = doc
	p.pending = append(p.pending, &pendingHere{doc: doc, pos: r.Pos})
	return nil
}

// heredocs reads the bodies of the here-documents announced on the line that has just ended.
func (p *parser) heredocs() *SyntaxError {
	for _, h := range p.pending {
		if err := p.heredoc(h); err != nil {
			return err
		}
	}
	p.pending = nil
	return nil
}

// heredoc reads lines up to the delimiter and cuts them into text and variables.
func (p *parser) heredoc(h *pendingHere) *SyntaxError {
	doc := h.doc
	doc.Body.Pos = p.pos
	var b builder
	for {
		if p.eof() {
			return p.incomplete(h.pos, "the line "+strconv.Quote(doc.Delimiter)+" that ends the text",
				"the text that opens at the caret goes on until a line with nothing but "+strconv.Quote(doc.Delimiter))
		}
		line := p.logicalLine(doc)
		if line.text == doc.Delimiter {
			doc.Body.End, doc.Body.Parts = line.offset(0), b.done()
			return nil
		}
		if doc.Literal {
			b.add(Part{Pos: line.offset(0), Quote: Double, Text: line.text + "\n"})
			continue
		}
		if err := p.cutLine(&b, line); err != nil {
			return err
		}
	}
}

// hereLine is a line of a here-document: its continued lines joined, its tabs stripped.
type hereLine struct {
	text string
	cuts []cut // at least one, by at
}

// cut says that the text from byte at on stands at offset pos of the input.
type cut struct{ at, pos int }

// offset is where byte i of the line stands in the input.
func (l hereLine) offset(i int) int {
	n := sort.Search(len(l.cuts), func(k int) bool { return l.cuts[k].at > i })
	c := l.cuts[n-1]
	return c.pos + i - c.at
}

// logicalLine reads a line of the body. In a body with variables a backslash at the end of a line joins the next to it.
func (p *parser) logicalLine(doc *Heredoc) hereLine {
	var l hereLine
	var text strings.Builder
	for {
		line, rest, more := strings.Cut(p.in[p.pos:], "\n")
		next := len(p.in) - len(rest)
		if doc.StripTabs {
			trimmed := strings.TrimLeft(line, "\t")
			p.pos += len(line) - len(trimmed)
			line = trimmed
		}
		l.cuts = append(l.cuts, cut{at: text.Len(), pos: p.pos})
		p.pos = next
		slashes := len(line) - len(strings.TrimRight(line, `\`))
		if doc.Literal || !more || slashes%2 == 0 {
			text.WriteString(line)
			l.text = text.String()
			return l
		}
		text.WriteString(line[:len(line)-1])
	}
}

// cutLine cuts one line into text and variables.
func (p *parser) cutLine(b *builder, l hereLine) *SyntaxError {
	sub := &parser{in: l.text + "\n", full: p.full}
	var line builder
	for !sub.eof() {
		if err := sub.doubleText(&line, "\\$`"); err != nil {
			// The line feed that was put behind the last line is not in the input.
			err.Input, err.Offset = p.in, min(l.offset(err.Offset), len(p.in))
			return err
		}
	}
	for _, part := range line.done() {
		part.Pos = l.offset(part.Pos)
		b.add(part)
	}
	return nil
}
