package clock

import (
	"math/bits"
	"math/rand/v2"
)

// Rand is a stream of random numbers with a name. Streams of different names are independent, so a
// new draw in one part of a world changes nothing in the others. It is a value: a copy continues
// from the same place as the original.
type Rand struct {
	pcg rand.PCG
}

// Fork makes the stream called name of the world with this seed.
func Fork(seed uint64, name string) Rand {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a, 64 bit
	h := uint64(offset)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * prime
	}
	var r Rand
	r.pcg.Seed(seed, h)
	return r
}

// Uint64 is the next number of the stream.
func (r *Rand) Uint64() uint64 { return r.pcg.Uint64() }

// IntN is the next number in [0, n). It panics if n is not positive: that is a bug of the caller.
func (r *Rand) IntN(n int) int {
	if n <= 0 {
		panic("orchestrate: bug: IntN of a range that is empty")
	}
	hi, _ := bits.Mul64(r.pcg.Uint64(), uint64(n))
	return int(hi)
}

// alphabet is what Kubernetes makes name suffixes of: no vowels, no look-alikes, no bad words.
// Source: k8s.io/apimachinery, util/rand, "SafeEncodeString".
const alphabet = "bcdfghjklmnpqrstvwxz2456789"

// Suffix is a random ending of n letters for a generated name, for example "x7k2p".
func (r *Rand) Suffix(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// UUID is a random identifier in the form of RFC 9562, version 4.
func (r *Rand) UUID() string {
	const hex = "0123456789abcdef"
	hi, lo := r.pcg.Uint64(), r.pcg.Uint64()
	hi = hi&^0xf000 | 0x4000
	lo = lo&^(0xc<<60) | 0x8<<60
	var b [36]byte
	at := 0
	for i := range 32 {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			b[at] = '-'
			at++
		}
		word, shift := hi, 60-4*i
		if i >= 16 {
			word, shift = lo, 60-4*(i-16)
		}
		b[at] = hex[word>>shift&0xf]
		at++
	}
	return string(b[:])
}
