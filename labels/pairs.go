package labels

import "strings"

// pairTable numbers keys and key/value pairs, so that label sets become lists of small integers. The numbers
// of what was dropped are given out again.
type pairTable struct {
	names    map[string]uint32 // key to its number
	keys     []keyEntry
	pairs    []pairEntry
	freePair []uint32
	freeKey  []uint32
	version  uint64 // changes whenever a key or pair comes or goes
}

type keyEntry struct {
	name   string
	values map[string]uint32 // value to the number of the pair
}

type pairEntry struct {
	value  string
	number int64 // the value as an integer, for > and <
	key    uint32
	isInt  bool
}

// key returns the number of a key, and a new one for a new key.
func (t *pairTable) key(name string) uint32 {
	if id, ok := t.names[name]; ok {
		return id
	}
	if t.names == nil {
		t.names = map[string]uint32{}
	}
	name = strings.Clone(name) // not to keep alive what the key was cut from
	t.version++
	id := uint32(len(t.keys))
	if n := len(t.freeKey); n > 0 {
		id = t.freeKey[n-1]
		t.freeKey = t.freeKey[:n-1]
	} else {
		t.keys = append(t.keys, keyEntry{})
	}
	t.keys[id] = keyEntry{name: name, values: map[string]uint32{}}
	t.names[name] = id
	return id
}

// pair returns the number of a pair, and a new one for a new pair.
func (t *pairTable) pair(key uint32, value string) uint32 {
	values := t.keys[key].values
	if id, ok := values[value]; ok {
		return id
	}
	value = strings.Clone(value)
	entry := pairEntry{value: value, key: key}
	entry.number, entry.isInt = parseInt(value)
	t.version++
	id := uint32(len(t.pairs))
	if n := len(t.freePair); n > 0 {
		id = t.freePair[n-1]
		t.freePair = t.freePair[:n-1]
		t.pairs[id] = entry
	} else {
		t.pairs = append(t.pairs, entry)
	}
	values[value] = id
	return id
}

// drop forgets a pair that nobody uses; its number may come back for another pair.
func (t *pairTable) drop(id uint32) {
	entry := &t.pairs[id]
	delete(t.keys[entry.key].values, entry.value)
	*entry = pairEntry{}
	t.freePair = append(t.freePair, id)
	t.version++
}

// dropKey forgets a key without pairs; its number may come back for another key.
func (t *pairTable) dropKey(id uint32) {
	delete(t.names, t.keys[id].name)
	t.keys[id] = keyEntry{}
	t.freeKey = append(t.freeKey, id)
	t.version++
}

// find returns the number of a pair that exists.
func (t *pairTable) find(key, value string) (uint32, bool) {
	k, ok := t.names[key]
	if !ok {
		return 0, false
	}
	id, ok := t.keys[k].values[value]
	return id, ok
}
