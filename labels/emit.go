package labels

import (
	"math/bits"
	"slices"
)

// emitList copies the keys of the listed slots from slot `from` on, until dst is full. It returns how many, and the slot
// to go on from: chunkSize after the last.
func emitList[K any](dst, keys []K, list []uint16, from int) (n, next int) {
	if from > 0 {
		i, _ := slices.BinarySearch(list, uint16(from))
		list = list[i:]
	}
	if len(list) > len(dst) {
		next = int(list[len(dst)])
		list = list[:len(dst)]
	} else {
		next = chunkSize
	}
	for i, low := range list {
		dst[i] = keys[low]
	}
	return len(list), next
}

// emitBits is emitList for a bitmap. It stops when dst has no room for the 64 keys of a whole word.
func emitBits[K any](dst, keys []K, set *bitset, from int) (n, next int) {
	i := from / 64
	for ; i*64+64 <= len(keys); i++ {
		if len(dst) < n+64 {
			return n, i * 64
		}
		w, room, window := set[i&(chunkWords-1)], (*[64]K)(dst[n:]), (*[64]K)(keys[i*64:])
		count := bits.OnesCount64(w)
		// Four at a time: so it is not always hard to foresee where to stop, and few are copied in vain. What is written
		// behind the last wanted key does not count. The highest bit is set so that there is always one to find: else
		// each step would have to ask.
		room[0], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
		room[1], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
		room[2], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
		room[3], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
		for at := 4; at < count; at += 4 {
			four := (*[4]K)(room[at&60:])
			four[0], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
			four[1], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
			four[2], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
			four[3], w = window[bits.TrailingZeros64(w|1<<63)], w&(w-1)
		}
		n += count
	}
	if i*64 >= len(keys) {
		return n, chunkSize
	}
	if len(dst) < n+64 {
		return n, i * 64
	}
	for w := set[i]; w != 0; w &= w - 1 { // the last word of a chunk that is not full
		dst[n] = keys[i*64+bits.TrailingZeros64(w)]
		n++
	}
	return n, chunkSize
}
