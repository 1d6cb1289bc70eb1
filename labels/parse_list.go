package labels

import (
	"slices"
	"strings"
)

// list reads "(a,b,,c)". Kubernetes lets values be empty: "()" is the empty value, and so is nothing between
// two commas or beside a parenthesis.
func (p *parser) list(r *Requirement) *ParseError {
	if p.tok != tokenOpen {
		return p.fail(atOpen)
	}
	p.advance()
	first, open := len(p.values), p.start
	if p.values == nil { // a list has at most one value more than commas: this is room for all lists to come
		p.values = make([]string, 0, strings.Count(p.input[open:], ",")+1)
	}
	valid, err := p.listValues(first)
	if err != nil {
		return err
	}
	values := p.values[first:]
	if !valid {
		p.findInvalid(open)
		sortOrdered(values)
		return p.failField(atBadValue, checkRequirement(p.path, r.key, operatorNames[r.op], slices.Compact(values)))
	}
	sortOrdered(values)
	values = slices.Compact(values)
	p.values = p.values[:first+len(values)]
	r.setValues(values)
	p.advance()
	return nil
}

// listValues collects the values up to the closing parenthesis, and says whether all are valid; first is the length
// of p.values before them.
func (p *parser) listValues(first int) (valid bool, err *ParseError) {
	if p.tok == tokenClose {
		p.values = append(p.values, "")
		return true, nil
	}
	if !p.atName() && p.tok != tokenComma {
		return false, p.fail(inOpened)
	}
	for valid = true; ; {
		switch {
		case p.atName():
			p.values = append(p.values, p.literal())
			valid = valid && p.validValue()
			if p.advance(); p.tok == tokenClose {
				return valid, nil
			}
			if p.tok != tokenComma {
				return false, p.fail(afterValue)
			}
		case p.tok == tokenComma:
			if len(p.values) == first {
				p.values = append(p.values, "")
			}
			p.advance()
			if p.tok == tokenClose || p.tok == tokenComma {
				p.values = append(p.values, "")
			}
			if p.tok == tokenClose {
				return valid, nil
			}
		default:
			return false, p.fail(inList)
		}
	}
}

// findInvalid puts the cursor on the first invalid value of the list that starts at offset open.
func (p *parser) findInvalid(open int) {
	for p.next = open; ; {
		if p.advance(); !p.atName() && p.tok != tokenComma {
			return
		}
		if v := p.literal(); p.atName() && ValidateValue(v) != nil {
			return
		}
	}
}
