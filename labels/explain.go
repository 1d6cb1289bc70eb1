package labels

import (
	"strconv"
	"strings"
)

// Explanation tells why a selector matches a label set, or why it does not. It is data; String makes it text.
type Explanation struct {
	Selector string   // in canonical form
	Matches  bool     // all requirements hold
	Reasons  []Reason // one for each requirement, by key; none for Everything and Nothing
}

// Reason tells about one requirement.
type Reason struct {
	Requirement Requirement
	Present     bool   // the key was found
	Found       string // its value, "" when it was not found
	Holds       bool
	Why         string // in words: `env is "prod", which is one of prod, qa`
}

// Explain tells requirement by requirement what was wanted, what was found, whether it holds, and why. It looks at
// all requirements, also after the first that does not hold.
func (s Selector) Explain(l Labels) Explanation {
	e := Explanation{Selector: s.String(), Matches: s.Matches(l)}
	reqs, _ := s.Requirements()
	for _, r := range reqs {
		reason := Reason{Requirement: r}
		if l != nil {
			reason.Found, reason.Present = l.Lookup(r.key)
		}
		reason.Holds = r.holds(reason.Found, reason.Present)
		reason.Why = r.why(reason.Found, reason.Present, reason.Holds)
		e.Reasons = append(e.Reasons, reason)
	}
	return e
}

// String prints a line for the whole and one for each requirement:
//
//	app=web,env notin (prod) matches
//	  yes  app=web          app is "web"
//	  yes  env notin (prod) env is absent, and notin holds without the key
func (e Explanation) String() string {
	if len(e.Reasons) == 0 {
		return e.whole()
	}
	width := 0
	for _, r := range e.Reasons {
		width = max(width, len(r.Requirement.String()))
	}
	var b strings.Builder
	b.WriteString(e.Selector + " " + verdict(e.Matches, "matches", "does not match"))
	for _, r := range e.Reasons {
		text := r.Requirement.String()
		b.WriteString("\n  " + verdict(r.Holds, "yes", "no ") + "  " + text + strings.Repeat(" ", width-len(text)) + "  " + r.Why)
	}
	return b.String()
}

func (e Explanation) whole() string {
	if e.Matches {
		return "the empty selector matches everything: it asks for nothing"
	}
	return "the selector of nothing matches no object, whatever its labels"
}

func verdict(yes bool, is, isNot string) string {
	if yes {
		return is
	}
	return isNot
}

// why puts into words what holds has decided.
func (r *Requirement) why(found string, present, holds bool) string {
	key := r.key
	if !present {
		return r.whyAbsent(holds)
	}
	is := key + " is " + strconv.Quote(found)
	switch r.op {
	case opExists:
		return is + "; any value will do"
	case opDoesNotExist:
		return is + ", but the key must be absent"
	case opEquals, opDoubleEquals, opIn:
		if r.count() == 1 {
			return is + verdict(holds, "", ", not "+strconv.Quote(r.value))
		}
		return is + ", which is " + verdict(holds, "one", "none") + " of " + r.listText()
	case opNotEquals, opNotIn:
		if r.count() == 1 {
			return is + verdict(holds, ", not "+strconv.Quote(r.value), ", which is excluded")
		}
		return is + ", which is " + verdict(holds, "none", "one") + " of the excluded " + r.listText()
	}
	return is + r.whyOrdered(found, holds)
}

func (r *Requirement) whyAbsent(holds bool) string {
	absent := r.key + " is absent"
	switch {
	case !holds:
		return absent + ", but the requirement wants the key"
	case r.op == opDoesNotExist:
		return absent + ", as wanted"
	}
	return absent + ", and " + string(r.Operator()) + " holds without the key"
}

func (r *Requirement) whyOrdered(found string, holds bool) string {
	if _, ok := parseInt(found); !ok {
		return ", which is not a 64-bit integer"
	}
	side := verdict(r.op == opGreaterThan, "above ", "below ")
	return ", which is " + verdict(holds, "", "not ") + side + r.value
}

// listText joins the values with ", ", each quoted if it would be hard to see.
func (r *Requirement) listText() string {
	texts := r.Values()
	for i, v := range texts {
		if v == "" || !isName(v) {
			texts[i] = strconv.Quote(v)
		}
	}
	return strings.Join(texts, ", ")
}
