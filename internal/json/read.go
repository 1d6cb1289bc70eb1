package json

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Num
	Text
	List
	Map
)

// Value is a piece of JSON.
type Value struct {
	Kind Kind
	// Text is that of a text; of a number or a truth value it is what was written.
	Text string
	// Keys are the names of a map's items, in the order in which they stand.
	Keys []*Value
	// Items are those of a list or map.
	Items []*Value
	// At is where in the input it begins.
	At int
}

// Tree is v as plain Go values: nil, bool, string, []any, map[string]any, and what number makes of digits.
func (v *Value) Tree(number func(digits string) any) any {
	switch v.Kind {
	case Bool:
		return v.Text == "true"
	case Num:
		return number(v.Text)
	case Text:
		return v.Text
	case List:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = item.Tree(number)
		}
		return list
	case Map:
		m := make(map[string]any, len(v.Items))
		for i, item := range v.Items {
			m[v.Keys[i].Text] = item.Tree(number)
		}
		return m
	}
	return nil
}

// SyntaxError is text that is not JSON.
type SyntaxError struct {
	// Offset is how many bytes were read, the wrong one included.
	Offset int
	// Ended tells that there is too little.
	Ended bool
	text  string
}

// Error is the text of encoding/json.
func (e *SyntaxError) Error() string { return e.text }

// MaxDepth bounds how deep lists and maps may lie in each other: in a browser, calls nested much deeper end the engine.
const MaxDepth = 1000

// Parse reads src, which holds one value. The error is a *[SyntaxError].
func Parse(src []byte) (*Value, error) {
	v, end, err := Read(src, 0)
	if err != nil {
		return nil, err
	}
	if end = Space(src, end); end < len(src) {
		r := reader{src: src, pos: end}
		r.wrong("after top-level value")
		return nil, r.err
	}
	return v, nil
}

// Read reads the value that stands in src from a place on, and says where it ends. The error is a *[SyntaxError].
func Read(src []byte, from int) (v *Value, end int, err error) {
	r := reader{src: src, pos: from}
	if v = r.value(); r.err != nil {
		return nil, r.pos, r.err
	}
	return v, r.pos, nil
}

// Space is where the blanks and line ends at a place end.
func Space(src []byte, at int) int {
	for at < len(src) && (src[at] == ' ' || src[at] == '\t' || src[at] == '\r' || src[at] == '\n') {
		at++
	}
	return at
}

type reader struct {
	src   []byte
	pos   int
	depth int
	err   *SyntaxError
}

// wrong notes that the byte at hand cannot stand there, or that there is none.
func (r *reader) wrong(where string) {
	if r.err != nil {
		return
	}
	if r.pos >= len(r.src) {
		r.err = &SyntaxError{Offset: len(r.src), Ended: true, text: "unexpected end of JSON input"}
		return
	}
	r.err = &SyntaxError{Offset: r.pos + 1, text: "invalid character " + quoteByte(r.src[r.pos]) + " " + where}
}

// cut notes that the byte at hand cannot stand inside a word or number. The end is a blank there, as it is for encoding/json.
func (r *reader) cut(where string) {
	if r.wrong(where); r.err.Ended {
		r.err.text = "invalid character ' ' " + where
	}
}

