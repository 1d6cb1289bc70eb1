package json

import (
	"math"
	"strconv"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// short are the signs that have an escape of one letter, and those letters.
const short, letters = "\"\\\b\f\n\r\t", `"\bfnrt`

// AppendString adds s as JSON. As in everything Kubernetes writes, <, > and & are escaped; what is not UTF-8 is replaced.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && asItIs[c] == 'x' {
			i++
			continue
		}
		size := 1
		if c < utf8.RuneSelf {
			b = appendEscape(append(b, s[from:i]...), c)
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				b = append(append(b, s[from:i]...), `\ufffd`...)
			case r == '\u2028' || r == '\u2029':
				b = append(append(b, s[from:i]...), `\u202`...)
				b = append(b, hexDigits[r&0xf])
			default:
				i += size
				continue
			}
		}
		i += size
		from = i
	}
	return append(append(b, s[from:]...), '"')
}

// asItIs has an x for each sign below 128 that is written as it is: there are none for ", &, <, > and \.
const asItIs = "                                " + "xx xxx xxxxxxxxxxxxxxxxxxxxx x x" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxx xxx" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

func appendEscape(b []byte, c byte) []byte {
	for i := range len(short) {
		if short[i] == c {
			return append(b, '\\', letters[i])
		}
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}

// AppendFloat adds f: with an exponent only if it is very large or very small. It must be finite.
func AppendFloat(b []byte, f float64) []byte {
	format := byte('f')
	//float:exact how a number is written, not what it is
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, f, format, -1, 64)
	if n := len(b); format == 'e' && n >= 4 && b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}
