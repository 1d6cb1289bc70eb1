package labels

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseError says where a selector is wrong, what was found and wanted there, and what to try.
type ParseError struct {
	Input  string // the whole selector
	Offset int    // in bytes, where the wrong text begins; len(Input) at the end of the input
	End    int    // in bytes, where it ends; not before Offset
	Found  string // the wrong text, "" at the end of the input
	Want   string // what could stand there instead
	Hint   string // one sentence to act on, or ""

	// Fields are the errors of validation, when the grammar was right and a key or value is not.
	Fields FieldErrors

	text string
}

// Error is the text of upstream Kubernetes. Offset, Hint and Render have what it leaves out.
func (e *ParseError) Error() string { return e.text }

// Unwrap returns the validation errors, if the selector failed on them.
func (e *ParseError) Unwrap() error {
	if e.Fields == nil {
		return nil
	}
	return e.Fields
}

// Render draws the selector with carets under the wrong text, for a terminal or an editor:
//
//	env in prod
//	       ^^^^ found "prod", want '('
//	hint: put the values in parentheses: env in (prod)
//
// Long selectors are cut around the error; control characters are drawn as one visible sign each.
func (e *ParseError) Render() string {
	line, column, width := excerpt(e.Input, e.Offset, e.End)
	out := line + "\n" + strings.Repeat(" ", column) + strings.Repeat("^", max(width, 1)) + " " + e.finding()
	if e.Hint != "" {
		out += "\nhint: " + e.Hint
	}
	return out
}

func (e *ParseError) finding() string {
	found := "the end"
	if e.Offset < len(e.Input) {
		found = strconv.Quote(shorten(e.Found))
	}
	return "found " + found + ", want " + e.Want
}

const (
	excerptBefore = 40 // bytes drawn before the error
	excerptAfter  = 40 // and after its beginning
)

// excerpt returns the part of the input around the error as one printable line, the column (in characters)
// where the error begins, and its width there.
func excerpt(input string, offset, end int) (line string, column, width int) {
	from, to := 0, len(input)
	prefix, suffix := "", ""
	if offset > excerptBefore {
		from, prefix = runeStart(input, offset-excerptBefore), "…"
	}
	if to > offset+excerptAfter {
		to, suffix = runeStart(input, offset+excerptAfter), "…"
	}
	before, wrong := visible(input[from:offset]), visible(input[offset:min(end, to)])
	line = prefix + before + wrong + visible(input[min(end, to):to]) + suffix
	return line, utf8.RuneCountInString(prefix + before), utf8.RuneCountInString(wrong)
}

// runeStart moves i back to the start of the character it is in.
func runeStart(s string, i int) int {
	for back := 0; i > 0 && back < utf8.UTFMax && !utf8.RuneStart(s[i]); back++ {
		i--
	}
	return i
}

// visible replaces what a terminal would not draw in one column.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case !strconv.IsGraphic(r) || r == utf8.RuneError:
			return '�'
		}
		return r
	}, s)
}

func shorten(s string) string {
	if len(s) <= excerptAfter {
		return s
	}
	return s[:runeStart(s, excerptAfter)] + "…"
}

// fail reports the token under the cursor.
func (p *parser) fail(at place) *ParseError {
	e := p.errorAt(at)
	e.text = places[at].prefix + "found '" + e.Found + "'" + places[at].separator + "expected: " + e.Want
	return e
}

// failField reports the key or value under the cursor as invalid.
func (p *parser) failField(at place, errs FieldErrors) *ParseError {
	e := p.errorAt(at)
	e.Fields = errs
	e.text = places[at].prefix + errs.Error()
	return e
}

// failNUL reports the NUL byte that upstream would have swallowed.
func (p *parser) failNUL() *ParseError {
	return &ParseError{Input: p.input, Offset: p.nul - 1, End: p.nul, Found: "\x00", Want: "no NUL byte",
		Hint: "a selector is text; remove the NUL byte", text: "found a NUL byte at offset " + strconv.Itoa(p.nul-1)}
}

func (p *parser) errorAt(at place) *ParseError {
	found := p.literal()
	return &ParseError{Input: p.input, Offset: p.start, End: p.end, Found: found, Want: places[at].want,
		Hint: hint(at, p.input[p.key[0]:p.key[1]], found)}
}
