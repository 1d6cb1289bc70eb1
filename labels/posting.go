package labels

import "slices"

const (
	// A sorted list of 2-byte slots is smaller than a bitmap up to 4,096, but a bitmap answers and changes at once: so
	// that is what a block is above this, at twice the size at most.
	arrayMax = 2048
	arrayMin = 1024 // and a bitmap becomes a list again only here, so as not to go back and forth
)

// block is the slots of one posting in one chunk: a sorted list, or a bitmap when there are many.
type block struct {
	chunk uint16
	n     int32
	list  []uint16
	bits  *bitset
}

// placeOf returns where a sorted list has the slot, or should have it.
func placeOf(list []uint16, low uint16) int {
	at := 0
	// Both outcomes of the comparison are as likely, so there is no branch to guess wrong.
	for n := len(list); n > 0; {
		half := (n + 1) / 2
		if list[at+half-1] < low {
			at += half
		}
		n -= half
	}
	return at
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
		i = placeOf(b.list, low)
	}
	b.grow()
	b.list = append(b.list, low)
	copy(b.list[i+1:], b.list[i:])
	b.list[i] = low
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
		i := placeOf(b.list, low)
		b.list = b.list[:i+copy(b.list[i:], b.list[i+1:])]
		return
	}
	b.bits.clear(low)
	if b.n < arrayMin {
		b.list = b.bits.appendTo(make([]uint16, 0, arrayMin+arrayMin/4))
		b.bits = nil
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
		p.blocks = append(p.blocks, block{})
		copy(p.blocks[i+1:], p.blocks[i:])
		p.blocks[i] = block{chunk: chunk}
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
