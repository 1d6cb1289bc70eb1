package labels

import (
	"math/bits"
	"slices"
)

// Objects have slots, 0, 1, 2, ...; a chunk is 65,536 of them. A posting is the set of slots that have a pair or a key.
const (
	chunkSize  = 1 << 16
	chunkWords = chunkSize / 64
	arrayMax   = 4096 // a sorted list of 2-byte slots is smaller than a bitmap up to here
	arrayMin   = 2048 // and a bitmap becomes a list again only here, so as not to go back and forth
)

// bitset is the slots of one chunk, a bit each.
type bitset [chunkWords]uint64

func (b *bitset) has(low uint16) bool { return b[low/64]>>(low%64)&1 != 0 }
func (b *bitset) set(low uint16)      { b[low/64] |= 1 << (low % 64) }
func (b *bitset) clear(low uint16)    { b[low/64] &^= 1 << (low % 64) }

func (b *bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// block is the slots of one posting in one chunk: a sorted list, or a bitmap when there are many.
type block struct {
	chunk uint16
	n     int32
	list  []uint16
	bits  *bitset
}

func (b *block) has(low uint16) bool {
	if b.bits != nil {
		return b.bits.has(low)
	}
	_, ok := slices.BinarySearch(b.list, low)
	return ok
}

// add puts in a slot that is not there.
func (b *block) add(low uint16) {
	b.n++
	if b.bits != nil {
		b.bits.set(low)
		return
	}
	if len(b.list) == arrayMax {
		b.bits = new(bitset)
		for _, l := range b.list {
			b.bits.set(l)
		}
		b.bits.set(low)
		b.list = nil
		return
	}
	i := len(b.list)
	if i > 0 && b.list[i-1] > low {
		i, _ = slices.BinarySearch(b.list, low)
	}
	b.grow()
	b.list = slices.Insert(b.list, i, low)
}

// grow makes room in steps of a quarter; doubling would waste more than the index may weigh.
func (b *block) grow() {
	if n := len(b.list); n == cap(b.list) {
		bigger := make([]uint16, n, n+n/4+4)
		copy(bigger, b.list)
		b.list = bigger
	}
}

// remove takes out a slot that is there. An emptied block stays, ready for the next one.
func (b *block) remove(low uint16) {
	b.n--
	if b.bits == nil {
		i, _ := slices.BinarySearch(b.list, low)
		b.list = slices.Delete(b.list, i, i+1)
		return
	}
	b.bits.clear(low)
	if b.n < arrayMin {
		b.list = b.bits.appendTo(make([]uint16, 0, arrayMin+arrayMin/4))
		b.bits = nil
	}
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

// orInto adds the block's slots to out.
func (b *block) orInto(out *bitset) {
	if b.bits == nil {
		for _, low := range b.list {
			out.set(low)
		}
		return
	}
	for i, w := range b.bits {
		out[i] |= w
	}
}

// takeFrom removes the block's slots from out.
func (b *block) takeFrom(out *bitset) {
	if b.bits == nil {
		for _, low := range b.list {
			out.clear(low)
		}
		return
	}
	for i, w := range b.bits {
		out[i] &^= w
	}
}

// posting is a set of slots: blocks by chunk, each chunk at most once.
type posting struct {
	n      int
	blocks []block
}

func (p *posting) add(slot uint32) {
	p.n++
	p.blockFor(uint16(slot >> 16)).add(uint16(slot))
}

func (p *posting) remove(slot uint32) {
	p.n--
	p.block(uint16(slot >> 16)).remove(uint16(slot))
}

// block returns the block of a chunk, nil if there is none.
func (p *posting) block(chunk uint16) *block {
	if i, ok := p.search(chunk); ok {
		return &p.blocks[i]
	}
	return nil
}

// blockFor returns the block of a chunk, made if there was none.
func (p *posting) blockFor(chunk uint16) *block {
	i, ok := p.search(chunk)
	if !ok {
		p.blocks = slices.Insert(p.blocks, i, block{chunk: chunk})
	}
	return &p.blocks[i]
}

// search finds a chunk at once where the posting has blocks for all chunks.
func (p *posting) search(chunk uint16) (int, bool) {
	if i := int(chunk); i < len(p.blocks) && p.blocks[i].chunk == chunk {
		return i, true
	}
	return slices.BinarySearchFunc(p.blocks, chunk, func(b block, c uint16) int { return int(b.chunk) - int(c) })
}
