package fields

import "strings"

// ParseError says where a field selector is wrong, what was found, and what was wanted.
type ParseError struct {
	Input  string // the whole selector, or the value given to UnescapeValue
	Offset int    // in bytes, where the wrong text begins
	Found  string // the wrong text
	Want   string // what could stand there instead

	text string
}

// Error is upstream's text.
func (e *ParseError) Error() string { return e.text }

// Parse reads "field=value,other!=value". There is no "in", no ">" and no existence here. A backslash, comma or
// equals sign in a value is escaped by a backslash. Requirements are ordered by their text; empty ones are skipped.
//
// Blanks are part of fields and values, as upstream. The error is a *ParseError.
func Parse(selector string) (Selector, error) {
	terms := splitTerms(selector)
	sortTerms(terms, make([]term, len(terms)))
	var s Selector
	for _, t := range terms {
		if t.text == "" {
			continue
		}
		r, err := t.requirement(selector)
		if err != nil {
			return Selector{}, err
		}
		if r.Field != "" || r.Value != "" {
			s.reqs = append(s.reqs, r)
		}
	}
	return s, nil
}

// term is the text between two commas, and where it begins.
type term struct {
	text   string
	offset int
}

// splitTerms cuts at the commas that are not escaped.
func splitTerms(selector string) []term {
	var terms []term
	start := 0
	for i := 0; i < len(selector); i++ {
		switch selector[i] {
		case '\\':
			i++
		case ',':
			terms = append(terms, term{selector[start:i], start})
			start = i + 1
		}
	}
	return append(terms, term{selector[start:], start})
}

// sortTerms sorts by text and keeps the order of equal ones. The standard library's functions weigh ten kilobytes in a
// browser. Spare is as long as terms.
func sortTerms(terms, spare []term) {
	if len(terms) < 2 {
		return
	}
	half := len(terms) / 2
	sortTerms(terms[:half], spare)
	sortTerms(terms[half:], spare)
	a, b := spare[:copy(spare, terms[:half])], terms[half:]
	for i := range terms {
		if len(b) == 0 || len(a) > 0 && a[0].text <= b[0].text {
			terms[i], a = a[0], a[1:]
		} else {
			terms[i], b = b[0], b[1:]
		}
	}
}

func (t term) requirement(selector string) (Requirement, *ParseError) {
	i := strings.IndexByte(t.text, '=')
	if i < 0 {
		return t.bad(selector)
	}
	r := Requirement{Field: t.text[:i]}
	value := t.text[i+1:]
	if strings.HasSuffix(r.Field, "!") {
		r.Field, r.Not = r.Field[:i-1], true
	} else {
		value = strings.TrimPrefix(value, "=")
	}
	plain, err := unescape(value)
	if err != nil {
		err.Input = selector
		err.Offset += t.offset + len(t.text) - len(value)
		return r, err
	}
	r.Value = plain
	return r, nil
}

func (t term) bad(selector string) (Requirement, *ParseError) {
	return Requirement{}, &ParseError{Input: selector, Offset: t.offset, Found: t.text, Want: "field=value or field!=value",
		text: "invalid selector: '" + selector + "'; can't understand '" + t.text + "'"}
}
