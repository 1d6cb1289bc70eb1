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
	if err := p.listValues(first); err != nil {
		return err
	}
	values := p.values[first:]
	if err := p.checkList(r, values, open); err != nil {
		return err
	}
	sortOrdered(values)
	values = slices.Compact(values)
	p.values = p.values[:first+len(values)]
	if len(values) == 1 {
		r.value = values[0]
	} else {
		r.values = values[:len(values):len(values)]
	}
	p.advance()
	return nil
}

// listValues collects the values up to the closing parenthesis; first is the length of p.values before them.
func (p *parser) listValues(first int) *ParseError {
	if p.tok == tokenClose {
		p.values = append(p.values, "")
		return nil
	}
	if !p.atName() && p.tok != tokenComma {
		return p.fail(inOpened)
	}
	for {
		switch {
		case p.atName():
			p.values = append(p.values, p.literal())
			if p.advance(); p.tok == tokenClose {
				return nil
			}
			if p.tok != tokenComma {
				return p.fail(afterValue)
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
				return nil
			}
		default:
			return p.fail(inList)
		}
	}
}

// checkList validates the values; open is the offset of the first token inside the parenthesis.
func (p *parser) checkList(r *Requirement, values []string, open int) *ParseError {
	for _, v := range values {
		if len(v) > maxName || v != "" && !isName(v) {
			p.findInvalid(open)
			sorted := slices.Clone(values)
			sortOrdered(sorted)
			return p.failField(atBadValue, checkRequirement(p.path, r.key, operatorNames[r.op], slices.Compact(sorted)))
		}
	}
	return nil
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
