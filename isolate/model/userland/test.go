package userland

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func (f *formatter) number(word string) int64 {
	if word == "" {
		return 0
	}
	if len(word) > 1 && (word[0] == '\'' || word[0] == '"') {
		return int64(word[1])
	}
	n, err := strconv.ParseInt(word, 0, 64)
	if err != nil {
		f.c.err("invalid number '", word, "'")
		f.status = 1
	}
	return n
}

// testMain is test and [.
func testMain(c *cmd) int {
	args := c.args
	if c.name == "[" || c.name == "[[" {
		if len(args) == 0 || args[len(args)-1] != "]" && args[len(args)-1] != "]]" {
			c.err("missing ]")
			return 2
		}
		args = args[:len(args)-1]
	}
	t := &tester{c: c, args: args}
	if len(args) == 0 {
		return 1
	}
	ok := t.or()
	if t.bad == "" && t.at < len(t.args) {
		t.bad = t.args[t.at] + ": unknown operand"
	}
	if t.bad != "" {
		c.name = "sh"
		c.err(t.bad)
		return 2
	}
	return boolStatus(ok)
}

type tester struct {
	c    *cmd
	args []string
	at   int
	bad  string
}

func (t *tester) peek(n int) string {
	if t.at+n < len(t.args) {
		return t.args[t.at+n]
	}
	return ""
}

func (t *tester) or() bool {
	ok := t.and()
	for t.peek(0) == "-o" {
		t.at++
		right := t.and()
		ok = ok || right
	}
	return ok
}

func (t *tester) and() bool {
	ok := t.not()
	for t.peek(0) == "-a" {
		t.at++
		right := t.not()
		ok = ok && right
	}
	return ok
}

func (t *tester) not() bool {
	if t.peek(0) == "!" && len(t.args)-t.at > 1 {
		t.at++
		return !t.not()
	}
	return t.primary()
}

var testBinary = []string{"=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">"}

func (t *tester) primary() bool {
	left := len(t.args) - t.at
	if left == 0 {
		t.bad = "argument expected"
		return false
	}
	if left >= 3 && contains2(testBinary, t.peek(1)) {
		a, op, b := t.peek(0), t.peek(1), t.peek(2)
		t.at += 3
		return t.binary(a, op, b)
	}
	if t.peek(0) == "(" && left > 2 {
		t.at++
		ok := t.or()
		if t.peek(0) != ")" {
			t.bad = "closing paren expected"
		}
		t.at++
		return ok
	}
	if op := t.peek(0); left >= 2 && len(op) == 2 && op[0] == '-' && strings.IndexByte("nzefdrwxsLhpSbcugkOGt", op[1]) >= 0 {
		arg := t.peek(1)
		t.at += 2
		return t.unary(op[1], arg)
	}
	t.at++
	return t.args[t.at-1] != ""
}

func contains2(list []string, s string) bool {
	for _, each := range list {
		if each == s {
			return true
		}
	}
	return false
}

func (t *tester) binary(a, op, b string) bool {
	switch op {
	case "=", "==":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	case ">":
		return a > b
	case "-nt", "-ot", "-ef":
		x, e1 := t.c.Stat(a)
		y, e2 := t.c.Stat(b)
		if e1 != model.OK || e2 != model.OK {
			return false
		}
		return op == "-ef" && x.Dev == y.Dev && x.Ino == y.Ino || op == "-nt" && x.Mtime > y.Mtime || op == "-ot" && x.Mtime < y.Mtime
	}
	x, y := t.number(a), t.number(b)
	return map[string]bool{"-eq": x == y, "-ne": x != y, "-lt": x < y, "-le": x <= y, "-gt": x > y, "-ge": x >= y}[op]
}

func (t *tester) number(word string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
	if err != nil && t.bad == "" {
		t.bad = word + ": bad number"
	}
	return n
}

func (t *tester) unary(op byte, arg string) bool {
	switch op {
	case 'n':
		return arg != ""
	case 'z':
		return arg == ""
	case 't':
		return false
	case 'r':
		return t.c.Access(arg, 4) == model.OK
	case 'w':
		return t.c.Access(arg, 2) == model.OK
	case 'x':
		return t.c.Access(arg, 1) == model.OK
	}
	st, e := t.c.Stat(arg)
	if op == 'L' || op == 'h' {
		st, e = t.c.Lstat(arg)
	}
	if e != model.OK {
		return false
	}
	kind := st.Mode & model.ModeType
	uids, gids, _ := t.c.IDs()
	return map[byte]bool{'e': true, 'f': kind == model.ModeFile, 'd': kind == model.ModeDir, 's': st.Size > 0, 'L': kind == model.ModeLink, 'h': kind == model.ModeLink,
		'p': kind == model.ModeFIFO, 'S': kind == model.ModeSocket, 'b': kind == model.ModeBlock, 'c': kind == model.ModeChar,
		'u': st.Mode&model.ModeSetUID != 0, 'g': st.Mode&model.ModeSetGID != 0, 'k': st.Mode&model.ModeSticky != 0, 'O': st.UID == uids[1], 'G': st.GID == gids[1]}[op]
}
