package labels

import "math/bits"

// Objects have slots, 0, 1, 2, ...; a chunk is 65,536 of them.
const (
	chunkSize  = 1 << 16
	chunkWords = chunkSize / 64
)

// bitset is the slots of one chunk, a bit each.
type bitset [chunkWords]uint64

func (b *bitset) set(low uint16)   { b[low/64] |= 1 << (low % 64) }
func (b *bitset) clear(low uint16) { b[low/64] &^= 1 << (low % 64) }

func (b *bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// appendTo appends the slots in order.
func (b *bitset) appendTo(list []uint16) []uint16 {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			list = append(list, uint16(i*64+bits.TrailingZeros64(w)))
		}
	}
	return list
}

// four are up to four sets joined. To join them word by word while working with the result keeps that in a register;
// set after set, it would go through memory each time.
type four [4]*bitset

// fourOf takes sets off a list, the last one again where there are fewer.
func fourOf(sets []*bitset) (f four, rest []*bitset) {
	for i := range f {
		f[i] = sets[min(i, len(sets)-1)]
	}
	return f, sets[min(len(f), len(sets)):]
}

// and makes b what src and any of the sets have.
//
// In the loops here and below, pointers are looked through beforehand, which saves doing so for each word.
func (b *bitset) and(src *bitset, sets []*bitset) {
	if len(sets) == 1 {
		one := sets[0]
		_, _, _ = b[0], src[0], one[0]
		for i := range b {
			b[i] = src[i] & one[i]
		}
		return
	}
	f, _ := fourOf(sets)
	s, t, u, v := f[0], f[1], f[2], f[3]
	_, _, _, _, _, _ = b[0], src[0], s[0], t[0], u[0], v[0]
	for i := range b {
		b[i] = src[i] & (s[i] | t[i] | u[i] | v[i])
	}
}

// andNot makes b what src has and none of the sets.
func (b *bitset) andNot(src *bitset, sets []*bitset) {
	for ; len(sets) > 0; src = b {
		var f four
		f, sets = fourOf(sets)
		s, t, u, v := f[0], f[1], f[2], f[3]
		_, _, _, _, _, _ = b[0], src[0], s[0], t[0], u[0], v[0]
		for i := range b {
			b[i] = src[i] &^ (s[i] | t[i] | u[i] | v[i])
		}
	}
}

// or makes b what any of the sets has.
func (b *bitset) or(sets []*bitset) {
	*b = bitset{}
	for len(sets) > 0 {
		var f four
		f, sets = fourOf(sets)
		s, t, u, v := f[0], f[1], f[2], f[3]
		_, _, _, _, _ = b[0], s[0], t[0], u[0], v[0]
		for i := range b {
			b[i] |= s[i] | t[i] | u[i] | v[i]
		}
	}
}

// sorter sorts slots by setting their bits. It is empty between two uses.
type sorter struct {
	slots bitset
	words [chunkWords / 64]uint64 // which words of slots are not 0
}

func (s *sorter) sort(list []uint16) {
	for _, low := range list {
		s.slots.set(low)
		s.words[low/64/64] |= 1 << (low / 64 % 64)
	}
	list = list[:0]
	for i, words := range s.words {
		for ; words != 0; words &= words - 1 {
			at := i*64 + bits.TrailingZeros64(words)
			for w := s.slots[at]; w != 0; w &= w - 1 {
				list = append(list, uint16(at*64+bits.TrailingZeros64(w)))
			}
			s.slots[at] = 0
		}
		s.words[i] = 0
	}
}
