package labels

import (
	"math/bits"
	"slices"
)

// Matcher is a selector compiled for the sets of one interner. It is immutable and safe for concurrent use.
type Matcher struct {
	in *Interner
	// Of the interner's first 64 keys, a bit each: those that must be there, and those that must not. Most sets that
	// do not match are refused here.
	present, absent uint64
	tests           []test // what is left to ask
}

// test is a requirement on the value of a key.
type test struct {
	bit     uint64 // of the key, if it is one of the first 64
	without bool   // a set without the key passes
	numbered
}

// Compile makes a selector ready for the interner's sets. The selector's keys and values are interned too, so that
// sets interned later match as well.
func (in *Interner) Compile(s Selector) Matcher {
	in.gate.lock()
	defer in.gate.unlock()
	reqs := s.requirements()
	m := Matcher{in: in, tests: make([]test, 0, len(reqs))}
	for i := range reqs {
		t := test{numbered: in.number(&reqs[i])}
		t.without = t.op == opNotEquals || t.op == opNotIn || t.op == opDoesNotExist
		if t.key < 64 {
			t.bit = 1 << t.key
		}
		switch {
		case t.op == opDoesNotExist:
			m.absent |= t.bit
		case !t.without:
			m.present |= t.bit
		}
		if t.bit == 0 || !t.op.unary() {
			m.tests = append(m.tests, t)
		}
	}
	return m
}

func (in *Interner) number(r *Requirement) numbered {
	n := numbered{op: r.op, key: in.table.key(r.key), bound: r.bound()}
	if r.op.ordered() || r.op.unary() {
		return n
	}
	for i := range r.count() {
		n.pairs = append(n.pairs, in.table.pair(n.key, r.at(i)))
	}
	if len(n.pairs) > 0 {
		n.pair = n.pairs[0]
	}
	sortOrdered(n.pairs)
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
	if s.early&m.present != m.present || s.early&m.absent != 0 {
		return false
	}
	for i := range m.tests {
		t := &m.tests[i]
		if t.bit != 0 && s.early&t.bit == 0 {
			continue // it passes: were the key wanted, the set would have been refused before
		}
		pair, ok := t.pairOf(s)
		if !ok && t.without {
			continue
		}
		switch t.op {
		case opEquals, opDoubleEquals:
			ok = ok && pair == t.pair
		case opNotEquals:
			ok = pair != t.pair
		case opIn:
			ok = ok && t.lists(pair)
		case opNotIn:
			ok = !t.lists(pair)
		case opExists:
		case opDoesNotExist:
			ok = false
		default:
			ok = ok && m.in.compares(&t.numbered, pair)
		}
		if !ok {
			return false
		}
	}
	return true
}

// pairOf returns the set's pair of the key.
func (t *test) pairOf(s *Interned) (pair uint32, ok bool) {
	if t.bit != 0 {
		return uint32(s.labels[bits.OnesCount64(s.early&(t.bit-1))]), true
	}
	return s.search(t.key)
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
