package labels

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The kinds of FieldError, as Kubernetes spells them.
const (
	InvalidValue     = "Invalid value"
	RequiredValue    = "Required value"
	UnsupportedValue = "Unsupported value"
	Forbidden        = "Forbidden"
)

// FieldError says which field of a requirement or a LabelSelector is wrong, and why.
type FieldError struct {
	Type   string // one of the kinds above
	Field  string // the path, as "spec.selector.matchExpressions[0].key"; "<nil>" when there is none, as upstream
	Value  string // what was found, as upstream prints it: quoted, or JSON; "" for RequiredValue and Forbidden
	Detail string // what is wanted
}

// Error is upstream's text: "key: Invalid value: "-a": name part must ...".
func (e FieldError) Error() string {
	text := e.Field + ": " + e.Type
	if e.Type == InvalidValue || e.Type == UnsupportedValue {
		text += ": " + e.Value
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// FieldErrors are all that is wrong, in the order of the fields; map keys come sorted.
type FieldErrors []FieldError

// Error is upstream's text: one error as it is, several as "[first, second]", equal ones once.
func (e FieldErrors) Error() string {
	texts, seen := make([]string, 0, len(e)), make(map[string]bool, len(e))
	for _, one := range e {
		if text := one.Error(); !seen[text] {
			seen[text] = true
			texts = append(texts, text)
		}
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// Strings returns the text of each error, in order.
func (e FieldErrors) Strings() []string {
	texts := make([]string, len(e))
	for i := range e {
		texts[i] = e[i].Error()
	}
	return texts
}

// errorText is an error that nobody branches on.
type errorText string

func (e errorText) Error() string { return string(e) }

func invalid(field, value, detail string) FieldError {
	return FieldError{Type: InvalidValue, Field: fieldName(field), Value: strconv.Quote(value), Detail: detail}
}

// fieldName prints a path as upstream does: its root is a nil pointer there.
func fieldName(path string) string {
	if path == "" {
		return "<nil>"
	}
	return path
}

// child appends a name to a path.
func child(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// at appends a subscript to a path.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// jsonStrings prints a list as encoding/json would, which upstream's texts contain; nil is null.
// It is written out here because encoding/json would bring fmt and reflection into every program.
func jsonStrings(list []string) string {
	if list == nil {
		return "null"
	}
	buf := []byte{'['}
	for i, s := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendJSON(buf, s)
	}
	return string(append(buf, ']'))
}

func jsonString(s string) string { return string(appendJSON(nil, s)) }

func appendJSON(buf []byte, s string) []byte {
	const hex = "0123456789abcdef"
	buf = append(buf, '"')
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			buf = append(buf, `\ufffd`...)
			continue
		}
		if escape, ok := jsonEscape(r); ok {
			buf = append(buf, '\\', escape)
			continue
		}
		if r < ' ' || r == '<' || r == '>' || r == '&' || r == '\u2028' || r == '\u2029' {
			buf = append(buf, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			continue
		}
		buf = utf8.AppendRune(buf, r)
	}
	return append(buf, '"')
}

func jsonEscape(r rune) (byte, bool) {
	switch r {
	case '"', '\\':
		return byte(r), true
	case '\b':
		return 'b', true
	case '\f':
		return 'f', true
	case '\n':
		return 'n', true
	case '\r':
		return 'r', true
	case '\t':
		return 't', true
	}
	return 0, false
}
