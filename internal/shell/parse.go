package shell

import (
	"strconv"
	"strings"
)

// Parse reads a whole input: one line, or many. Line ends \r\n and \r count as \n. An input with nothing in it but
// blanks and comments is a Script without lists. The error is a *SyntaxError.
//
// Source of the grammar: POSIX.1-2024, Shell Command Language, 2.10, less what the package's document names.
func Parse(input string) (*Script, error) {
	p := newParser(input)
	s, err := p.script()
	if err != nil {
		return nil, err
	}
	return s, nil
}

// ParseFull is Parse for a shell that has processes, as the model kernel's sh: background jobs (&), functions, redirection of any
// descriptor (3>file, 6<&-, <>file). Words that other shells reserve are words.
func ParseFull(input string) (*Script, error) {
	p := newParser(input)
	p.full = true
	s, err := p.script()
	if err != nil {
		return nil, err
	}
	return s, nil
}

func newParser(input string) *parser {
	return &parser{in: strings.ReplaceAll(strings.ReplaceAll(input, "\r\n", "\n"), "\r", "\n")}
}

func (p *parser) script() (*Script, *SyntaxError) {
	s := &Script{Input: p.in}
	for {
		if err := p.newlines(); err != nil {
			return nil, err
		}
		if p.eof() {
			return s, nil
		}
		l, err := p.list()
		if err != nil {
			return nil, err
		}
		s.Lists = append(s.Lists, l)
	}
}

// list reads pipelines joined by && and ||, and what ends them: a newline, a semicolon or the end.
func (p *parser) list() (List, *SyntaxError) {
	var l List
	join, after := Always, ""
	for {
		pl, err := p.pipeline(after)
		if err != nil {
			return l, err
		}
		pl.Join = join
		l.Pipelines = append(l.Pipelines, pl)
		switch {
		case p.has("&&"):
			join = IfOK
		case p.has("||"):
			join = IfFailed
		case p.full && p.peek() == '&':
			p.pos++
			l.Background = true
			if p.blanks(); p.eof() {
				return l, p.heredocs()
			}
			return l, nil
		default:
			return l, p.endOfList()
		}
		after = p.in[p.pos : p.pos+2]
		p.pos += 2
		if err := p.newlines(); err != nil {
			return l, err
		}
	}
}

// endOfList steps over what separates lists. The newline itself is left for newlines, which reads here-documents.
func (p *parser) endOfList() *SyntaxError {
	switch c := p.peek(); {
	case p.eof():
		return p.heredocs() // those still pending have no body
	case c == '\n':
		return nil
	case c == ')' && p.depth > 0:
		return nil // it closes what is open, or the caller says that it does not
	case c == ';' && p.at(1) == ';':
		if p.inCase > 0 {
			return nil
		}
		p.pos++
		return p.fail("a command", "one semicolon separates two commands")
	case c == ';':
		p.pos++
		p.blanks()
		if p.eof() {
			return p.heredocs()
		}
		return nil
	case p.has("&>"):
		return p.fail("a redirection", "to send both streams to a file write >file 2>&1")
	case c == '&':
		return p.fail(`"&&", ";" or the end of the line`, "commands run one after another here, never in the background")
	default:
		return p.fail("the end of the command", "")
	}
}

// pipeline reads commands joined by |; after is the operator in front of it, for the error.
func (p *parser) pipeline(after string) (Pipeline, *SyntaxError) {
	var pl Pipeline
	for p.peek() == '!' && (p.pos+1 == len(p.in) || isMeta(p.at(1))) {
		pl.Not = !pl.Not
		after = "!"
		p.pos++
		p.blanks()
	}
	for {
		c, err := p.command(after)
		if err != nil {
			return pl, err
		}
		pl.Commands = append(pl.Commands, c)
		if p.peek() != '|' || p.at(1) == '|' {
			return pl, nil
		}
		p.pos++
		if p.peek() == '&' {
			return pl, p.fail("a command after \"|\"", "to send the error stream down the pipe too write 2>&1 |")
		}
		after = "|"
		if err := p.newlines(); err != nil {
			return pl, err
		}
	}
}

