package userland

import "slices"

// awkNode is a part of an awk program: an operator or statement, and what it works on.
type awkNode struct {
	op   string
	text string
	kids []*awkNode
}

// awkRule is a pattern and what is done where it fits; no action prints the line.
type awkRule struct {
	begin, end bool
	pattern    []*awkNode // none, one, or two for a range
	action     *awkNode
	inside     bool
}

type awkParser struct {
	toks  []awkToken
	at    int
	bad   string
	depth int
	print bool // inside print's list, where > is a redirection
	funcs map[string]*awkNode
}

func awkParse(text string) ([]*awkRule, map[string]*awkNode, string) {
	toks, bad := awkLex(text)
	p := &awkParser{toks: toks, bad: bad, funcs: map[string]*awkNode{}}
	var rules []*awkRule
	for p.ends(); p.bad == "" && p.now().kind != 0; p.ends() {
		if t := p.now(); t.kind == 'i' && (t.text == "function" || t.text == "func") {
			p.function()
			continue
		}
		rules = append(rules, p.rule())
	}
	return rules, p.funcs, p.bad
}

func (p *awkParser) now() awkToken { return p.toks[min(p.at, len(p.toks)-1)] }

func (p *awkParser) fail() {
	if p.bad == "" {
		p.bad = "Unexpected token"
		if p.now().kind == 0 {
			p.bad = "Unexpected end of string"
		}
	}
	p.at = len(p.toks) - 1
}

// is steps over an operator or word.
func (p *awkParser) is(text string) bool {
	if t := p.now(); t.text == text && (t.kind == 'o' || t.kind == 'i' || t.kind == 'f') {
		p.at++
		return true
	}
	return false
}

func (p *awkParser) want(text string) {
	if !p.is(text) {
		p.fail()
	}
}

// ends steps over ends of lines and semicolons; lines over ends of lines alone.
func (p *awkParser) ends() {
	for p.now().kind == '\n' || p.now().text == ";" && p.now().kind == 'o' {
		p.at++
	}
}

func (p *awkParser) lines() {
	for p.now().kind == '\n' {
		p.at++
	}
}

func (p *awkParser) function() {
	p.at++
	name := p.now().text
	p.at++
	f := &awkNode{op: "function", text: name}
	p.want("(")
	for p.bad == "" && !p.is(")") {
		f.kids = append(f.kids, &awkNode{op: "param", text: p.now().text})
		p.at++
		p.is(",")
	}
	p.lines()
	f.kids = append(f.kids, p.block())
	p.funcs[name] = f
}

func (p *awkParser) rule() *awkRule {
	r := &awkRule{}
	switch {
	case p.is("BEGIN"):
		r.begin = true
	case p.is("END"):
		r.end = true
	case p.now().text != "{" || p.now().kind != 'o':
		r.pattern = append(r.pattern, p.expr())
		if p.is(",") {
			p.lines()
			r.pattern = append(r.pattern, p.expr())
		}
	}
	if t := p.now(); t.kind == 'o' && t.text == "{" {
		r.action = p.block()
	} else if t.kind != 0 && t.kind != '\n' && t.text != ";" {
		p.fail()
	}
	return r
}

func (p *awkParser) block() *awkNode {
	b := &awkNode{op: "block"}
	p.want("{")
	for p.ends(); p.bad == "" && !p.is("}"); p.ends() {
		if p.now().kind == 0 {
			p.fail()
			break
		}
		b.kids = append(b.kids, p.statement())
	}
	return b
}

