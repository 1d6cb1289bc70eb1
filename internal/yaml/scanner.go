package yaml

import (
	"strconv"
	"unicode/utf8"
)

// MaxDepth bounds how deep collections may lie in each other: in a browser, calls nested much deeper end the engine.
const MaxDepth = 1000

// TooDeep is what is said of a document that goes deeper.
const TooDeep = "exceeded max depth of 1000"

// scanner cuts text into tokens. After an error it gives tokBroken for ever.
type scanner struct {
	text
	pos  int
	mark     // of pos
	seen int // how far was looked ahead of pos

	queue []token // those that were found and not yet taken
	head  int     // the first of them
	taken int     // how many were taken before

	indent  int   // column of the innermost block; -1 outside
	indents []int // of the blocks around it
	keys    []candidate
	saved   int // the level of the candidate that the next token is, from 1; 0 if it is none
	// keyAllowed tells whether a key may begin here without a question mark.
	keyAllowed bool
	err        *Error
}

// candidate is what turns out to be a key if a colon follows: the last token of its flow level.
type candidate struct {
	mark
	possible bool
	required bool // nothing else may stand there
	token    int  // its number among all tokens
	passed   bool // the parser need not wait for the colon
}

func newScanner(t text) *scanner {
	return &scanner{text: t, indent: -1, keys: make([]candidate, 1, 8), keyAllowed: true}
}

// flow is how many brackets are open.
func (s *scanner) flow() int { return len(s.keys) - 1 }

// fail notes the first mistake. The line in its text is the present one, its place is at.
func (s *scanner) fail(problem string, at mark) {
	if s.err == nil {
		s.err = newError(problem, s.line+1, at)
		if s.line == 0 {
			s.err.Text = "yaml: " + problem
		}
	}
}

func newError(problem string, line int, at mark) *Error {
	return &Error{Text: "yaml: line " + strconv.Itoa(line) + ": " + problem, Line: at.line + 1, Column: at.col + 1}
}

// peek is the next token, once it is sure that no key begins with it.
func (s *scanner) peek() *token {
	for s.err == nil && (s.head == len(s.queue) || s.undecided()) {
		s.fetch()
	}
	if s.err != nil {
		return &broken
	}
	return &s.queue[s.head]
}

// next takes the token that peek gave.
func (s *scanner) next() token {
	t := *s.peek()
	if t.kind == tokBroken {
		return t
	}
	s.head, s.taken = s.head+1, s.taken+1
	if s.head == len(s.queue) {
		s.head, s.queue = 0, s.queue[:0]
	}
	return t
}

func (s *scanner) undecided() bool {
	level := s.queue[s.head].level
	if level == 0 || level > len(s.keys) {
		return false
	}
	k := &s.keys[level-1]
	return k.token == s.taken && !k.passed && s.live(k)
}

// add puts a token of some length, which begins at a mark and ends here, behind the others.
func (s *scanner) add(kind tokenKind, at mark) *token {
	s.queue = append(s.queue, token{kind: kind, at: at, end: s.mark, level: s.saved})
	s.saved = 0
	return &s.queue[len(s.queue)-1]
}

// insert puts a token before the one that has the number; behind all if that was taken already.
func (s *scanner) insert(number int, t token) {
	i := s.head + number - s.taken
	if i < s.head {
		i = len(s.queue)
	}
	s.queue = append(s.queue, token{})
	copy(s.queue[i+1:], s.queue[i:])
	s.queue[i] = t
}

// tail is the number the next token will have.
func (s *scanner) tail() int { return s.taken + len(s.queue) - s.head }

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-'
}

// breakAt is how many bytes the line end at i takes; 0 if there is none.
func (s *scanner) breakAt(i int) int {
	switch c := s.src[i]; {
	case c == '\n':
		return 1
	case c == '\r' && s.src[i+1] == '\n':
		return 2
	case c == '\r':
		return 1
	case c == 0xc2 && s.src[i+1] == 0x85:
		return 2
	case c == 0xe2 && s.src[i+1] == 0x80 && s.src[i+2]&0xfe == 0xa8:
		return 3
	}
	return 0
}

// gap tells whether at i there is a blank, a line end or the end.
func (s *scanner) gap(i int) bool {
	c := s.src[i]
	return isBlank(c) || c == 0 || s.breakAt(i) > 0
}

func (s *scanner) ended() bool { return s.src[s.pos] == 0 }

// look notes that so many characters have to be known, which matters only if the input is wrong further on.
func (s *scanner) look(n int) {
	if s.wrong == "" {
		return
	}
	i := s.pos
	for range n {
		_, size := utf8.DecodeRuneInString(s.src[min(i, len(s.src)):])
		i += max(size, 1)
	}
	s.seen = max(s.seen, i)
}

// skip goes over n characters of one byte each.
func (s *scanner) skip(n int) { s.pos, s.col = s.pos+n, s.col+n }

// char goes over one character that is no line end.
func (s *scanner) char() {
	n := 1
	if s.src[s.pos] >= utf8.RuneSelf {
		_, n = utf8.DecodeRuneInString(s.src[s.pos:])
	}
	s.pos, s.col = s.pos+n, s.col+1
}

// rest goes over the rest of the line.
func (s *scanner) rest() {
	for s.breakAt(s.pos) == 0 && !s.ended() {
		s.char()
	}
}

func (s *scanner) blanks() {
	for isBlank(s.src[s.pos]) {
		s.skip(1)
	}
}

// lineEnd goes over a line end and gives what it stands for in a text; "" if there is none.
func (s *scanner) lineEnd() string {
	n := s.breakAt(s.pos)
	if n == 0 {
		return ""
	}
	from := s.pos
	s.pos, s.line, s.col = s.pos+n, s.line+1, 0
	if n == 3 {
		return s.src[from:s.pos]
	}
	return "\n"
}

// marker tells whether the line is --- or ..., perhaps with something behind a blank.
func (s *scanner) marker() bool {
	if s.col != 0 {
		return false
	}
	three := s.src[s.pos : s.pos+3]
	return (three == "---" || three == "...") && s.gap(s.pos+3)
}
