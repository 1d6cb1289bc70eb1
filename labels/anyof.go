package labels

import (
	"slices"
	"strings"
)

// AnyOf matches what at least one of its selectors matches. Kubernetes' grammar has no "or", so this is a type of
// its own that no Parse returns and no server takes. It is immutable if the slice is.
//
// The empty AnyOf matches nothing.
type AnyOf []Selector

// Matches reports whether some selector matches. It does not allocate.
func (a AnyOf) Matches(l Labels) bool {
	return slices.ContainsFunc(a, func(s Selector) bool { return s.Matches(l) })
}

// String joins the selectors with " || ". Nothing parses that; it is for people.
func (a AnyOf) String() string {
	texts := make([]string, len(a))
	for i, s := range a {
		texts[i] = s.String()
		if s.Empty() {
			texts[i] = "<everything>"
		}
	}
	return strings.Join(texts, " || ")
}

// Satisfiable reports whether some label set matches.
func (a AnyOf) Satisfiable() bool { return slices.ContainsFunc(a, Selector.Satisfiable) }

// Witness returns a small set that matches, found through the first selector that has one.
func (a AnyOf) Witness() (Set, bool) {
	for _, s := range a {
		if set, ok := s.Witness(); ok {
			return set, true
		}
	}
	return nil, false
}

// And returns what both a and s select.
func (a AnyOf) And(s Selector) AnyOf {
	all := make(AnyOf, len(a))
	for i := range a {
		all[i] = a[i].And(s)
	}
	return all
}

// Implies reports whether everything a selects, s selects too.
func (a AnyOf) Implies(s Selector) bool {
	return !slices.ContainsFunc(a, func(one Selector) bool { return !one.Implies(s) })
}

// Disjoint reports whether no label set matches both a and s.
func (a AnyOf) Disjoint(s Selector) bool { return !a.And(s).Satisfiable() }

// Simplify drops the selectors that another one covers or that nothing satisfies, and simplifies the rest. Of equivalent
// ones the first stays.
func (a AnyOf) Simplify() AnyOf {
	var kept AnyOf
	for i, s := range a {
		covered := func(j int) bool { return s.Implies(a[j]) && (j < i || !a[j].Implies(s)) }
		drop := !s.Satisfiable()
		for j := 0; j < len(a) && !drop; j++ {
			drop = j != i && covered(j)
		}
		if !drop {
			kept = append(kept, s.Simplify())
		}
	}
	return kept
}
