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
		w := set[i]
		if w == 0 {
			continue
		}
		if n+64 > len(dst) {
			return n, i * 64
		}
		if bits.OnesCount64(w) > 26 && i*64+64 <= len(keys) {
			n += emitDense((*[64]K)(dst[n:]), (*[64]K)(keys[i*64:]), w)
			continue
		}
		for window := keys[i*64:]; w != 0; w &= w - 1 {
			dst[n] = window[bits.TrailingZeros64(w)]
			n++
		}
	}
	return n, chunkSize
}

// emitDense copies every key and moves on only after those that are wanted: in a crowded word that is faster than to
// look for the next bit. What is written behind the last wanted key does not count.
func emitDense[K any](dst, keys *[64]K, w uint64) int {
	n := uint64(0)
	for i := 0; i < 64; i += 4 {
		four := (*[4]K)(keys[i : i+4])
		dst[n&63] = four[0]
		n += w & 1
		dst[n&63] = four[1]
		n += w >> 1 & 1
		dst[n&63] = four[2]
		n += w >> 2 & 1
		dst[n&63] = four[3]
		n += w >> 3 & 1
		w >>= 4
	}
	return int(n)
}
