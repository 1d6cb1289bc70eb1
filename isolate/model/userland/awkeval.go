package userland

import "strings"

func awkBool(b bool) awkValue {
	if b {
		return awkNum(1)
	}
	return awkNum(0)
}

func (a *awkRun) subscript(n *awkNode) string {
	var parts []string
	for _, k := range n.kids {
		parts = append(parts, a.eval(k).String())
	}
	return strings.Join(parts, a.vars["SUBSEP"].String())
}

func (a *awkRun) field(i int) awkValue {
	switch {
	case i == 0:
		return awkInput(a.line)
	case i > 0 && i <= len(a.fields):
		return awkInput(a.fields[i-1])
	}
	return awkInput("")
}

// store puts a value into a variable, an element or a field.
func (a *awkRun) store(n *awkNode, v awkValue) awkValue {
	switch n.op {
	case "var":
		a.vars[n.text] = v
		if n.text == "NF" {
			for len(a.fields) < int(v.number()) {
				a.fields = append(a.fields, "")
			}
			a.fields = a.fields[:max(0, int(v.number()))]
			a.line = strings.Join(a.fields, a.vars["OFS"].String())
		}
	case "index":
		if a.arrays[n.text] == nil {
			a.arrays[n.text] = map[string]awkValue{}
		}
		a.arrays[n.text][a.subscript(n)] = v
	case "field":
		i := int(a.eval(n.kids[0]).number())
		if i == 0 {
			a.setLine(v.String())
			return v
		}
		for len(a.fields) < i && i < 10000 {
			a.fields = append(a.fields, "")
		}
		if i > 0 && i <= len(a.fields) {
			a.fields[i-1] = v.String()
		}
		a.vars["NF"] = awkNum(float64(len(a.fields)))
		a.line = strings.Join(a.fields, a.vars["OFS"].String())
	}
	return v
}

func (a *awkRun) eval(n *awkNode) awkValue {
	switch n.op {
	case "num":
		v, _ := leadingNumber(n.text)
		return awkNum(v)
	case "str":
		return awkText(n.text)
	case "re":
		return awkBool(a.regexp(n.text).Matches(a.line))
	case "var":
		return a.vars[n.text]
	case "index":
		return a.arrays[n.text][a.subscript(n)]
	case "field":
		return a.field(int(a.eval(n.kids[0]).number()))
	case "group":
		return a.eval(n.kids[0])
	case "call":
		return a.call(n)
	case "getline":
		return awkBool(a.record())
	case "assign":
		return a.assign(n)
	case "pre", "post":
		old := a.eval(n.kids[0]).number()
		v := old + 1
		if n.text == "-" {
			v = old - 1
		}
		a.store(n.kids[0], awkNum(v))
		if n.op == "post" {
			v = old
		}
		return awkNum(v)
	case "?":
		if a.eval(n.kids[0]).truth() {
			return a.eval(n.kids[1])
		}
		return a.eval(n.kids[2])
	case "!":
		return awkBool(!a.eval(n.kids[0]).truth())
	case "neg":
		return awkNum(-a.eval(n.kids[0]).number())
	case "pos":
		return awkNum(a.eval(n.kids[0]).number())
	case "||":
		return awkBool(a.eval(n.kids[0]).truth() || a.eval(n.kids[1]).truth())
	case "&&":
		return awkBool(a.eval(n.kids[0]).truth() && a.eval(n.kids[1]).truth())
	case "in":
		_, ok := a.arrays[n.kids[1].text][a.eval(n.kids[0]).String()]
		return awkBool(ok)
	case "~", "!~":
		re := n.kids[1].text
		if n.kids[1].op != "re" {
			re = a.eval(n.kids[1]).String()
		}
		return awkBool(a.regexp(re).Matches(a.eval(n.kids[0]).String()) == (n.op == "~"))
	}
	return a.binary(n)
}

func (a *awkRun) assign(n *awkNode) awkValue {
	v := a.eval(n.kids[1])
	if n.text != "=" {
		v = awkNum(awkSum(n.text[:1], a.eval(n.kids[0]).number(), v.number()))
	}
	return a.store(n.kids[0], v)
}

func awkSum(op string, x, y float64) float64 {
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		if y == 0 {
			return 0
		}
		return x / y
	case "%":
		if int64(y) == 0 {
			return 0
		}
		return x - float64(y*float64(int64(x/y)))
	}
	r := 1.0
	for range int(min(y, 1000)) {
		r *= x
	}
	return r
}

