package labels

import "slices"

// Matcher is a selector compiled for the sets of one interner. It is immutable and safe for concurrent use.
type Matcher struct {
	in   *Interner
	reqs []numbered
}

// Compile makes a selector ready for the interner's sets. The selector's keys and values are interned too, so that
// sets interned later match as well.
func (in *Interner) Compile(s Selector) Matcher {
	in.gate.lock()
	defer in.gate.unlock()
	reqs := s.requirements()
	m := Matcher{in: in, reqs: make([]numbered, len(reqs))}
	for i := range reqs {
		m.reqs[i] = in.number(&reqs[i])
	}
	return m
}

func (in *Interner) number(r *Requirement) numbered {
	n := numbered{op: r.op, key: in.table.key(r.key), bound: r.bound}
	if r.op.ordered() || r.op.unary() {
		return n
	}
	for i := range r.count() {
		n.pairs = append(n.pairs, in.table.pair(n.key, r.at(i)))
	}
	if len(n.pairs) > 0 {
		n.pair = n.pairs[0]
	}
	sortNumbers(n.pairs)
	return n
}

// Matches reports whether the set fulfils every requirement. The set must come from the interner the matcher was
// compiled for; a set of another one is matched by its text, slowly. It does not allocate. A nil set has no labels.
func (m Matcher) Matches(s *Interned) bool {
	if s == nil {
		s = &noLabels
	} else if s.in != m.in {
		return m.matchesText(s)
	}
	for i := range m.reqs {
		r := &m.reqs[i]
		pair, ok := s.find(r.key)
		switch r.op {
		case opEquals, opDoubleEquals:
			ok = ok && pair == r.pair
		case opNotEquals:
			ok = !ok || pair != r.pair
		case opExists:
		case opDoesNotExist:
			ok = !ok
		case opIn:
			ok = ok && r.lists(pair)
		case opNotIn:
			ok = !ok || !r.lists(pair)
		default:
			ok = ok && m.in.compares(r, pair)
		}
		if !ok {
			return false
		}
	}
	return true
}

var noLabels Interned

// compares says whether the pair's value is an integer on the right side of the bound.
func (in *Interner) compares(r *numbered, pair uint32) bool {
	in.gate.enter()
	entry := in.table.pairs[pair]
	in.gate.leave()
	return entry.compares(r)
}

// compares says whether the value is an integer on the right side of the bound.
func (e *pairEntry) compares(r *numbered) bool {
	return e.isInt && (r.op == opGreaterThan && e.number > r.bound || r.op == opLessThan && e.number < r.bound)
}

// lists says whether the pair is one of the sorted pairs.
func (r *numbered) lists(pair uint32) bool {
	if len(r.pairs) > 16 {
		_, ok := slices.BinarySearch(r.pairs, pair)
		return ok
	}
	for _, p := range r.pairs {
		if p == pair {
			return true
		}
	}
	return false
}

// matchesText translates a set of another interner.
func (m Matcher) matchesText(s *Interned) bool { return m.Matches(m.in.Intern(s.Set())) }
