package fields

import (
	"slices"
	"strconv"
	"strings"
)

// Fields is what a selector asks about an object. A nil Fields has no fields.
type Fields interface {
	// Has reports whether the field is there.
	Has(field string) bool
	// Get returns the value of the field, "" when it is not there.
	Get(field string) string
}

// Set is the fields of one object, as "metadata.name" to its value.
type Set map[string]string

// Has reports whether the field is there.
func (s Set) Has(field string) bool {
	_, ok := s[field]
	return ok
}

// Get returns the value of the field, "" when it is not there.
func (s Set) Get(field string) string { return s[field] }

// String prints the fields as "a=1,b=2", ordered by the text of each pair; values are not escaped, as upstream.
func (s Set) String() string {
	pairs := make([]term, 0, len(s))
	//order:irrelevant the pairs are sorted below
	for k, v := range s {
		pairs = append(pairs, term{text: k + "=" + v})
	}
	sortTerms(pairs, make([]term, len(pairs)))
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// AsSelector returns SelectorFromSet(s).
func (s Set) AsSelector() Selector { return SelectorFromSet(s) }

// Requirement is one condition: the field's value equals Value, or with Not set it does not. A field that is
// not there has the value "".
type Requirement struct {
	Field string
	Not   bool
	Value string
}

// Matches reports whether the fields fulfil the requirement.
func (r Requirement) Matches(f Fields) bool {
	value := ""
	if f != nil {
		value = f.Get(r.Field)
	}
	return (value == r.Value) != r.Not
}

// String prints "field=value" or "field!=value" with the value escaped.
func (r Requirement) String() string {
	if r.Not {
		return r.Field + "!=" + EscapeValue(r.Value)
	}
	return r.Field + "=" + EscapeValue(r.Value)
}

// Selector is requirements joined by "and". It is immutable; the zero Selector is Everything.
type Selector struct {
	reqs    []Requirement
	nothing bool
}

// Everything returns the selector that matches all objects.
func Everything() Selector { return Selector{} }

// Nothing returns the selector that matches no object. It prints as "", as upstream; no field selector in text
// form can select nothing, so ask IsNothing before sending it.
func Nothing() Selector { return Selector{nothing: true} }

// Equal returns the selector "field=value".
func Equal(field, value string) Selector { return New(Requirement{Field: field, Value: value}) }

// NotEqual returns the selector "field!=value".
func NotEqual(field, value string) Selector {
	return New(Requirement{Field: field, Not: true, Value: value})
}

// New returns the selector that wants all the requirements, in this order; none gives Everything.
func New(reqs ...Requirement) Selector { return Selector{reqs: slices.Clone(reqs)} }

// And returns the selector that wants what all the selectors want, in this order.
func And(selectors ...Selector) Selector {
	var all Selector
	for _, s := range selectors {
		if s.nothing {
			return s
		}
		all.reqs = append(all.reqs, s.reqs...)
	}
	return all
}

// SelectorFromSet returns the selector that wants every pair of the set, by field; nil or empty gives Everything.
func SelectorFromSet(set Set) Selector {
	names := make([]term, 0, len(set))
	//order:irrelevant the names are sorted below
	for field := range set {
		names = append(names, term{text: field})
	}
	sortTerms(names, make([]term, len(names)))
	s := Selector{}
	for _, name := range names {
		s.reqs = append(s.reqs, Requirement{Field: name.text, Value: set[name.text]})
	}
	return s
}

// Matches reports whether the fields fulfil every requirement. It does not allocate.
func (s Selector) Matches(f Fields) bool {
	if s.nothing {
		return false
	}
	for i := range s.reqs {
		if !s.reqs[i].Matches(f) {
			return false
		}
	}
	return true
}

// Empty reports whether the selector matches everything because it wants nothing in particular.
func (s Selector) Empty() bool { return !s.nothing && len(s.reqs) == 0 }

// IsNothing reports whether s is Nothing.
func (s Selector) IsNothing() bool { return s.nothing }

// Requirements returns a copy of the requirements.
func (s Selector) Requirements() []Requirement { return slices.Clone(s.reqs) }

// RequiresExactMatch returns the value of the first "=" requirement on the field.
func (s Selector) RequiresExactMatch(field string) (value string, found bool) {
	for _, r := range s.reqs {
		if r.Field == field && !r.Not {
			return r.Value, true
		}
	}
	return "", false
}

// String prints the requirements joined by commas; parsing it gives a selector of the same meaning.
func (s Selector) String() string {
	texts := make([]string, len(s.reqs))
	for i, r := range s.reqs {
		texts[i] = r.String()
	}
	return strings.Join(texts, ",")
}

// Transform returns the selector with each field and value replaced by what fn makes of them; a requirement that
// becomes "" and "" is left out. The first error of fn is returned.
func (s Selector) Transform(fn func(field, value string) (newField, newValue string, err error)) (Selector, error) {
	next := Selector{nothing: s.nothing}
	for _, r := range s.reqs {
		field, value, err := fn(r.Field, r.Value)
		if err != nil {
			return Selector{}, err
		}
		if field != "" || value != "" {
			next.reqs = append(next.reqs, Requirement{Field: field, Not: r.Not, Value: value})
		}
	}
	return next, nil
}

// EscapeValue puts a backslash before each backslash, comma and equals sign, so that the value can stand in a
// field selector.
func EscapeValue(value string) string {
	if !strings.ContainsAny(value, special) {
		return value
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if strings.IndexByte(special, value[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(value[i])
	}
	return b.String()
}

const special = `\,=`

// UnescapeValue undoes EscapeValue. It refuses other escapes, and special characters that are not escaped, with a
// *ParseError.
func UnescapeValue(value string) (string, error) {
	plain, err := unescape(value)
	if err != nil {
		err.Input = value
		return "", err
	}
	return plain, nil
}

func unescape(value string) (string, *ParseError) {
	if !strings.ContainsAny(value, special) {
		return value, nil
	}
	var b strings.Builder
	escaped := false
	for i, r := range value {
		switch isSpecial := strings.ContainsRune(special, r); {
		case escaped && !isSpecial:
			return "", &ParseError{Offset: i - 1, Found: `\` + string(r), Want: `\\, \, or \=`,
				text: `invalid field selector: invalid escape sequence: \` + string(r)}
		case escaped || !isSpecial:
			b.WriteString(string(r))
			escaped = false
		case r == '\\':
			escaped = true
		default:
			return "", &ParseError{Offset: i, Found: string(r), Want: `\` + string(r),
				text: "invalid field selector: unescaped character in value: " + strconv.Itoa(int(r))}
		}
	}
	if escaped {
		return "", &ParseError{Offset: len(value) - 1, Found: `\`, Want: `\\, \, or \=`,
			text: `invalid field selector: invalid escape sequence: \`}
	}
	return b.String(), nil
}
