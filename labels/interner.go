package labels

import (
	"maps"
	"slices"
)

// Interner shares keys and values among label sets, and numbers them, so that sets are small and matching compares
// numbers. Millions of objects in a cluster have few different labels.
//
//	in := labels.NewInterner()
//	web := in.Intern(labels.Set{"app": "web"})
//	matcher := in.Compile(labels.MustParse("app in (web,api)"))
//	matcher.Matches(web)
//
// It keeps every label it has seen. All of it may be used by several goroutines.
type Interner struct {
	gate  gate
	table pairTable
}

// NewInterner returns an empty interner.
func NewInterner() *Interner { return &Interner{} }

// Interned is a label set in an interner's numbers. It is immutable, and implements Labels.
type Interned struct {
	in     *Interner
	keys   uint64   // which keys may be there: bit number modulo 64
	labels []uint64 // key number in the high half, pair number in the low half; sorted
}

// Intern returns the set in numbers. It allocates the result, and new labels once.
func (in *Interner) Intern(set Set) *Interned {
	in.gate.lock()
	defer in.gate.unlock()
	s := &Interned{in: in, labels: make([]uint64, 0, len(set))}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		key := in.table.key(name)
		s.keys |= 1 << (key % 64)
		s.labels = append(s.labels, uint64(key)<<32|uint64(in.table.pair(key, set[name])))
	}
	slices.Sort(s.labels)
	return s
}

// Len returns the number of labels.
func (s *Interned) Len() int { return len(s.labels) }

// Lookup returns the value of the key and whether the key is present.
func (s *Interned) Lookup(key string) (value string, exists bool) {
	s.in.gate.enter()
	defer s.in.gate.leave()
	id, ok := s.in.table.names[key]
	if !ok {
		return "", false
	}
	pair, ok := s.find(id)
	if !ok {
		return "", false
	}
	return s.in.table.pairs[pair].value, true
}

// Has reports whether the key is present.
func (s *Interned) Has(key string) bool {
	_, ok := s.Lookup(key)
	return ok
}

// Get returns the value of the key, "" when it is absent.
func (s *Interned) Get(key string) string {
	value, _ := s.Lookup(key)
	return value
}

// Set returns the labels as a plain set.
func (s *Interned) Set() Set {
	s.in.gate.enter()
	defer s.in.gate.leave()
	set := make(Set, len(s.labels))
	for _, l := range s.labels {
		set[s.in.table.keys[l>>32].name] = s.in.table.pairs[uint32(l)].value
	}
	return set
}

// find returns the pair of a key. A key whose bit is not set is not there; otherwise few labels are searched one by one,
// many by halving, because a scan of more than about twelve would lose against a map.
func (s *Interned) find(key uint32) (pair uint32, ok bool) {
	if s.keys>>(key%64)&1 == 0 {
		return 0, false
	}
	low := 0
	for n := len(s.labels); n > 8; {
		half := n / 2
		if uint32(s.labels[low+half]>>32) <= key {
			low += half
		}
		n -= half
	}
	for _, l := range s.labels[low:] {
		if k := uint32(l >> 32); k >= key {
			return uint32(l), k == key
		}
	}
	return 0, false
}
