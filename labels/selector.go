package labels

import "slices"

// Selector is "a query against labels, producing a set result": requirements joined by "and".
//
// It is compiled and immutable: copy it, compare it with ==, share it between goroutines. The zero
// Selector is Everything.
type Selector struct {
	p *program // nil: no requirements
}

// program is what selectors share: requirements sorted by key, those with one key in the order given.
type program struct {
	reqs []Requirement
}

// nothing is the program of Nothing: one requirement that nothing fulfils.
var nothing = &program{reqs: make([]Requirement, 1)}

// Everything returns the selector that matches all labels.
func Everything() Selector { return Selector{} }

// Nothing returns the selector that matches no labels. It prints as "nothing,!nothing".
func Nothing() Selector { return Selector{nothing} }

// IsNothing reports whether s is Nothing itself; Satisfiable answers whether anything can match.
func (s Selector) IsNothing() bool { return s.p == nothing }

// SelectorFromSet returns the selector of objects that have all pairs of the set. Like upstream it does not
// validate; a nil or empty set gives Everything.
func SelectorFromSet(set Set) Selector {
	if len(set) == 0 {
		return Selector{}
	}
	var few [4]Requirement
	reqs := few[:0]
	//order:irrelevant the requirements are sorted below
	for k, v := range set {
		reqs = append(reqs, Requirement{key: k, op: opEquals, value: v})
	}
	return newSelector(reqs)
}

// ValidatedSelectorFromSet is SelectorFromSet that refuses invalid keys and values with FieldErrors, those of
// the first wrong key in sorted order.
func ValidatedSelectorFromSet(set Set) (Selector, error) {
	for _, key := range sortedKeys(set) {
		if errs := checkRequirement("", key, Equals, []string{set[key]}); errs != nil {
			return Selector{}, errs
		}
	}
	return SelectorFromSet(set), nil
}

// NewSelector returns the selector of objects that fulfil all the requirements; none gives Everything.
func NewSelector(reqs ...Requirement) Selector { return Selector{}.Add(reqs...) }

// newSelector sorts a copy of reqs.
func newSelector(reqs []Requirement) Selector {
	if len(reqs) == 0 {
		return Selector{}
	}
	p := newProgram(len(reqs))
	copy(p.reqs, reqs)
	sortByKey(p.reqs)
	return Selector{p}
}

// newProgram makes room for n requirements. Up to four are stored behind their program, in one allocation.
func newProgram(n int) *program {
	switch n {
	case 1:
		b := new(block1)
		b.program.reqs = b.reqs[:]
		return &b.program
	case 2:
		b := new(block2)
		b.program.reqs = b.reqs[:]
		return &b.program
	case 3:
		b := new(block3)
		b.program.reqs = b.reqs[:]
		return &b.program
	case 4:
		b := new(block4)
		b.program.reqs = b.reqs[:]
		return &b.program
	}
	return &program{reqs: make([]Requirement, n)}
}

type (
	block1 struct {
		program
		reqs [1]Requirement
	}
	block2 struct {
		program
		reqs [2]Requirement
	}
	block3 struct {
		program
		reqs [3]Requirement
	}
	block4 struct {
		program
		reqs [4]Requirement
	}
)

// sortByKey sorts by key and keeps the order of requirements with one key, in n log n steps.
func sortByKey(reqs []Requirement) {
	for i := 1; i < len(reqs); i++ {
		if reqs[i].key < reqs[i-1].key {
			if len(reqs) <= 12 {
				insertionSort(reqs, i)
			} else {
				mergeByKey(reqs)
			}
			return
		}
	}
}

// insertionSort sorts reqs, of which the first `sorted` are in order.
func insertionSort(reqs []Requirement, sorted int) {
	for i := sorted; i < len(reqs); i++ {
		r, at := reqs[i], i
		for ; at > 0 && r.key < reqs[at-1].key; at-- {
			reqs[at] = reqs[at-1]
		}
		reqs[at] = r
	}
}

// mergeByKey sorts positions instead of requirements, which are large; the position breaks ties.
func mergeByKey(reqs []Requirement) {
	order := make([]int, len(reqs))
	for i := range order {
		order[i] = i
	}
	sortBy(order, func(a, b int) bool {
		return reqs[a].key < reqs[b].key || a < b && reqs[a].key == reqs[b].key
	})
	sorted := make([]Requirement, len(reqs))
	for i, at := range order {
		sorted[i] = reqs[at]
	}
	copy(reqs, sorted)
}

// Add returns a selector that wants these requirements too. Added to Nothing it stays Nothing.
func (s Selector) Add(reqs ...Requirement) Selector {
	if s.p == nothing || len(reqs) == 0 {
		return s
	}
	return newSelector(slices.Concat(s.requirements(), reqs))
}

func (s Selector) requirements() []Requirement {
	if s.p == nil {
		return nil
	}
	return s.p.reqs
}

// Matches reports whether the labels fulfil every requirement. It does not allocate.
func (s Selector) Matches(l Labels) bool {
	if s.p == nil {
		return true
	}
	switch l := l.(type) {
	case Set:
		return s.p.matchesSet(l)
	case nil:
		return s.p.matchesSet(nil)
	}
	for i := range s.p.reqs {
		r := &s.p.reqs[i]
		if v, ok := l.Lookup(r.key); !r.holds(v, ok) {
			return false
		}
	}
	return true
}

// matchesSet is the hot loop: the map is asked directly, and the common operators are decided here.
func (p *program) matchesSet(set Set) bool {
	for i := range p.reqs {
		r := &p.reqs[i]
		v, ok := set[r.key]
		switch r.op {
		case opEquals, opDoubleEquals:
			ok = ok && v == r.value
		case opNotEquals:
			ok = !ok || v != r.value
		case opIn:
			ok = ok && r.lists(v)
		case opNotIn:
			ok = !ok || !r.lists(v)
		case opExists:
		case opDoesNotExist:
			ok = !ok
		default:
			ok = r.holds(v, ok)
		}
		if !ok {
			return false
		}
	}
	return true
}

// Empty reports whether the selector has no requirements, that is, matches everything. Nothing is not empty.
func (s Selector) Empty() bool { return s.p == nil || len(s.p.reqs) == 0 }

// Requirements returns a copy of the requirements, by key; selectable is false for Nothing, which has none.
func (s Selector) Requirements() (reqs Requirements, selectable bool) {
	if s.p == nothing {
		return nil, false
	}
	return slices.Clone(s.requirements()), true
}

// RequiresExactMatch returns the value that the first requirement on the key pins it to: by =, ==, or "in"
// with one value.
func (s Selector) RequiresExactMatch(key string) (value string, found bool) {
	reqs := s.requirements()
	for i := range reqs {
		if reqs[i].key != key {
			continue
		}
		switch reqs[i].op {
		case opEquals, opDoubleEquals, opIn:
			return reqs[i].value, reqs[i].count() == 1
		}
		return "", false
	}
	return "", false
}
