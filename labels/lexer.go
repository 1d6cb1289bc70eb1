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

// stops are the bytes that end a name: NUL, blanks and symbols.
var stops = charset{1 | blanks | 1<<'!' | 1<<'(' | 1<<')' | 1<<',' | 1<<'<' | 1<<'=' | 1<<'>'}

const blanks = 1<<' ' | 1<<'\t' | 1<<'\r' | 1<<'\n'

// lexer cuts a selector into tokens, one at a time; names are parts of the input, not copies.
type lexer struct {
	input      string
	start, end int // of the current token
	next       int // where the following token is looked for
	nul        int // 1 + offset of the first NUL byte passed over
}

// scan moves to the next token.
//
// Upstream's lexer takes a NUL byte for the end of a word and swallows it, or for the end of the input. This
// one does the same, so that later errors are the same, but remembers it: the parser refuses such an input.
func (l *lexer) scan() token {
	s, i := l.input, l.next
	for i < len(s) && s[i] <= ' ' && blanks>>s[i]&1 != 0 {
		i++
	}
	l.start, l.end, l.next = i, i, i
	if i == len(s) {
		return tokenEnd
	}
	if s[i] == 0 {
		l.sawNUL(i)
		return tokenEnd
	}
	if !stops.has(s[i]) {
		return l.scanName(i)
	}
	return l.scanSymbol(i)
}

func (l *lexer) scanName(i int) token {
	s := l.input
	for i++; i < len(s) && !stops.has(s[i]); i++ {
	}
	l.finish(i)
	switch s[l.start:i] {
	case "in":
		return tokenIn
	case "notin":
		return tokenNotIn
	}
	return tokenName
}

func (l *lexer) scanSymbol(i int) token {
	s := l.input
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
