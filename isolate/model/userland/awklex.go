package userland

import "strings"

// awkToken is a word of an awk program.
type awkToken struct {
	kind byte // 'n' number, 's' string, 'r' regular expression, 'i' name, 'f' name right before a parenthesis, 'o' operator, '\n' end of a line, 0 end
	text string
}

type awkLexer struct {
	rest string
	last awkToken
	toks []awkToken
	bad  string
}

var awkOperators = []string{"&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "!~", ">>", "**",
	"{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "="}

// lex takes a program apart.
func awkLex(text string) ([]awkToken, string) {
	l := &awkLexer{rest: text}
	for l.rest != "" && l.bad == "" {
		l.next()
	}
	l.add(0, "")
	return l.toks, l.bad
}

func (l *awkLexer) add(kind byte, text string) {
	l.last = awkToken{kind, text}
	l.toks = append(l.toks, l.last)
}

func (l *awkLexer) next() {
	c := l.rest[0]
	switch {
	case c == ' ' || c == '\t' || c == '\r':
		l.rest = l.rest[1:]
	case strings.HasPrefix(l.rest, "\\\n"):
		l.rest = l.rest[2:]
	case c == '\n':
		l.rest = l.rest[1:]
		l.add('\n', "\n")
	case c == '#':
		if i := strings.IndexByte(l.rest, '\n'); i >= 0 {
			l.rest = l.rest[i:]
		} else {
			l.rest = ""
		}
	case c == '"':
		l.quoted('"', 's')
	case c == '/' && l.divisor():
		l.quoted('/', 'r')
	case c >= '0' && c <= '9' || c == '.' && len(l.rest) > 1 && l.rest[1] >= '0' && l.rest[1] <= '9':
		n := 0
		for n < len(l.rest) && (l.rest[n] >= '0' && l.rest[n] <= '9' || l.rest[n] == '.') {
			n++
		}
		l.add('n', l.rest[:n])
		l.rest = l.rest[n:]
	case c == '_' || c|32 >= 'a' && c|32 <= 'z':
		n := 0
		for n < len(l.rest) && wordByte(l.rest[n]) {
			n++
		}
		kind := byte('i')
		if n < len(l.rest) && l.rest[n] == '(' {
			kind = 'f'
		}
		l.add(kind, l.rest[:n])
		l.rest = l.rest[n:]
	default:
		for _, op := range awkOperators {
			if strings.HasPrefix(l.rest, op) {
				l.add('o', op)
				l.rest = l.rest[len(op):]
				return
			}
		}
		l.bad = "Unexpected token"
	}
}

// divisor tells whether a slash here begins a regular expression, because no value stands before it.
func (l *awkLexer) divisor() bool {
	switch l.last.kind {
	case 'n', 's', 'r':
		return false
	case 'i':
		return l.last.text == "print" || l.last.text == "return"
	case 'o':
		return l.last.text != ")" && l.last.text != "]" && l.last.text != "$"
	}
	return true
}

func (l *awkLexer) quoted(end, kind byte) {
	var b strings.Builder
	i := 1
	for ; i < len(l.rest) && l.rest[i] != end; i++ {
		if l.rest[i] == '\\' && i+1 < len(l.rest) {
			if kind == 'r' && l.rest[i+1] != '/' {
				b.WriteString(l.rest[i : i+2])
			} else {
				text, _ := unescape(l.rest[i : i+2])
				b.WriteString(strings.TrimPrefix(text, "\\"))
			}
			i++
			continue
		}
		b.WriteByte(l.rest[i])
	}
	if i == len(l.rest) {
		l.bad = "Unterminated string"
		return
	}
	l.rest = l.rest[i+1:]
	l.add(kind, b.String())
}