func (p *awkParser) statement() *awkNode {
	if p.depth++; p.depth > 100 {
		p.fail()
	}
	defer func() { p.depth-- }()
	t := p.now()
	switch {
	case t.kind == 'o' && t.text == "{":
		return p.block()
	case p.is("if"):
		p.want("(")
		n := &awkNode{op: "if", kids: []*awkNode{p.expr()}}
		p.want(")")
		p.lines()
		n.kids = append(n.kids, p.statement())
		mark := p.at
		p.ends()
		if p.is("else") {
			p.lines()
			n.kids = append(n.kids, p.statement())
		} else {
			p.at = mark
		}
		return n
	case p.is("while"):
		p.want("(")
		n := &awkNode{op: "while", kids: []*awkNode{p.expr()}}
		p.want(")")
		p.lines()
		n.kids = append(n.kids, p.statement())
		return n
	case p.is("for"):
		return p.forLoop()
	case p.is("print"), p.is("printf"):
		return p.printing(t.text)
	case slices.Contains([]string{"next", "exit", "break", "continue", "return", "delete"}, t.text) && t.kind != 's':
		p.at++
		n := &awkNode{op: t.text}
		if u := p.now(); (t.text == "exit" || t.text == "return" || t.text == "delete") && u.kind != 0 && u.kind != '\n' && u.text != ";" && u.text != "}" {
			n.kids = append(n.kids, p.expr())
		}
		return n
	}
	return &awkNode{op: "expr", kids: []*awkNode{p.expr()}}
}

func (p *awkParser) forLoop() *awkNode {
	p.want("(")
	if p.now().kind == 'i' && p.toks[min(p.at+1, len(p.toks)-1)].text == "in" {
		n := &awkNode{op: "forin", text: p.now().text}
		p.at += 2
		n.kids = append(n.kids, &awkNode{op: "var", text: p.now().text})
		p.at++
		p.want(")")
		p.lines()
		n.kids = append(n.kids, p.statement())
		return n
	}
	n := &awkNode{op: "for"}
	for i, end := range []string{";", ";", ")"} {
		part := &awkNode{op: "block"}
		if i == 1 {
			part = &awkNode{op: "num", text: "1"}
		}
		if t := p.now(); t.kind != 'o' || t.text != end {
			part = p.expr()
			if i != 1 {
				part = &awkNode{op: "expr", kids: []*awkNode{part}}
			}
		}
		n.kids = append(n.kids, part)
		p.want(end)
	}
	p.lines()
	n.kids = append(n.kids, p.statement())
	return n
}

func (p *awkParser) printing(op string) *awkNode {
	n := &awkNode{op: op}
	p.print = true
	// print (a, b) has its list in parentheses; print (a)*2 has not.
	if t := p.now(); t.kind == 'o' && t.text == "(" && p.closes() {
		p.at++
		p.print = false
		for p.bad == "" && !p.is(")") {
			n.kids = append(n.kids, p.expr())
			p.is(",")
		}
	} else {
		for t := p.now(); p.bad == "" && t.kind != 0 && t.kind != '\n' && t.text != ";" && t.text != "}" && t.text != ">" && t.text != "|"; t = p.now() {
			n.kids = append(n.kids, p.expr())
			if !p.is(",") {
				break
			}
			p.lines()
		}
	}
	p.print = false
	if p.is(">") || p.is(">>") {
		n.text = p.toks[p.at-1].text
		n.kids = append(n.kids, p.primary())
	}
	return n
}

// closes tells whether the parenthesis here closes right before the end of the statement.
func (p *awkParser) closes() bool {
	depth := 0
	for i := p.at; i < len(p.toks); i++ {
		t := p.toks[i]
		if t.kind != 'o' {
			continue
		}
		switch t.text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				after := p.toks[i+1]
				return after.kind == 0 || after.kind == '\n' || after.kind == 'o' && (after.text == ";" || after.text == "}" || after.text == ">")
			}
		}
	}
	return false
}

func (p *awkParser) expr() *awkNode { return p.assignment() }

func (p *awkParser) assignment() *awkNode {
	if p.depth++; p.depth > 200 {
		p.fail()
	}
	defer func() { p.depth-- }()
	l := p.ternary()
	if l.op == "var" || l.op == "index" || l.op == "field" {
		for _, op := range []string{"=", "+=", "-=", "*=", "/=", "%=", "^="} {
			if p.is(op) {
				return &awkNode{op: "assign", text: op, kids: []*awkNode{l, p.assignment()}}
			}
		}
	}
	return l
}

