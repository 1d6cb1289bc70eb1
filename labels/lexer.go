package labels

// token is a word of the selector language.
type token uint8

const (
	tokenEnd token = iota
	tokenName
	tokenIn
	tokenNotIn
	tokenNot
	tokenEquals
	tokenDoubleEquals
	tokenNotEquals
	tokenGreater
	tokenLess
	tokenComma
	tokenOpen
	tokenClose
)

// lexer cuts a selector into tokens, one at a time; names are parts of the input, not copies.
type lexer struct {
	input      string
	start, end int // of the current token
	next       int // where the following token is looked for
	nul        int // 1 + offset of the first NUL byte passed over

	// What scanName saw of a name, so that nobody need read it again to say whether it is valid.
	last  int   // where its last part begins: behind the last slash
	class uint8 // the classes that all bytes of that part have
}

// scan moves to the next token.
//
// Upstream's lexer takes a NUL byte for the end of a word and swallows it, or for the end of the input. This
// one does the same, so that later errors are the same, but remembers it: the parser refuses such an input.
func (l *lexer) scan() token {
	s, i := l.input, l.next
	for i < len(s) && classes[s[i]]&stop != 0 {
		if s[i] > ' ' {
			return l.scanSymbol(i)
		}
		if s[i] == 0 {
			l.start, l.end, l.next = i, i, i
			l.sawNUL(i)
			return tokenEnd
		}
		i++
	}
	if i == len(s) {
		l.start, l.end, l.next = i, i, i
		return tokenEnd
	}
	return l.scanName(i)
}

func (l *lexer) scanName(i int) token {
	s := l.input
	l.start, l.last = i, i
	all := uint8(inner)
	for ; i < len(s); i++ {
		c := classes[s[i]]
		if c&(stop|slash) != 0 {
			if c&stop != 0 {
				break
			}
			l.last, c, all = i+1, inner, inner // another part begins
		}
		all &= c
	}
	l.class = all
	l.finish(i)
	switch s[l.start:i] {
	case "in":
		return tokenIn
	case "notin":
		return tokenNotIn
	}
	return tokenName
}

// validKey is isKey for the current token.
func (l *lexer) validKey() bool {
	prefix := l.last - 1 - l.start
	return l.validPart() && (prefix < 0 || prefix <= maxSubdomain && isSubdomain(l.input[l.start:l.last-1]))
}

// validValue is isName, of at most 63 bytes, for the current token.
func (l *lexer) validValue() bool { return l.last == l.start && l.validPart() }

// validPart says whether the last part of the current token is a name of at most 63 bytes.
func (l *lexer) validPart() bool {
	size := l.end - l.last
	return l.class != 0 && uint(size-1) < maxName && classes[l.input[l.last]]&classes[l.input[l.end-1]]&edge != 0
}

func (l *lexer) scanSymbol(i int) token {
	s := l.input
	l.start = i
	tok := tokenEnd
	equals := i+1 < len(s) && s[i+1] == '='
	switch s[i] {
	case '=':
		tok = tokenEquals
		if equals {
			tok, i = tokenDoubleEquals, i+1
		}
	case '!':
		tok = tokenNot
		if equals {
			tok, i = tokenNotEquals, i+1
		}
	case '>':
		tok = tokenGreater
	case '<':
		tok = tokenLess
	case ',':
		tok = tokenComma
	case '(':
		tok = tokenOpen
	case ')':
		tok = tokenClose
	}
	l.finish(i + 1)
	return tok
}

// finish ends the current token before offset i, and passes over a NUL there.
func (l *lexer) finish(i int) {
	l.end, l.next = i, i
	if i < len(l.input) && l.input[i] == 0 {
		l.sawNUL(i)
		l.next = i + 1
	}
}

func (l *lexer) sawNUL(i int) {
	if l.nul == 0 {
		l.nul = i + 1
	}
}

// literal is the text of the current token.
func (l *lexer) literal() string { return l.input[l.start:l.end] }