func (a *awkRun) binary(n *awkNode) awkValue {
	x, y := a.eval(n.kids[0]), a.eval(n.kids[1])
	switch n.op {
	case " ":
		return awkText(x.String() + y.String())
	case "+", "-", "*", "/", "%", "^":
		return awkNum(awkSum(n.op, x.number(), y.number()))
	}
	order := strings.Compare(x.String(), y.String())
	blank := func(v awkValue) bool { return !v.isNum && v.text == "" && !v.input }
	if (x.numeric() || blank(x)) && (y.numeric() || blank(y)) && (x.numeric() || y.numeric()) {
		order = 0
		//float:exact both come from texts or from one and the same sum
		if x.number() < y.number() {
			order = -1
			//float:exact as above
		} else if x.number() > y.number() {
			order = 1
		}
	}
	return awkBool(map[string]bool{"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[n.op])
}

// call runs a function of the language or of the program.
func (a *awkRun) call(n *awkNode) awkValue {
	if f := a.funcs[n.text]; f != nil {
		return a.callOwn(f, n)
	}
	text := func(i int) string {
		if i < len(n.kids) {
			return a.eval(n.kids[i]).String()
		}
		return ""
	}
	number := func(i int) float64 {
		if i < len(n.kids) {
			return a.eval(n.kids[i]).number()
		}
		return 0
	}
	switch n.text {
	case "length":
		if len(n.kids) == 0 {
			return awkNum(float64(len(a.line)))
		}
		if k := n.kids[0]; k.op == "var" && a.arrays[k.text] != nil {
			return awkNum(float64(len(a.arrays[k.text])))
		}
		return awkNum(float64(len(text(0))))
	case "substr":
		s := text(0)
		from := max(1, int(number(1)))
		end := len(s) + 1
		if len(n.kids) > 2 {
			end = min(end, int(number(1))+int(number(2)))
		}
		if from >= end {
			return awkText("")
		}
		return awkText(s[from-1 : end-1])
	case "index":
		return awkNum(float64(strings.Index(text(0), text(1)) + 1))
	case "split":
		sep := a.vars["FS"].String()
		if len(n.kids) > 2 {
			if sep = n.kids[2].text; n.kids[2].op != "re" && n.kids[2].op != "str" {
				sep = text(2)
			}
		}
		parts := map[string]awkValue{}
		for i, p := range a.split(text(0), sep) {
			parts[itoa(i+1)] = awkInput(p)
		}
		a.arrays[n.kids[1].text] = parts
		return awkNum(float64(len(parts)))
	case "sub", "gsub":
		return a.substitute(n)
	case "match":
		re := n.kids[1].text
		if n.kids[1].op != "re" {
			re = text(1)
		}
		start, end, ok := a.regexp(re).Find(text(0), 0)
		if !ok {
			start, end = -1, -2
		}
		a.vars["RSTART"], a.vars["RLENGTH"] = awkNum(float64(start+1)), awkNum(float64(end-start))
		return a.vars["RSTART"]
	case "tolower":
		return awkText(strings.ToLower(text(0)))
	case "toupper":
		return awkText(strings.ToUpper(text(0)))
	case "int":
		return awkNum(float64(int64(number(0))))
	case "sprintf":
		var words []string
		for i := range n.kids {
			words = append(words, text(i))
		}
		return awkText(sprintf(words))
	}
	return awkText("")
}

func (a *awkRun) callOwn(f, n *awkNode) awkValue {
	if a.depth++; a.depth > 200 {
		return awkText("")
	}
	defer func() { a.depth-- }()
	saved := map[string]awkValue{}
	params := f.kids[:len(f.kids)-1]
	var values []awkValue
	for i := range params {
		v := awkValue{}
		if i < len(n.kids) {
			v = a.eval(n.kids[i])
		}
		values = append(values, v)
	}
	for i, p := range params {
		saved[p.text] = a.vars[p.text]
		a.vars[p.text] = values[i]
	}
	a.result = awkValue{}
	a.do(f.kids[len(f.kids)-1])
	if a.leave == "return" {
		a.leave = ""
	}
	for _, p := range params {
		a.vars[p.text] = saved[p.text]
	}
	return a.result
}

// substitute is sub and gsub.
func (a *awkRun) substitute(n *awkNode) awkValue {
	re := n.kids[0].text
	if n.kids[0].op != "re" {
		re = a.eval(n.kids[0]).String()
	}
	with := a.eval(n.kids[1]).String()
	target := &awkNode{op: "field", kids: []*awkNode{{op: "num", text: "0"}}}
	if len(n.kids) > 2 {
		target = n.kids[2]
	}
	text := a.eval(target).String()
	var b strings.Builder
	count, at := 0, 0
	for at <= len(text) && (count == 0 || n.text == "gsub") {
		start, end, ok := a.regexp(re).Find(text, at)
		if !ok {
			break
		}
		b.WriteString(text[at:start])
		b.WriteString(strings.ReplaceAll(with, "&", text[start:end]))
		count++
		if at = end; end == start {
			b.WriteString(text[start:min(len(text), start+1)])
			at++
		}
	}
	if count > 0 {
		b.WriteString(text[min(at, len(text)):])
		a.store(target, awkText(b.String()))
	}
	return awkNum(float64(count))
}
