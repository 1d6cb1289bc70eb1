package api

import (
	"cmp"
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Quantity is an amount of a resource, such as 500m of cpu or 64Mi of memory, exact to a billionth.
//
// The zero value is 0. Two quantities are == when their amount and their family of suffixes are equal;
// [Quantity.Cmp] compares amounts alone. The text is canonical as upstream keeps it: the largest suffix
// of the same family that needs no fraction, so 0.5 becomes 500m and 1024Mi becomes 1Gi.
//
// Amounts beyond ±(2^63-1) are cut to that; upstream keeps larger decimal ones.
//
// Source: Kubernetes API reference, "Quantity resource core".
type Quantity struct {
	whole  int64 // the part before the point, towards zero
	nano   int32 // billionths, of the same sign as whole
	format QuantityFormat
}

// QuantityFormat is the family of suffixes a quantity is written in.
type QuantityFormat uint8

// The families of suffixes.
const (
	// DecimalSI counts in thousands: n, u, m, (none), k, M, G, T, P, E.
	DecimalSI QuantityFormat = iota
	// BinarySI counts in 1024s: Ki, Mi, Gi, Ti, Pi, Ei.
	BinarySI
	// DecimalExponent is written as 12e6.
	DecimalExponent
)

// The errors of [ParseQuantity], with upstream's texts.
var (
	ErrQuantityFormat  = errors.New("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
	ErrQuantitySuffix  = errors.New("unable to parse quantity's suffix")
	ErrQuantityNumeric = errors.New("unable to parse numeric part of quantity")
)

const (
	attosPerUnit    = 1_000_000_000_000_000_000
	decimalSuffixes = "num\x00kMGTPE" // exponents -9, -6, ... 18
	binarySuffixes  = "KMGTPE"        // 2^10, 2^20, ... 2^60
	nanosPerUnit    = 1_000_000_000
)

// QuantityOf is the whole amount n in the given family.
func QuantityOf(n int64, f QuantityFormat) Quantity { return Quantity{whole: n, format: f} }

// MilliQuantity is n thousandths, such as MilliQuantity(500) for half a core.
func MilliQuantity(n int64) Quantity {
	return Quantity{whole: n / 1000, nano: int32(n % 1000 * 1_000_000)}
}

// ParseQuantity reads a quantity. A fraction below a billionth is rounded away from zero, because
// whoever asked for something should get something.
//
// Errors: [ErrQuantityFormat], [ErrQuantitySuffix], [ErrQuantityNumeric].
func ParseQuantity(s string) (Quantity, error) {
	if s == "" {
		return Quantity{}, ErrQuantityFormat
	}
	p, err := splitQuantity(s)
	if err != nil {
		return Quantity{}, err
	}
	format, exp2, exp10, ok := readSuffix(p.suffix)
	if !ok {
		return Quantity{}, ErrQuantitySuffix
	}
	whole, nano := scaleDigits(p.whole, p.fraction, exp2, exp10)
	if format == BinarySI && whole == 0 {
		format = DecimalSI
	}
	if whole == 0 && nano == 0 {
		return Quantity{}, nil
	}
	q := Quantity{whole: whole, nano: nano, format: format}
	if p.negative {
		q.whole, q.nano = -q.whole, -q.nano
	}
	return q, nil
}

// MustQuantity is [ParseQuantity] for texts known to be right; it panics on others.
func MustQuantity(s string) Quantity {
	q, err := ParseQuantity(s)
	if err != nil {
		panic("api: bug: " + strconv.Quote(s) + ": " + err.Error())
	}
	return q
}

type quantityParts struct {
	negative                bool
	whole, fraction, suffix string
}

func splitQuantity(s string) (quantityParts, error) {
	var p quantityParts
	if s[0] == '+' || s[0] == '-' {
		p.negative = s[0] == '-'
		s = s[1:]
	}
	n := digits(s)
	p.whole, s = s[:n], s[n:]
	if s != "" && s[0] == '.' {
		n = digits(s[1:])
		p.fraction, s = s[1:1+n], s[1+n:]
	}
	p.suffix = s
	for s != "" && strings.IndexByte("eEinumkKMGTP", s[0]) >= 0 {
		s = s[1:]
	}
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	if s[digits(s):] != "" {
		return p, ErrQuantityFormat
	}
	return p, nil
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// readSuffix tells the family, and the powers of two and of ten a suffix stands for.
func readSuffix(s string) (f QuantityFormat, exp2, exp10 int, ok bool) {
	switch {
	case s == "":
		return DecimalSI, 0, 0, true
	case len(s) == 1:
		i := strings.IndexByte(decimalSuffixes, s[0])
		return DecimalSI, 0, 3*i - 9, i >= 0 && s[0] != 0
	case len(s) == 2 && s[1] == 'i':
		i := strings.IndexByte(binarySuffixes, s[0])
		return BinarySI, 10 * (i + 1), 0, i >= 0
	case s[0] == 'e' || s[0] == 'E':
		n, err := strconv.ParseInt(s[1:], 10, 64)
		return DecimalExponent, 0, int(max(min(n, 1<<20), -1<<20)), err == nil
	}
	return 0, 0, 0, false
}

// scaleDigits is whole.fraction times 2^exp2 times 10^exp10 as units and billionths, rounded up and
// cut at the largest int64. At most one of the exponents is not zero.
func scaleDigits(whole, fraction string, exp2, exp10 int) (int64, int32) {
	whole, fraction = movePoint(strings.TrimLeft(whole, "0"), fraction, exp10)
	units, ok := parseDigits(whole)
	if !ok || bits.Len64(units)+exp2 > 63 {
		return math.MaxInt64, 0
	}
	part, rest := attos(fraction)
	hi, lo := bits.Mul64(part, 1<<exp2)
	more, left := bits.Div64(hi, lo, attosPerUnit)
	units = units<<exp2 + more
	nano := left / nanosPerUnit
	if rest || left%nanosPerUnit != 0 {
		nano++
	}
	if nano == nanosPerUnit {
		units, nano = units+1, 0
	}
	if units > math.MaxInt64 {
		return math.MaxInt64, 0
	}
	return int64(units), int32(nano)
}

// movePoint shifts the decimal point n digits to the right.
func movePoint(whole, fraction string, n int) (string, string) {
	for ; n > 0 && (whole != "" || strings.Trim(fraction, "0") != "") && len(whole) < 20; n-- {
		if fraction == "" {
			fraction = "0"
		}
		whole, fraction = strings.TrimLeft(whole+fraction[:1], "0"), fraction[1:]
	}
	if n < 0 {
		n = min(-n, len(whole)+20)
		padded := strings.Repeat("0", max(0, n-len(whole))) + whole
		whole, fraction = padded[:len(padded)-n], padded[len(padded)-n:]+fraction
	}
	return whole, fraction
}

func parseDigits(s string) (uint64, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseUint(s, 10, 63)
	return n, err == nil
}

// attos is the fraction 0.s in units of 10^-18, and whether digits were left over.
func attos(s string) (uint64, bool) {
	head, tail := s, ""
	if len(s) > 18 {
		head, tail = s[:18], s[18:]
	}
	n, _ := parseDigits(head + strings.Repeat("0", 18-len(head)))
	return n, strings.Trim(tail, "0") != ""
}

// Format is the family of suffixes the quantity is written in.
func (q Quantity) Format() QuantityFormat { return q.format }

// IsZero tells whether the amount is 0; such a quantity is left out where JSON says omitzero.
func (q Quantity) IsZero() bool { return q.whole == 0 && q.nano == 0 }

// Sign is -1, 0 or 1.
func (q Quantity) Sign() int {
	switch {
	case q.whole < 0 || q.nano < 0:
		return -1
	case q.IsZero():
		return 0
	}
	return 1
}

// Cmp compares amounts, whatever their suffixes: -1 if q is less than r, 0 if equal, 1 if more.
func (q Quantity) Cmp(r Quantity) int {
	if q.whole != r.whole {
		return cmp.Compare(q.whole, r.whole)
	}
	return cmp.Compare(q.nano, r.nano)
}

// Value is the amount in units, a fraction rounded away from zero: 1500m is 2.
func (q Quantity) Value() int64 { return saturate(q.whole, roundAway(int64(q.nano), nanosPerUnit)) }

// Milli is the amount in thousandths, the rest rounded away from zero: cpu in milliCPU.
// It saturates at the ends of int64.
func (q Quantity) Milli() int64 {
	hi, lo := bits.Mul64(magnitude(q.whole), 1000)
	if hi != 0 || lo > math.MaxInt64 {
		if q.whole < 0 {
			return math.MinInt64
		}
		return math.MaxInt64
	}
	return saturate(q.whole*1000, roundAway(int64(q.nano), 1_000_000))
}

// Add is the sum of both, in q's family of suffixes (r's if q is 0). It saturates.
func (q Quantity) Add(r Quantity) Quantity {
	if q.IsZero() {
		return r
	}
	whole := saturate(q.whole, r.whole)
	nano := int64(q.nano) + int64(r.nano)
	whole, nano = saturate(whole, nano/nanosPerUnit), nano%nanosPerUnit
	if whole > 0 && nano < 0 {
		whole, nano = whole-1, nano+nanosPerUnit
	} else if whole < 0 && nano > 0 {
		whole, nano = whole+1, nano-nanosPerUnit
	}
	return Quantity{whole: whole, nano: int32(nano), format: q.format}
}

// Neg is the amount with the other sign.
func (q Quantity) Neg() Quantity {
	return Quantity{whole: -max(q.whole, -math.MaxInt64), nano: -q.nano, format: q.format}
}

// Sub is q less r, in q's family of suffixes. It saturates.
func (q Quantity) Sub(r Quantity) Quantity { return q.Add(r.Neg()) }

func saturate(a, b int64) int64 {
	if sum := a + b; (sum > a) == (b > 0) {
		return sum
	}
	if b < 0 {
		return math.MinInt64
	}
	return math.MaxInt64
}

func roundAway(n, unit int64) int64 {
	switch {
	case n%unit > 0:
		return n/unit + 1
	case n%unit < 0:
		return n/unit - 1
	}
	return n / unit
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String is the canonical text, for example "500m", "1Gi" or "12e6".
func (q Quantity) String() string { return string(q.Append(nil)) }

// Append appends the canonical text to b.
func (q Quantity) Append(b []byte) []byte {
	if q.IsZero() {
		return append(b, '0')
	}
	if q.format == BinarySI && q.nano == 0 && magnitude(q.whole) >= 1024 {
		return q.appendBinary(b)
	}
	return q.appendDecimal(b)
}

func (q Quantity) appendBinary(b []byte) []byte {
	n, i := q.whole, -1
	for n%1024 == 0 {
		n, i = n/1024, i+1
	}
	b = strconv.AppendInt(b, n, 10)
	if i >= 0 {
		b = append(b, binarySuffixes[i], 'i')
	}
	return b
}

func (q Quantity) appendDecimal(b []byte) []byte {
	start := len(b)
	exp := 0
	switch {
	case q.nano != 0:
		b, exp = q.appendNanos(b), -9
	default:
		b = strconv.AppendInt(b, q.whole, 10)
	}
	for len(b)-start > 3 && string(b[len(b)-3:]) == "000" {
		b, exp = b[:len(b)-3], exp+3
	}
	if exp == 0 {
		return b
	}
	if q.format == DecimalExponent {
		return strconv.AppendInt(append(b, 'e'), int64(exp), 10)
	}
	return append(b, decimalSuffixes[exp/3+3])
}

// appendNanos writes the amount in billionths without a point.
func (q Quantity) appendNanos(b []byte) []byte {
	if q.Sign() < 0 {
		b = append(b, '-')
	}
	if q.whole != 0 {
		b = strconv.AppendUint(b, magnitude(q.whole), 10)
	}
	part := strconv.FormatUint(magnitude(int64(q.nano)), 10)
	if q.whole != 0 {
		b = append(b, "000000000"[len(part):]...)
	}
	return append(b, part...)
}

// MarshalJSON writes the canonical text as a string.
func (q Quantity) MarshalJSON() ([]byte, error) { return q.AppendJSON(nil), nil }

// AppendJSON adds what MarshalJSON writes.
func (q Quantity) AppendJSON(b []byte) []byte { return append(q.Append(append(b, '"')), '"') }

// UnmarshalJSON reads text or a plain number; null is 0.
func (q *Quantity) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		*q = Quantity{}
		return nil
	}
	if len(s) >= 2 && s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	parsed, err := ParseQuantity(strings.TrimSpace(s))
	if err != nil {
		return err
	}
	*q = parsed
	return nil
}

// RoundUpMilli is the amount in whole thousandths, rounded away from zero.
func (q Quantity) RoundUpMilli() Quantity {
	nano := roundAway(int64(q.nano), 1_000_000) * 1_000_000
	return Quantity{whole: saturate(q.whole, nano/nanosPerUnit), nano: int32(nano % nanosPerUnit), format: q.format}
}
