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
		// Eight at a time: so it is seldom hard to foresee where to stop. What is written behind the last wanted key
		// does not count.
		for at := 0; at < count; at += 8 {
			eight := (*[8]K)(room[at&56:])
			eight[0], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[1], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[2], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[3], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[4], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[5], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[6], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
			eight[7], w = window[bits.TrailingZeros64(w)&63], w&(w-1)
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