func quoteByte(c byte) string {
	switch c {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	s := strconv.Quote(string(rune(c)))
	return "'" + s[1:len(s)-1] + "'"
}

// peek is the next byte that is no blank, and 0 at the end.
func (r *reader) peek() byte {
	r.pos = Space(r.src, r.pos)
	return r.here()
}

func (r *reader) here() byte {
	if r.pos < len(r.src) {
		return r.src[r.pos]
	}
	return 0
}

func (r *reader) value() *Value {
	c := r.peek()
	v := &Value{At: r.pos}
	switch {
	case c == '{':
		v.Kind = Map
		r.inside(v, '}', r.entry)
	case c == '[':
		v.Kind = List
		r.inside(v, ']', r.item)
	case c == '"':
		v.Kind, v.Text = Text, r.text()
	case c == '-' || c >= '0' && c <= '9':
		v.Kind = Num
		r.number()
		v.Text = string(r.src[v.At:r.pos])
	case c == 't':
		v.Kind, v.Text = Bool, r.word("true")
	case c == 'f':
		v.Kind, v.Text = Bool, r.word("false")
	case c == 'n':
		r.word("null")
	default:
		r.wrong("looking for beginning of value")
	}
	return v
}

// inside reads what stands between brackets.
func (r *reader) inside(v *Value, closing byte, read func(*Value) (after string)) {
	if r.depth++; r.depth > MaxDepth {
		r.err = &SyntaxError{Offset: r.pos + 1, text: "exceeded max depth"}
		return
	}
	r.pos++
	if r.peek() == closing {
		r.depth, r.pos = r.depth-1, r.pos+1
		return
	}
	for r.err == nil {
		after := read(v)
		if r.err != nil {
			return
		}
		switch r.peek() {
		case ',':
			r.pos++
		case closing:
			r.depth, r.pos = r.depth-1, r.pos+1
			return
		default:
			r.wrong(after)
		}
	}
}

func (r *reader) item(v *Value) string {
	v.Items = append(v.Items, r.value())
	return "after array element"
}

func (r *reader) entry(v *Value) string {
	if r.peek() != '"' {
		r.wrong("looking for beginning of object key string")
		return ""
	}
	key := &Value{Kind: Text, At: r.pos}
	key.Text = r.text()
	if r.err == nil && r.peek() != ':' {
		r.wrong("after object key")
	}
	if r.err != nil {
		return ""
	}
	r.pos++
	v.Keys, v.Items = append(v.Keys, key), append(v.Items, r.value())
	return "after object key:value pair"
}

func (r *reader) word(w string) string {
	for i := range len(w) {
		if r.here() != w[i] {
			r.cut("in literal " + w + " (expecting '" + w[i:i+1] + "')")
			return w
		}
		r.pos++
	}
	return w
}

func (r *reader) number() {
	if r.here() == '-' {
		r.pos++
	}
	if r.here() == '0' {
		r.pos++
	} else {
		r.digits("in numeric literal")
	}
	if r.here() == '.' {
		r.pos++
		r.digits("after decimal point in numeric literal")
	}
	if c := r.here(); r.err == nil && (c == 'e' || c == 'E') {
		r.pos++
		if c := r.here(); c == '+' || c == '-' {
			r.pos++
		}
		r.digits("in exponent of numeric literal")
	}
}

// digits reads at least one digit.
func (r *reader) digits(where string) {
	from := r.pos
	for c := r.here(); c >= '0' && c <= '9'; c = r.here() {
		r.pos++
	}
	if r.pos == from {
		r.cut(where)
	}
}

func (r *reader) text() string {
	r.pos++
	from := r.pos
	var out []byte
	for {
		c := r.here()
		switch {
		case c < ' ':
			r.wrong("in string literal")
			return ""
		case c == '"':
			out = append(out, r.src[from:r.pos]...)
			r.pos++
			return string(out)
		case c == '\\':
			out = append(out, r.src[from:r.pos]...)
			out = r.escape(out)
			if r.err != nil {
				return ""
			}
			from = r.pos
		case c < utf8.RuneSelf:
			r.pos++
		default:
			_, size := utf8.DecodeRune(r.src[r.pos:])
			if size == 1 {
				out = append(append(out, r.src[from:r.pos]...), "\ufffd"...)
				from = r.pos + 1
			}
			r.pos += size
		}
	}
}

// escape reads what stands behind a backslash.
func (r *reader) escape(out []byte) []byte {
	r.pos++
	c := r.here()
	if c == 'u' {
		r.pos++
		u := r.hex()
		if r.err == nil && utf16.IsSurrogate(u) {
			u = r.lowSurrogate(u)
		}
		return utf8.AppendRune(out, u)
	}
	r.pos++
	if c == '/' {
		return append(out, c)
	}
	for i := range len(letters) {
		if letters[i] == c {
			return append(out, short[i])
		}
	}
	r.pos--
	r.cut("in string escape code")
	return out
}

// lowSurrogate reads the second half of a character, if it follows.
func (r *reader) lowSurrogate(high rune) rune {
	at := r.pos
	if at+1 < len(r.src) && r.src[at] == '\\' && r.src[at+1] == 'u' {
		r.pos += 2
		if both := utf16.DecodeRune(high, r.hex()); both != utf8.RuneError || r.err != nil {
			return both
		}
		r.pos = at
	}
	return utf8.RuneError
}

func (r *reader) hex() rune {
	var u rune
	for range 4 {
		c := r.here()
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			r.cut(`in \u hexadecimal character escape`)
			return 0
		}
		u = u<<4 | rune(c)
		r.pos++
	}
	return u
}
