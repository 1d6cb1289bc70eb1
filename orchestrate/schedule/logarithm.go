package schedule

import "math/bits"

// logarithm is the natural logarithm of n, at least 1, in units of 2^-32. Whole numbers give the same on every machine, which
// math.Log does not promise.
func logarithm(n uint64) int64 {
	const ln2 = 0xB17217F7D1CF79AC // ln(2) in units of 2^-64
	whole := bits.Len64(n) - 1
	m := n << (63 - whole) // n / 2^whole, between 1 and 2, in units of 2^-63
	binary := uint64(whole)
	for range 40 {
		hi, lo := bits.Mul64(m, m)
		m = hi<<1 | lo>>63
		binary <<= 1
		if hi>>63 == 1 { // the square is 2 or more
			m = hi
			binary |= 1
		}
	}
	natural, _ := bits.Mul64(binary, ln2) // in units of 2^-40, as binary is
	return int64(natural+1<<7) >> 8
}
