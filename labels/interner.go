package labels

import "math/bits"

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
	early  uint64   // which of the first 64 keys are there, a bit each
	labels []uint64 // key number in the high half, pair number in the low half; sorted
}

// Intern returns the set in numbers. It allocates the result, and new labels once.
func (in *Interner) Intern(set Set) *Interned {
	in.gate.lock()
	defer in.gate.unlock()
	s := &Interned{in: in, labels: make([]uint64, 0, len(set))}
	for _, name := range sortedKeys(set) {
		key := in.table.key(name)
		if key < 64 {
			s.early |= 1 << key
		}
		s.labels = append(s.labels, uint64(key)<<32|uint64(in.table.pair(key, set[name])))
	}
	sortOrdered(s.labels)
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

// find returns the pair of a key. The interner's first 64 keys, which most labels have, are found by counting bits.
func (s *Interned) find(key uint32) (pair uint32, ok bool) {
	if key >= 64 {
		return s.search(key)
	}
	bit := uint64(1) << key
	if s.early&bit == 0 {
		return 0, false
	}
	return uint32(s.labels[bits.OnesCount64(s.early&(bit-1))]), true
}

// search finds a later key: by halving while there are many, since a scan of more than about twelve would lose against
// a map.
func (s *Interned) search(key uint32) (pair uint32, ok bool) {
	late := s.labels[bits.OnesCount64(s.early):]
	for len(late) > 8 {
		if half := len(late) / 2; uint32(late[half]>>32) <= key {
			late = late[half:]
		} else {
			late = late[:half]
		}
	}
	for _, l := range late {
		if uint32(l>>32) == key {
			return uint32(l), true
		}
	}
	return 0, false
}
