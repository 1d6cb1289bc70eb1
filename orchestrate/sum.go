package orchestrate

// sum is FNV-1a of 128 bits, as hash/fnv has it. That one multiplies 64 by 64 bits, for which WebAssembly has no instruction, and a world
// of a thousand pods is ten megabytes to hash after each line.
type sum struct{ high, low uint64 }

func newSum() sum { return sum{0x6c62272e07bb0142, 0x62b821756295c58d} }

// write adds b: the prime is 2 to the 88th and 0x13b, so halves of 32 bits are enough.
func (s *sum) write(b []byte) {
	const prime = 0x13b
	high, low := s.high, s.low
	for _, c := range b {
		low ^= uint64(c)
		first := (low & 0xffffffff) * prime
		second := (low>>32)*prime + first>>32
		high = high*prime + low<<24 + second>>32
		low = second<<32 | first&0xffffffff
	}
	s.high, s.low = high, low
}

// String is the sum in hexadecimal digits.
func (s *sum) String() string {
	var digits [32]byte
	for i := range digits {
		word := s.high
		if i >= 16 {
			word = s.low
		}
		digits[i] = "0123456789abcdef"[word>>(60-4*(i%16))&15]
	}
	return string(digits[:])
}
