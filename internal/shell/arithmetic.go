package shell

import (
	"strconv"
	"strings"
)

// evaluate is the value of an expression in whole numbers, and what is wrong with it ("" if nothing is). A name
// stands for the number its variable holds, or 0.
//
// Source: POSIX.1-2024, Shell Command Language, 2.6.4 Arithmetic Expansion; assignments are left out.
func evaluate(text string, vars Vars) (int64, string) {
	a := arithmetic{rest: text, vars: vars}
	n := a.binary(0)
	if a.blanks(); a.rest != "" {
		a.fail("syntax error in expression: " + strconv.Quote(a.rest))
	}
	return n, a.err
}

type arithmetic struct {
	rest  string
	vars  Vars
	depth int
	err   string
}

func (a *arithmetic) fail(text string) {
	if a.err == "" {
		a.err = "arithmetic: " + text
	}
	a.rest = ""
}

func (a *arithmetic) blanks() { a.rest = strings.TrimLeft(a.rest, " \t\n") }

// levels are the binary operators, those that bind least first; of a level the longer ones first.
var levels = [][]string{{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}}

func (a *arithmetic) binary(level int) int64 {
	if level == len(levels) {
		return a.unary()
	}
	left := a.binary(level + 1)
	for {
		op := a.operator(levels[level])
		if op == "" {
			return left
		}
		left = a.apply(op, left, a.binary(level+1))
	}
}

func (a *arithmetic) operator(ops []string) string {
	a.blanks()
	for _, op := range ops {
		if strings.HasPrefix(a.rest, op) {
			a.rest = a.rest[len(op):]
			return op
		}
	}
	return ""
}

func (a *arithmetic) apply(op string, left, right int64) int64 {
	switch op {
	case "+":
		return left + right
	case "-":
		return left - right
	case "*":
		return left * right
	case "/", "%":
		if right == 0 {
			a.fail("divide by zero")
			return 0
		}
		if op == "/" {
			return left / right
		}
		return left % right
	}
	return truth(map[string]bool{
		"||": left != 0 || right != 0, "&&": left != 0 && right != 0, "==": left == right, "!=": left != right,
		"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right,
	}[op])
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (a *arithmetic) unary() int64 {
	a.blanks()
	if a.depth++; a.depth > 200 {
		a.fail("too many operators inside one another")
	}
	defer func() { a.depth-- }()
	if a.rest == "" {
		a.fail("a number is missing")
		return 0
	}
	switch a.rest[0] {
	case '-', '+', '!':
		op := a.rest[0]
		a.rest = a.rest[1:]
		n := a.unary()
		switch op {
		case '-':
			return -n
		case '!':
			return truth(n == 0)
		}
		return n
	case '(':
		a.rest = a.rest[1:]
		n := a.binary(0)
		if a.operator([]string{")"}) == "" {
			a.fail(`")" is missing`)
		}
		return n
	}
	return a.operand()
}

func (a *arithmetic) operand() int64 {
	if n := nameLen(a.rest); n > 0 {
		text := a.vars[a.rest[:n]]
		a.rest = a.rest[n:]
		if text == "" {
			return 0
		}
		return a.number(strings.TrimSpace(text))
	}
	n := 0
	for n < len(a.rest) && (a.rest[n] >= '0' && a.rest[n] <= '9' || n > 0 && isNameStart(a.rest[n])) {
		n++
	}
	text := a.rest[:n]
	if n == 0 {
		a.fail("a number is wanted, not " + strconv.Quote(a.rest))
		return 0
	}
	a.rest = a.rest[n:]
	return a.number(text)
}

func (a *arithmetic) number(text string) int64 {
	n, err := strconv.ParseInt(text, 0, 64)
	if err != nil {
		a.fail(strconv.Quote(text) + " is no whole number")
	}
	return n
}
