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
	for i := from / 64; i < chunkWords; i++ {
		if len(dst) < n+64 {
			return n, i * 64
		}
		w := set[i]
		if i*64+64 <= len(keys) {
			n += emitWord((*[64]K)(dst[n:]), (*[64]K)(keys[i*64:]), w)
			continue
		}
		for ; w != 0; w &= w - 1 {
			dst[n] = keys[i*64+bits.TrailingZeros64(w)]
			n++
		}
	}
	return n, chunkSize
}

// emitWord copies eight keys at a time, so that it seldom guesses wrong when to stop. What is written behind the
// last wanted key does not count.
func emitWord[K any](dst, keys *[64]K, w uint64) int {
	count := bits.OnesCount64(w)
	if count == 64 {
		*dst = *keys
		return count
	}
	for n := 0; n < count; n += 8 {
		eight := (*[8]K)(dst[n&56:])
		eight[0], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[1], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[2], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[3], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[4], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[5], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[6], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
		eight[7], w = keys[bits.TrailingZeros64(w)&63], w&(w-1)
	}
	return count
}
