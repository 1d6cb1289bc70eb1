package labels

import (
	"math"
	"strconv"
)

// The algebra answers by meaning, not by text, and exactly: "a in (x,y),a!=x" is Equivalent to "a=y", and
// "a>5,a<7" is satisfiable ("6"), but "a>5,a<6" is not. It speaks about every Set, checked or not.

// constraints sums up the requirements, one constraint for each key, by key.
func (s Selector) constraints() []constraint {
	reqs := s.requirements()
	var list []constraint
	for len(reqs) > 0 {
		n := 1
		for n < len(reqs) && reqs[n].key == reqs[0].key {
			n++
		}
		list = append(list, constrain(reqs[:n]))
		reqs = reqs[n:]
	}
	return list
}

func satisfiable(list []constraint) bool {
	for i := range list {
		if list[i].empty() {
			return false
		}
	}
	return true
}

// Satisfiable reports whether some label set matches.
func (s Selector) Satisfiable() bool { return satisfiable(s.constraints()) }

// Witness returns a small set that matches, and false when there is none. Its values are valid label values where the
// selector can be met by such.
func (s Selector) Witness() (Set, bool) {
	set := Set{}
	for _, c := range s.constraints() {
		if c.absent {
			continue
		}
		value, ok := c.witness()
		if !ok {
			return nil, false
		}
		set[c.key] = value
	}
	return set, true
}

// And returns the selector of what both select.
func (s Selector) And(other Selector) Selector {
	if other.IsNothing() {
		return other
	}
	return s.Add(other.requirements()...)
}

// Implies reports whether everything s selects, other selects too. What selects nothing implies everything.
func (s Selector) Implies(other Selector) bool {
	mine, theirs := s.constraints(), other.constraints()
	if !satisfiable(mine) {
		return true
	}
	for i := range theirs {
		for len(mine) > 0 && mine[0].key < theirs[i].key {
			mine = mine[1:]
		}
		own := anything(theirs[i].key)
		if len(mine) > 0 && mine[0].key == own.key {
			own = mine[0]
		}
		if !own.within(&theirs[i]) {
			return false
		}
	}
	return true
}

// Disjoint reports whether no label set matches both.
func (s Selector) Disjoint(other Selector) bool { return !s.And(other).Satisfiable() }

// Equivalent reports whether both select the same.
func (s Selector) Equivalent(other Selector) bool { return s.Implies(other) && other.Implies(s) }

// Simplify returns an equivalent selector with at most four requirements for each key, in one form: equivalent
// selectors become equal text. What nothing satisfies becomes Nothing.
func (s Selector) Simplify() Selector {
	list := s.constraints()
	if !satisfiable(list) {
		return Nothing()
	}
	var reqs []Requirement
	for i := range list {
		reqs = list[i].appendTo(reqs)
	}
	return NewSelector(reqs...)
}

// appendTo writes the constraint, which is not empty, as requirements.
func (c *constraint) appendTo(reqs []Requirement) []Requirement {
	if c.finite {
		return append(reqs, c.finiteRequirement())
	}
	if c.numeric {
		if c.low > math.MinInt64 {
			reqs = append(reqs, Requirement{key: c.key, op: opGreaterThan, value: strconv.FormatInt(c.low-1, 10)})
		}
		if c.high < math.MaxInt64 {
			reqs = append(reqs, Requirement{key: c.key, op: opLessThan, value: strconv.FormatInt(c.high+1, 10)})
		}
	} else if !c.absent {
		reqs = append(reqs, Requirement{key: c.key, op: opExists})
	}
	switch len(c.listed) {
	case 0:
	case 1:
		reqs = append(reqs, makeRequirement(c.key, opNotEquals, c.listed))
	default:
		reqs = append(reqs, makeRequirement(c.key, opNotIn, c.listed))
	}
	return reqs
}

func (c *constraint) finiteRequirement() Requirement {
	switch len(c.listed) {
	case 0:
		return Requirement{key: c.key, op: opDoesNotExist}
	case 1:
		return makeRequirement(c.key, opEquals, c.listed)
	}
	return makeRequirement(c.key, opIn, c.listed)
}
