package userland

import (
	"strconv"
	"strings"
)

// sum is the value of $((...)), and what is wrong with it. Source: POSIX.1-2024, 2.6.4, with C's assignments.
func (s *sh) sum(text string) (int64, string) {
	a := &arith{s: s, rest: text}
	n := a.comma()
	if a.blanks(); a.rest != "" && a.err == "" {
		a.err = "arithmetic syntax error"
	}
	return n, a.err
}

type arith struct {
	s     *sh
	rest  string
	err   string
	depth int
	skip  int // inside a part that is not evaluated
}

func (a *arith) blanks() { a.rest = strings.TrimLeft(a.rest, " \t\n") }

func (a *arith) fail(text string) int64 {
	if a.err == "" {
		a.err = text
	}
	a.rest = ""
	return 0
}

func (a *arith) comma() int64 {
	n := a.ternary()
	for a.take(",") {
		n = a.ternary()
	}
	return n
}

// take steps over an operator, unless it is the beginning of a longer one.
func (a *arith) take(op string) bool {
	a.blanks()
	if !strings.HasPrefix(a.rest, op) {
		return false
	}
	after := a.rest[len(op):]
	switch op {
	case "&", "|":
		if strings.HasPrefix(after, op) || strings.HasPrefix(after, "=") {
			return false
		}
	case "<", ">":
		if strings.HasPrefix(after, op) || strings.HasPrefix(after, "=") {
			return false
		}
	case "+", "-", "*", "/", "%", "^", "<<", ">>":
		if strings.HasPrefix(after, "=") {
			return false
		}
	case "!":
		if strings.HasPrefix(after, "=") {
			return false
		}
	}
	a.rest = after
	return true
}

func (a *arith) ternary() int64 {
	if a.depth++; a.depth > 100 {
		return a.fail("arithmetic expression too deep")
	}
	defer func() { a.depth-- }()
	cond := a.binary(0)
	if !a.take("?") {
		return cond
	}
	yes := a.silent(cond == 0, a.comma)
	if !a.take(":") {
		return a.fail("arithmetic syntax error")
	}
	no := a.silent(cond != 0, a.ternary)
	if cond != 0 {
		return yes
	}
	return no
}

// silent evaluates a part, without its effects if skip.
func (a *arith) silent(skip bool, part func() int64) int64 {
	if skip {
		a.skip++
		defer func() { a.skip-- }()
	}
	return part()
}

var arithLevels = [][]string{{"||"}, {"&&"}, {"|"}, {"^"}, {"&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}}

func (a *arith) binary(level int) int64 {
	if level == len(arithLevels) {
		return a.unary()
	}
	n := a.binary(level + 1)
again:
	for _, op := range arithLevels[level] {
		if a.take(op) {
			short := op == "&&" && n == 0 || op == "||" && n != 0
			right := a.silent(short, func() int64 { return a.binary(level + 1) })
			n = a.apply(op, n, right)
			goto again
		}
	}
	return n
}

func (a *arith) apply(op string, x, y int64) int64 {
	truth := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	switch op {
	case "||":
		return truth(x != 0 || y != 0)
	case "&&":
		return truth(x != 0 && y != 0)
	case "|":
		return x | y
	case "^":
		return x ^ y
	case "&":
		return x & y
	case "==":
		return truth(x == y)
	case "!=":
		return truth(x != y)
	case "<=":
		return truth(x <= y)
	case ">=":
		return truth(x >= y)
	case "<":
		return truth(x < y)
	case ">":
		return truth(x > y)
	case "<<":
		return x << (uint64(y) & 63)
	case ">>":
		return x >> (uint64(y) & 63)
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	}
	if y == 0 {
		if a.skip > 0 {
			return 0
		}
		return a.fail("divide by zero")
	}
	if op == "/" {
		return x / y
	}
	return x % y
}

func (a *arith) unary() int64 {
	if a.depth++; a.depth > 200 {
		return a.fail("arithmetic expression too deep")
	}
	defer func() { a.depth-- }()
	a.blanks()
	switch {
	case a.rest == "":
		return a.fail("arithmetic syntax error")
	case a.take("++"), a.take("--"):
		return a.unary()
	case a.take("-"):
		return -a.unary()
	case a.take("+"):
		return a.unary()
	case a.take("~"):
		return ^a.unary()
	case a.take("!"):
		if a.unary() == 0 {
			return 1
		}
		return 0
	case a.take("("):
		n := a.comma()
		if !a.take(")") {
			return a.fail("arithmetic syntax error")
		}
		return n
	}
	n := 0
	for n < len(a.rest) && (a.rest[n] == '_' || a.rest[n] >= '0' && a.rest[n] <= '9' || a.rest[n]|32 >= 'a' && a.rest[n]|32 <= 'z') {
		n++
	}
	word := a.rest[:n]
	a.rest = a.rest[n:]
	if !isName(word) {
		return a.number(word)
	}
	return a.name(word)
}

func (a *arith) number(word string) int64 {
	n, err := strconv.ParseInt(word, 0, 64)
	if err != nil {
		return a.fail("arithmetic syntax error")
	}
	return n
}

// name is the value of a variable, or an assignment to it.
func (a *arith) name(word string) int64 {
	now := int64(0)
	if text := strings.TrimSpace(a.s.get(word)); text != "" {
		now = a.number(text)
	}
	a.blanks()
	for _, op := range []string{"<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="} {
		if strings.HasPrefix(a.rest, op) {
			a.rest = a.rest[len(op):]
			return a.store(word, a.apply(op[:len(op)-1], now, a.ternary()))
		}
	}
	switch {
	case strings.HasPrefix(a.rest, "=") && !strings.HasPrefix(a.rest, "=="):
		a.rest = a.rest[1:]
		return a.store(word, a.ternary())
	case strings.HasPrefix(a.rest, "++"):
		a.rest = a.rest[2:]
		a.store(word, now+1)
	case strings.HasPrefix(a.rest, "--"):
		a.rest = a.rest[2:]
		a.store(word, now-1)
	}
	return now
}

func (a *arith) store(word string, n int64) int64 {
	if a.skip == 0 && a.err == "" {
		a.s.assign(word, itoa64(n))
	}
	return n
}