// command reads a command up to the operator, newline or end behind it.
func (p *parser) command(after string) (Command, *SyntaxError) {
	p.blanks()
	c := Command{Pos: p.pos, End: p.pos}
	compound, err := p.compound()
	if err != nil {
		return c, err
	}
	if c.Compound = compound; compound != nil {
		c.End = p.pos
	}
	for p.blanks(); !p.eof() && strings.IndexByte("\n|&;()", p.peek()) < 0; p.blanks() {
		if p.atRedirect() {
			r, err := p.redirect()
			if err != nil {
				return c, err
			}
			c.Redirects = append(c.Redirects, r)
		} else if compound != nil {
			return c, p.fail("the end of the command", "")
		} else if err := p.commandWord(&c); err != nil {
			return c, err
		}
		c.End = p.pos
	}
	switch {
	case p.full && p.peek() == '(' && len(c.Words) == 1 && len(c.Assigns)+len(c.Redirects) == 0:
		return p.function(c)
	case p.peek() == '(' && !p.eof():
		return c, p.fail("a word", "there are no functions here; quote a parenthesis to mean it: '('")
	case p.peek() == ')' && p.depth == 0:
		return c, p.fail("a word", "nothing is open that this could close; quote a parenthesis to mean it: ')'")
	case compound == nil && len(c.Assigns)+len(c.Words)+len(c.Redirects) == 0:
		return c, p.noCommand(after)
	}
	if compound == nil {
		p.last = &c
	}
	return c, nil
}

// commandWord reads a word and files it as an assignment or an argument.
func (p *parser) commandWord(c *Command) *SyntaxError {
	start := p.pos
	w, err := p.word()
	if err != nil {
		return err
	}
	if len(w.Parts) == 0 {
		return nil // nothing but a continued line
	}
	if len(c.Words) == 0 {
		if a, ok := assignment(w); ok {
			c.Assigns = append(c.Assigns, a)
			return nil
		}
		if text, ok := w.Literal(); ok && (reserved(text) && !(p.full && bashOnly(text)) || text == "!") {
			p.pos = start
			return p.fail("a command", reservedHint(text))
		}
	}
	c.Words = append(c.Words, w)
	return nil
}

// assignment takes NAME=value apart. The name and the equals sign must be bare.
func assignment(w Word) (Assign, bool) {
	first := w.Parts[0]
	if first.Var || first.Quote != Bare {
		return Assign{}, false
	}
	n := nameLen(first.Text)
	if n == 0 || n == len(first.Text) || first.Text[n] != '=' {
		return Assign{}, false
	}
	a := Assign{Pos: w.Pos, Name: first.Text[:n], Value: Word{Pos: w.Pos + n + 1, End: w.End}}
	if rest := first.Text[n+1:]; rest != "" {
		a.Value.Parts = append(a.Value.Parts, Part{Pos: first.Pos + n + 1, Text: rest})
	}
	a.Value.Parts = append(a.Value.Parts, w.Parts[1:]...)
	return a, true
}

// reserved reports whether a shell gives the word a meaning that this one does not have.
func reserved(word string) bool {
	switch word {
	case "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "select", "{", "}", "[[":
		return true
	}
	return false
}

// bashOnly reports whether only other shells reserve the word.
func bashOnly(word string) bool { return word == "function" || word == "select" || word == "[[" }

// reservedHint says what to make of a reserved word.
func reservedHint(word string) string {
	switch word {
	case "!":
		return `"!" stands in front of the whole pipeline`
	case "function", "select", "[[":
		return "this belongs to bash; here is a plain sh, without functions"
	}
	return "nothing is open that this could go on or close"
}

// noCommand is the error for an operator where a command should be.
func (p *parser) noCommand(after string) *SyntaxError {
	want := "a command"
	if after != "" {
		want += " after " + strconv.Quote(after)
	}
	if p.eof() {
		return p.incomplete(p.pos, want, "")
	}
	return p.fail(want, "")
}

// fail is the error at the place where the parser stands.
func (p *parser) fail(want, hint string) *SyntaxError {
	if p.eof() {
		return &SyntaxError{Offset: len(p.in), Input: p.in, Found: "end of input", Want: want, Hint: hint}
	}
	return &SyntaxError{Offset: p.pos, Input: p.in, Found: p.found(), Want: want, Hint: hint}
}

// incomplete is the error for input that ends too early; offset is where what is unfinished began.
func (p *parser) incomplete(offset int, want, hint string) *SyntaxError {
	return &SyntaxError{Offset: offset, Input: p.in, Found: "end of input", Want: want, Hint: hint, Incomplete: true}
}

// unclosed is the error for a quote that opens at offset and never closes.
func (p *parser) unclosed(offset int, quote string) *SyntaxError {
	p.pos = len(p.in)
	return p.incomplete(offset, "a closing "+quote, "the quote that opens at the caret is never closed; to mean the character itself write \\"+quote)
}

// found names what stands at the parser's place: an operator or the start of a word.
func (p *parser) found() string {
	rest := p.in[p.pos:]
	for _, op := range []string{"&&", "||", "<<<", "<<-", "<<", ">>", ">&", "<&", "<>", ">|", ";;", "$(", "${"} {
		if strings.HasPrefix(rest, op) {
			return strconv.Quote(op)
		}
	}
	if rest[0] == '\n' {
		return "the end of the line"
	}
	end := 1
	for end < len(rest) && end < 20 && !isMeta(rest[end]) && !isMeta(rest[0]) {
		end++
	}
	return strconv.Quote(strings.ToValidUTF8(rest[:end], ""))
}