func (p *awkParser) ternary() *awkNode {
	n := p.level(0)
	if p.is("?") {
		p.lines()
		yes := p.assignment()
		p.want(":")
		p.lines()
		return &awkNode{op: "?", kids: []*awkNode{n, yes, p.assignment()}}
	}
	return n
}

var awkLevels = [][]string{{"||"}, {"&&"}, {"in"}, {"~", "!~"}, {"<=", ">=", "==", "!=", "<", ">"}, {" "}, {"+", "-"}, {"*", "/", "%"}}

// level reads binary operators, those that bind least first; two values side by side are put together.
func (p *awkParser) level(i int) *awkNode {
	if i == len(awkLevels) {
		return p.unary()
	}
	l := p.level(i + 1)
	for p.bad == "" {
		t := p.now()
		op := ""
		switch {
		case awkLevels[i][0] == " ":
			if t.kind == 'n' || t.kind == 's' || t.kind == 'f' || t.kind == 'i' && t.text != "in" || t.kind == 'o' && (t.text == "$" || t.text == "(" || t.text == "!" || t.text == "-" && false) {
				op = " "
			}
		case t.kind != 's' && t.kind != 'r' && slices.Contains(awkLevels[i], t.text) && !(t.text == ">" && p.print):
			op = t.text
			p.at++
			p.lines()
		}
		if op == "" {
			return l
		}
		l = &awkNode{op: op, kids: []*awkNode{l, p.level(i + 1)}}
	}
	return l
}

func (p *awkParser) unary() *awkNode {
	switch {
	case p.is("!"):
		return &awkNode{op: "!", kids: []*awkNode{p.unary()}}
	case p.is("-"):
		return &awkNode{op: "neg", kids: []*awkNode{p.unary()}}
	case p.is("+"):
		return &awkNode{op: "pos", kids: []*awkNode{p.unary()}}
	}
	n := p.postfix()
	if p.is("^") || p.is("**") {
		return &awkNode{op: "^", kids: []*awkNode{n, p.unary()}}
	}
	return n
}

func (p *awkParser) postfix() *awkNode {
	for _, op := range []string{"++", "--"} {
		if p.is(op) {
			return &awkNode{op: "pre", text: op[:1], kids: []*awkNode{p.primary()}}
		}
	}
	n := p.primary()
	if n.op == "var" || n.op == "index" || n.op == "field" {
		for _, op := range []string{"++", "--"} {
			if p.is(op) {
				return &awkNode{op: "post", text: op[:1], kids: []*awkNode{n}}
			}
		}
	}
	return n
}

func (p *awkParser) primary() *awkNode {
	t := p.now()
	p.at++
	switch {
	case t.kind == 'n':
		return &awkNode{op: "num", text: t.text}
	case t.kind == 's':
		return &awkNode{op: "str", text: t.text}
	case t.kind == 'r':
		return &awkNode{op: "re", text: t.text}
	case t.text == "$" && t.kind == 'o':
		return &awkNode{op: "field", kids: []*awkNode{p.postfix()}}
	case t.text == "(" && t.kind == 'o':
		outer := p.print
		p.print = false
		n := p.expr()
		p.print = outer
		p.want(")")
		return &awkNode{op: "group", kids: []*awkNode{n}}
	case t.kind == 'f' || t.kind == 'i' && t.text == "length":
		n := &awkNode{op: "call", text: t.text}
		if t.kind == 'f' {
			p.want("(")
			for p.bad == "" && !p.is(")") {
				n.kids = append(n.kids, p.expr())
				p.is(",")
			}
		}
		return n
	case t.kind == 'i' && t.text == "getline":
		return &awkNode{op: "getline"}
	case t.kind == 'i':
		if p.is("[") {
			n := &awkNode{op: "index", text: t.text}
			for p.bad == "" && !p.is("]") {
				n.kids = append(n.kids, p.expr())
				p.is(",")
			}
			return n
		}
		return &awkNode{op: "var", text: t.text}
	}
	p.at--
	p.fail()
	return &awkNode{op: "str"}
}
