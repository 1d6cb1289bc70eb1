package schema

import (
	"bytes"
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/yaml"
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

// yamlError says what the YAML reader says of a document that begins behind so many lines.
func yamlError(err error, src []byte, before int, file string) *SyntaxError {
	e := &SyntaxError{File: file, Line: before, Cause: converting + err.Error(), Hint: yamlHint(err.Error())}
	bad, ok := errors.AsType[*yaml.Error](err)
	if !ok { // it stands behind the dashes between two documents
		e.Cause = err.Error()
		e.Hint = "behind --- only a comment may stand; the document begins in the next line"
		return e
	}
	e.Line, e.Column = before+bad.Line, bad.Column
	if lines := bytes.Split(src, []byte("\n")); bad.Line <= len(lines) && bytes.HasPrefix(bytes.TrimLeft(lines[bad.Line-1], " "), []byte("\t")) {
		e.Hint = "YAML indents with spaces; this line begins with a tab"
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
