package schema

import (
	"bytes"
	"strconv"
	"strings"
)

// SyntaxError is text that is neither YAML nor JSON.
type SyntaxError struct {
	// File is the name the text came under, for example STDIN.
	File string
	// Line counts from 1 in the whole file; Column too, and is 0 if it is not known.
	Line, Column int
	// Cause is what kubectl prints: "error converting YAML to JSON: yaml: line 4: …", where the line
	// counts from the beginning of the document, or "json: offset 9: …".
	Cause string
	// Hint is a sentence that helps; it may be empty.
	Hint string
}

// Error is the text of kubectl.
func (e *SyntaxError) Error() string { return "error parsing " + e.File + ": " + e.Cause }

const converting = "error converting YAML to JSON: "

// yamlError finds the place in what the YAML reader says of a document that begins behind so many lines.
func yamlError(err error, src []byte, before int, file string) *SyntaxError {
	e := &SyntaxError{File: file, Line: 1, Cause: converting + err.Error()}
	if strings.HasPrefix(err.Error(), separatorError) {
		e.Cause, e.Line = err.Error(), before
		e.Hint = "behind --- only a comment may stand; the document begins in the next line"
		return e
	}
	if _, rest, ok := strings.Cut(e.Cause, "yaml: line "); ok {
		digits := rest[:leadingDigits(rest)]
		e.Line, _ = strconv.Atoi(digits)
		if strings.Contains(rest, "could not find expected ':'") {
			// kubectl's reader, an older one than ours, names the line after the one it means.
			e.Cause = strings.Replace(e.Cause, "line "+digits, "line "+strconv.Itoa(e.Line+1), 1)
		}
	}
	lines := bytes.Split(src, []byte("\n"))
	e.Line = min(e.Line, len(lines))
	if strings.Contains(e.Cause, "did not find expected key") || strings.Contains(e.Cause, "did not find expected '-'") {
		// The reader names the line in which the block began; the mistake is where it was left.
		if at := misindented(lines); at >= e.Line {
			e.Line = at
		}
	}
	line := lines[e.Line-1]
	e.Line += before
	e.Column = len(line) - len(bytes.TrimLeft(line, " \t")) + 1
	if i := bytes.IndexByte(line[:e.Column-1], '\t'); i >= 0 {
		e.Column, e.Hint = i+1, "YAML indents with spaces; this line begins with a tab"
		return e
	}
	e.Hint = yamlHint(e.Cause)
	if i := bytes.LastIndex(line, []byte(": ")); i >= 0 && strings.Contains(e.Cause, "mapping values are not allowed") {
		e.Column = i + 1
	}
	return e
}

// yamlHints say what was expected, by a part of what the YAML reader says.
var yamlHints = []struct{ says, hint string }{
	{"mapping values are not allowed", `there is a second ": " on one line, or the line is indented further than the one before allows`},
	{"could not find expected ':'", `a key needs ": " behind it`},
	{"did not find expected key", "its indentation fits neither the line before nor a block that is open"},
	{"did not find expected '-' indicator", "its indentation fits neither the line before nor a block that is open"},
	{"did not find expected ',' or", "a bracket was opened and not closed, or a comma is missing"},
	{"found unexpected end of stream", "a quote or bracket was opened and never closed"},
	{"found character that cannot start any token", "a text that begins with @, ` or % has to be in quotes"},
	{"unknown anchor", "an asterisk refers to an anchor (&name) further up; a text that begins with one has to be in quotes"},
	{"control characters are not allowed", "the text has signs that are not for people; was it copied from a binary file?"},
	{"cannot decode", "the value is not what its tag (!!) says"},
}

func yamlHint(cause string) string {
	for _, h := range yamlHints {
		if strings.Contains(cause, h.says) {
			return h.hint
		}
	}
	return ""
}

// jsonSyntax is what is wrong with JSON, at an offset from the beginning of the file.
func jsonSyntax(src []byte, offset int, cause, file string) *SyntaxError {
	at := max(0, min(offset, len(src))-1)
	return &SyntaxError{File: file, Cause: cause,
		Line:   1 + bytes.Count(src[:at], []byte("\n")),
		Column: at - bytes.LastIndexByte(src[:at], '\n'),
		Hint:   "JSON wants double quotes around keys and texts, a comma between two entries and none behind the last",
	}
}

// misindented is the first line, from 1, that is indented like no block that is open; 0 if there is none.
func misindented(lines [][]byte) int {
	open, scalar := []int{0}, -1 // columns of open blocks; the column of a text of several lines
	for i, line := range lines {
		text := bytes.TrimLeft(line, " ")
		indent := len(line) - len(text)
		text = bytes.TrimRight(text, " \r")
		if len(text) == 0 || text[0] == '#' || (scalar >= 0 && indent > scalar) {
			continue
		}
		scalar = -1
		for open[len(open)-1] > indent {
			open = open[:len(open)-1]
		}
		if open[len(open)-1] < indent && i > 0 && !opens(lines[:i]) {
			return i + 1
		}
		if open[len(open)-1] < indent {
			open = append(open, indent)
		}
		for at := indent; bytes.HasPrefix(text, []byte("- ")); open = append(open, at) {
			rest := bytes.TrimLeft(text[1:], " ")
			at, text = at+len(text)-len(rest), rest
		}
		if last := text[len(text)-1]; last == '|' || last == '>' {
			scalar = indent
		}
	}
	return 0
}

// opens tells whether the last line that says something ends in a colon or dash, so that the next may be
// indented further.
func opens(lines [][]byte) bool {
	for i := len(lines) - 1; i >= 0; i-- {
		text := bytes.TrimSpace(lines[i])
		if len(text) > 0 && text[0] != '#' {
			return text[len(text)-1] == ':' || text[len(text)-1] == '-'
		}
	}
	return true
}
