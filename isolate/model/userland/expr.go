package userland

import "strings"

// expr works out whole numbers and comparisons.
func expr(c *cmd) int {
	x := &exprs{c: c, words: c.args}
	if len(c.args) == 0 {
		c.say(usageOf("expr", "EXPRESSION"))
		return 2
	}
	v := x.level(0)
	if x.bad || len(x.words) > 0 {
		c.err("syntax error")
		return 2
	}
	c.put(v, "\n")
	return boolStatus(v != "" && v != "0")
}

type exprs struct {
	c     *cmd
	words []string
	bad   bool
}

var exprLevels = [][]string{{"|"}, {"&"}, {"=", "!=", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/", "%"}}

func (x *exprs) level(i int) string {
	if i == len(exprLevels) {
		return x.value()
	}
	l := x.level(i + 1)
	for len(x.words) > 0 && contains2(exprLevels[i], x.words[0]) {
		op := x.words[0]
		x.words = x.words[1:]
		l = x.apply(op, l, x.level(i+1))
	}
	return l
}

func (x *exprs) value() string {
	if len(x.words) == 0 {
		x.bad = true
		return ""
	}
	w := x.words[0]
	x.words = x.words[1:]
	switch w {
	case "(":
		v := x.level(0)
		if len(x.words) == 0 || x.words[0] != ")" {
			x.bad = true
			return ""
		}
		x.words = x.words[1:]
		return v
	case "length":
		return itoa(len(x.value()))
	}
	return w
}

func (x *exprs) apply(op, l, r string) string {
	truth := func(b bool) string {
		if b {
			return "1"
		}
		return "0"
	}
	switch op {
	case "|":
		if l != "" && l != "0" {
			return l
		}
		return r
	case "&":
		if l == "" || l == "0" || r == "" || r == "0" {
			return "0"
		}
		return l
	}
	a, okA := signed(l)
	b, okB := signed(r)
	if i := strings.Index("= != < <= > >= ", op+" "); i >= 0 {
		order := strings.Compare(l, r)
		if okA && okB {
			order = sign(a - b)
		}
		return truth(map[string]bool{"=": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[op])
	}
	if !okA || !okB {
		x.c.err("non-numeric argument")
		x.c.flush()
		x.c.Exit(2)
	}
	if (op == "/" || op == "%") && b == 0 {
		x.c.err("division by zero")
		x.c.flush()
		x.c.Exit(2)
	}
	switch op {
	case "+":
		return itoa64(a + b)
	case "-":
		return itoa64(a - b)
	case "*":
		return itoa64(a * b)
	case "/":
		return itoa64(a / b)
	}
	return itoa64(a % b)
}

func signed(word string) (int64, bool) {
	digits, minus := strings.CutPrefix(word, "-")
	n, ok := number(digits)
	if minus {
		n = -n
	}
	return int64(n), ok
}
