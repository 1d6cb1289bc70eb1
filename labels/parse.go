package labels

import "strings"

// Parse reads a selector in Kubernetes' grammar:
//
//	selector    = [ requirement { "," requirement } ]
//	requirement = key | "!" key | key ("=" | "==" | "!=" | ">" | "<") value | key ("in" | "notin") "(" values ")"
//	values      = [ value ] { "," [ value ] }
//
// Blanks (space, tab, CR, LF) may stand anywhere between words. An empty value is a value: "a=" wants the empty
// string. The empty selector is Everything.
//
// The error is a *ParseError, which knows where, what was found, what was wanted, and often what to write.
// A NUL byte is an error here; upstream takes it for the end of a word or of the input.
func Parse(selector string) (Selector, error) { return ParseWithPath(selector, "") }

// ParseWithPath is Parse for a selector that stands in a field of an object, as "spec.selector": the path
// comes first in the text of errors about keys and values, as upstream's field.WithPath has it.
func ParseWithPath(selector, path string) (Selector, error) {
	var few [4]Requirement
	reqs, err := parse(selector, path, few[:0])
	if err != nil {
		return Selector{}, err
	}
	return newSelector(reqs), nil
}

// MustParse is Parse for selectors that are constants of a test or an example; it panics on an error.
func MustParse(selector string) Selector {
	s, err := Parse(selector)
	if err != nil {
		panic("labels: MustParse(" + jsonString(selector) + "): " + err.Error())
	}
	return s
}

// ParseToRequirements is Parse for who wants the requirements alone, sorted by key.
func ParseToRequirements(selector string) (Requirements, error) {
	s, err := Parse(selector)
	if err != nil {
		return nil, err
	}
	reqs, _ := s.Requirements()
	return reqs, nil
}

// parser reads requirements by recursive descent; tok is the token under the cursor.
type parser struct {
	lexer
	tok    token
	path   string
	key    [2]int   // where the key of the requirement at hand begins and ends, for hints
	values []string // the values of all lists, one after the other: one allocation for all
}

// parse appends the requirements in the order of the input.
func parse(input, path string, reqs []Requirement) ([]Requirement, *ParseError) {
	p := parser{lexer: lexer{input: input}, path: path}
	for p.advance(); p.tok != tokenEnd; {
		if !p.atKey() {
			return nil, p.fail(atStart)
		}
		reqs = append(reqs, Requirement{})
		if err := p.requirement(&reqs[len(reqs)-1]); err != nil {
			return nil, err
		}
		if p.tok == tokenEnd {
			break
		}
		if p.tok != tokenComma {
			return nil, p.fail(afterAll)
		}
		if p.advance(); !p.atKey() {
			return nil, p.fail(afterComma)
		}
	}
	if p.nul != 0 {
		return nil, p.failNUL()
	}
	return reqs, nil
}

func (p *parser) advance() { p.tok = p.scan() }

// atName says whether the cursor is at a key or value; "in" and "notin" are names except as operators.
func (p *parser) atName() bool { return p.tok == tokenName || p.tok == tokenIn || p.tok == tokenNotIn }

func (p *parser) atKey() bool { return p.tok == tokenNot || p.atName() }

// requirement reads a key and what follows it.
func (p *parser) requirement(r *Requirement) *ParseError {
	r.op = opExists
	p.key = [2]int{}
	if p.tok == tokenNot {
		r.op = opDoesNotExist
		p.advance()
	}
	if !p.atName() {
		return p.fail(afterNot)
	}
	r.key = p.literal()
	p.key = [2]int{p.start, p.end}
	if !p.validKey() {
		return p.failField(atBadKey, FieldErrors{invalid(p.path, r.key, strings.Join(ValidateKey(r.key), "; "))})
	}
	p.advance()
	if r.op == opDoesNotExist || p.tok == tokenEnd || p.tok == tokenComma {
		return nil
	}
	if r.op = p.operator(); r.op == opNever {
		return p.fail(atOperator)
	}
	if r.op.set() {
		return p.list(r)
	}
	return p.exact(r)
}

// operator reads a binary operator and moves on; opNever if there is none.
func (p *parser) operator() opcode {
	op := opNever
	switch p.tok {
	case tokenIn:
		op = opIn
	case tokenNotIn:
		op = opNotIn
	case tokenEquals:
		op = opEquals
	case tokenDoubleEquals:
		op = opDoubleEquals
	case tokenNotEquals:
		op = opNotEquals
	case tokenGreater:
		op = opGreaterThan
	case tokenLess:
		op = opLessThan
	default:
		return op
	}
	p.advance()
	return op
}

// exact reads the one value of =, ==, !=, > and <; nothing before a comma or the end is the empty value.
func (p *parser) exact(r *Requirement) *ParseError {
	ok := true
	switch {
	case p.tok == tokenEnd || p.tok == tokenComma:
		p.end = p.start
	case !p.atName():
		return p.fail(atValue)
	default:
		r.value = p.literal()
		ok = p.validValue()
	}
	if r.op.ordered() && ok {
		_, ok = parseInt(r.value)
	}
	if !ok {
		return p.failField(atBadValue, checkRequirement(p.path, r.key, operatorNames[r.op], []string{r.value}))
	}
	if p.tok != tokenEnd && p.tok != tokenComma {
		p.advance()
	}
	return nil
}
