package shell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// SyntaxError says where a command line cannot be understood, what stands there, and what would fit.
type SyntaxError struct {
	Offset int    // byte offset into Input, at most len(Input)
	Input  string // all that was parsed, its line ends made \n
	Found  string // what stands at Offset, quoted, or "end of input"
	Want   string // what would fit there
	Hint   string // "" or one sentence to act on

	// Incomplete says that more input could still make this right: an open quote, a here-document without its end, a
	// line that ends in a pipe. A terminal then asks for another line instead of showing an error.
	Incomplete bool
}

// Error is the message on one line.
func (e *SyntaxError) Error() string {
	if e.Hint != "" {
		return e.text() + "; " + e.Hint
	}
	return e.text()
}

func (e *SyntaxError) text() string {
	line, column := e.position()
	return fmt.Sprintf("syntax error: line %d, column %d: found %s, want %s", line, column, e.Found, e.Want)
}

// Caret is the message with the line in question and a caret under the place, for a terminal. It ends in a newline.
func (e *SyntaxError) Caret() string {
	start, end := e.lineBounds()
	var b strings.Builder
	b.WriteString("sh: " + e.text() + "\n")
	fmt.Fprintf(&b, "  %s\n  %s^\n", e.Input[start:end], indent(e.Input[start:e.Offset]))
	if e.Hint != "" {
		fmt.Fprintf(&b, "%s\n", e.Hint)
	}
	return b.String()
}

// position is the line and the column of the offset, both from 1; columns count characters.
func (e *SyntaxError) position() (line, column int) {
	start, _ := e.lineBounds()
	return 1 + strings.Count(e.Input[:start], "\n"), 1 + utf8.RuneCountInString(e.Input[start:e.Offset])
}

// lineBounds are the offsets between which the line of the error lies.
func (e *SyntaxError) lineBounds() (start, end int) {
	start = strings.LastIndexByte(e.Input[:e.Offset], '\n') + 1
	end = len(e.Input)
	if i := strings.IndexByte(e.Input[e.Offset:], '\n'); i >= 0 {
		end = e.Offset + i
	}
	return start, end
}

// indent is white space as wide as the text: tabs stay tabs and combining marks take no room.
func indent(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			b.WriteByte('\t')
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte(' ')
		}
	}
	return b.String()
}
