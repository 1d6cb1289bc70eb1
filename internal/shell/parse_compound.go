package shell

import "strconv"

// maxDepth is how deep commands may lie inside one another.
const maxDepth = 50

// block reads lists up to one of the words in ends, at which the parser then stands. opener is what has to be closed, for the error.
func (p *parser) block(opener string, start int, ends ...string) ([]List, string, *SyntaxError) {
	if p.depth++; p.depth > maxDepth {
		p.pos = start
		return nil, "", p.fail("fewer commands inside one another", "at most "+strconv.Itoa(maxDepth)+" fit")
	}
	defer func() { p.depth-- }()
	var lists []List
	for {
		if err := p.newlines(); err != nil {
			return nil, "", err
		}
		if p.eof() {
			return nil, "", p.incomplete(start, strconv.Quote(ends[len(ends)-1])+" that closes "+strconv.Quote(opener), "")
		}
		for _, end := range ends {
			if p.keyword(end) {
				if len(lists) == 0 && end != ")" && opener != "case" {
					return nil, "", p.fail("a command after "+strconv.Quote(opener), "")
				}
				return lists, end, nil
			}
		}
		l, err := p.list()
		if err != nil {
			return nil, "", err
		}
		lists = append(lists, l)
	}
}

// keyword tells whether this reserved word or operator stands at the parser's place, as a word of its own.
func (p *parser) keyword(word string) bool {
	if !p.has(word) {
		return false
	}
	if isMeta(word[0]) {
		return true
	}
	end := p.pos + len(word)
	return end == len(p.in) || isMeta(p.in[end])
}

// expect steps over a reserved word.
func (p *parser) expect(word, after string) *SyntaxError {
	if err := p.newlines(); err != nil {
		return err
	}
	if p.keyword(word) {
		p.pos += len(word)
		return nil
	}
	want := strconv.Quote(word) + " after " + after
	if p.eof() {
		return p.incomplete(p.pos, want, "")
	}
	return p.fail(want, "")
}

// compound reads a compound command, if one begins here.
func (p *parser) compound() (*Compound, *SyntaxError) {
	start := p.pos
	for _, word := range []string{"for", "while", "until", "if", "case", "{", "("} {
		if p.keyword(word) {
			p.pos += len(word)
			return p.rest(word, start)
		}
	}
	return nil, nil
}

// rest reads what follows the word that begins a compound command.
func (p *parser) rest(word string, start int) (*Compound, *SyntaxError) {
	switch word {
	case "for":
		return p.forLoop(start)
	case "while":
		return p.whileLoop(While, word, start)
	case "until":
		return p.whileLoop(Until, word, start)
	case "if":
		return p.conditions(start)
	case "case":
		return p.cases(start)
	case "{":
		return p.group(Group, word, "}", start)
	default:
		return p.group(Subshell, word, ")", start)
	}
}

func (p *parser) group(kind CompoundKind, open, end string, start int) (*Compound, *SyntaxError) {
	body, _, err := p.block(open, start, end)
	if err != nil {
		return nil, err
	}
	if len(body) == 0 {
		return nil, p.fail("a command after "+strconv.Quote(open), "")
	}
	p.pos += len(end)
	return &Compound{Kind: kind, Clauses: []Clause{{Body: body}}}, nil
}

// forLoop reads what follows "for".
func (p *parser) forLoop(start int) (*Compound, *SyntaxError) {
	c := &Compound{Kind: For}
	p.blanks()
	n := nameLen(p.in[p.pos:])
	if n == 0 {
		if p.eof() {
			return nil, p.incomplete(start, "the name of a variable after \"for\"", "write for x in a b; do ...; done")
		}
		return nil, p.fail("the name of a variable after \"for\"", "write for x in a b; do ...; done")
	}
	c.Name = p.in[p.pos : p.pos+n]
	p.pos += n
	if p.full {
		if p.blanks(); p.peek() == ';' || p.peek() == '\n' || p.keyword("do") {
			if p.peek() == ';' {
				p.pos++
			}
			body, err := p.doBody("for", start)
			c.Given, c.Clauses = true, []Clause{{Body: body}}
			return c, err
		}
	}
	if err := p.expect("in", strconv.Quote("for "+c.Name)); err != nil {
		return nil, err
	}
	for p.blanks(); !p.eof() && !isMeta(p.peek()); p.blanks() {
		w, err := p.word()
		if err != nil {
			return nil, err
		}
		if len(w.Parts) > 0 {
			c.Items = append(c.Items, w)
		}
	}
	if p.peek() == ';' {
		p.pos++
	} else if !p.eof() && p.peek() != '\n' {
		return nil, p.fail(`";" or the end of the line`, "")
	}
	body, err := p.doBody("for", start)
	c.Clauses = []Clause{{Body: body}}
	return c, err
}

