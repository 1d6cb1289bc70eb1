package shell

import "strconv"

// atRedirect reports whether a redirection starts here: an operator, or digits hard against one.
func (p *parser) atRedirect() bool {
	n := 0
	for '0' <= p.at(n) && p.at(n) <= '9' {
		n++
	}
	return p.at(n) == '<' || p.at(n) == '>'
}

// redirect reads one redirection.
func (p *parser) redirect() (Redirect, *SyntaxError) {
	r := Redirect{Pos: p.pos}
	digits := p.pos
	for '0' <= p.peek() && p.peek() <= '9' {
		p.pos++
	}
	number := p.in[digits:p.pos]
	op := p.operator()
	switch op {
	case "<":
		r.Op = Read
	case ">":
		r.Op, r.FD = Write, 1
	case ">>":
		r.Op, r.FD = Append, 1
	case ">&":
		r.Op, r.FD = Duplicate, 1
	case "<<", "<<-":
		r.Op = Here
	case "<&", "<>", ">|":
		if !p.full {
			return r, p.fail(`"<", ">", ">>", "<<" or ">&"`, "this redirection is not understood here")
		}
		r.Op, r.FD = Duplicate, 0
		switch op {
		case "<>":
			r.Op = ReadWrite
		case ">|":
			r.Op, r.FD = Write, 1
		}
	default:
		return r, p.fail(`"<", ">", ">>", "<<" or ">&"`, "this redirection is not understood here")
	}
	if n, err := strconv.Atoi(number); p.full && err == nil && len(number) == 1 {
		r.FD = n
	} else if number != "" && !r.setFD(number) {
		p.pos = digits
		return r, p.fail("a stream this redirection can have", "0 is the input, 1 the output, 2 the errors")
	}
	p.pos += len(op)
	p.blanks()
	return r, p.target(&r, op)
}

// operator is the redirection operator at the parser's place; it does not step over it.
func (p *parser) operator() string {
	for _, op := range []string{"<<<", "<<-", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">"} {
		if p.has(op) {
			return op
		}
	}
	return ""
}

// setFD takes the number in front of the operator; it reports whether that stream fits.
func (r *Redirect) setFD(number string) bool {
	n, err := strconv.Atoi(number)
	input := r.Op == Read || r.Op == Here
	if err != nil || number != strconv.Itoa(n) || input && n != 0 || !input && n != 1 && n != 2 {
		return false
	}
	r.FD = n
	return true
}

// target reads what follows the operator.
func (p *parser) target(r *Redirect, op string) *SyntaxError {
	start := p.pos
	if p.eof() || isMeta(p.peek()) {
		want := map[RedirectOp]string{Duplicate: "1 or 2", Here: "a word that ends the text"}[r.Op]
		if want == "" {
			want = "a file name"
		}
		return p.fail(want+" after "+strconv.Quote(op), "")
	}
	w, err := p.word()
	if err != nil {
		return err
	}
	switch {
	case r.Op == Duplicate && p.full:
		r.Target = w
	case r.Op == Duplicate:
		text, _ := w.Literal()
		if text != "1" && text != "2" {
			p.pos = start
			return p.fail(`1 or 2 after ">&"`, "2>&1 sends errors where the output goes; to send both to a file write >file 2>&1")
		}
		r.Source = int(text[0] - '0')
	case r.Op == Here:
		return p.announce(r, w, op)
	default:
		r.Target = w
	}
	return nil
}