func (p *parser) doBody(opener string, start int) ([]List, *SyntaxError) {
	if err := p.expect("do", "the "+strconv.Quote(opener)+" line"); err != nil {
		return nil, err
	}
	body, _, err := p.block("do", start, "done")
	if err == nil {
		p.pos += len("done")
	}
	return body, err
}

func (p *parser) whileLoop(kind CompoundKind, opener string, start int) (*Compound, *SyntaxError) {
	cond, _, err := p.block(opener, start, "do")
	if err != nil {
		return nil, err
	}
	body, err := p.doBody(opener, start)
	return &Compound{Kind: kind, Clauses: []Clause{{Cond: cond, Body: body}}}, err
}

// conditions reads what follows "if".
func (p *parser) conditions(start int) (*Compound, *SyntaxError) {
	c := &Compound{Kind: If}
	for {
		cond, _, err := p.block("if", start, "then")
		if err != nil {
			return nil, err
		}
		p.pos += len("then")
		body, end, err := p.block("then", start, "elif", "else", "fi")
		if err != nil {
			return nil, err
		}
		p.pos += len(end)
		c.Clauses = append(c.Clauses, Clause{Cond: cond, Body: body})
		switch end {
		case "fi":
			return c, nil
		case "else":
			c.Else, _, err = p.block("else", start, "fi")
			if err == nil {
				p.pos += len("fi")
			}
			return c, err
		}
	}
}

// cases reads what follows "case".
func (p *parser) cases(start int) (*Compound, *SyntaxError) {
	c := &Compound{Kind: Case}
	p.blanks()
	if p.eof() || isMeta(p.peek()) {
		return nil, p.fail("a word after \"case\"", "")
	}
	w, err := p.word()
	if err != nil {
		return nil, err
	}
	c.Items = []Word{w}
	if err := p.expect("in", `"case" and its word`); err != nil {
		return nil, err
	}
	for {
		if err := p.newlines(); err != nil {
			return nil, err
		}
		switch {
		case p.eof():
			return nil, p.incomplete(start, `"esac" that closes "case"`, "")
		case p.keyword("esac"):
			p.pos += len("esac")
			return c, nil
		}
		clause, err := p.branch(start)
		if err != nil {
			return nil, err
		}
		c.Clauses = append(c.Clauses, clause)
	}
}

// branch reads one branch of a case: patterns, a parenthesis, lists, and the ;; behind them.
func (p *parser) branch(start int) (Clause, *SyntaxError) {
	var clause Clause
	if p.peek() == '(' {
		p.pos++
	}
	for {
		p.blanks()
		if p.eof() || isMeta(p.peek()) {
			return clause, p.fail("a pattern", "write pattern) commands ;;")
		}
		w, err := p.word()
		if err != nil {
			return clause, err
		}
		clause.Patterns = append(clause.Patterns, w)
		p.blanks()
		if p.peek() != '|' {
			break
		}
		p.pos++
	}
	if p.peek() != ')' {
		return clause, p.fail(`")" after the pattern`, "")
	}
	p.pos++
	p.inCase++
	defer func() { p.inCase-- }()
	body, end, err := p.block("case", start, ";;", "esac")
	clause.Body = body
	if err == nil && end == ";;" {
		p.pos += len(end)
	}
	return clause, err
}

// function reads what follows the name of a function; the parser stands on the parenthesis.
func (p *parser) function(c Command) (Command, *SyntaxError) {
	name, ok := c.Words[0].Literal()
	if !ok || nameLen(name) == 0 {
		return c, p.fail("a word", "")
	}
	p.pos++
	if p.blanks(); p.peek() != ')' {
		return c, p.fail(`")"`, "")
	}
	p.pos++
	if err := p.newlines(); err != nil {
		return c, err
	}
	if p.depth++; p.depth > maxDepth {
		return c, p.fail("fewer commands inside one another", "")
	}
	body, err := p.command(name + "()")
	p.depth--
	if err != nil {
		return c, err
	}
	lists := []List{{Pipelines: []Pipeline{{Commands: []Command{body}}}}}
	c.Words, c.End = nil, p.pos
	c.Compound = &Compound{Kind: Function, Name: name, Clauses: []Clause{{Body: lists}}}
	return c, nil
}
