package json

import (
	"bytes"
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
		size := 1
		if c := s[i]; c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
			i++
			continue
		} else if c < utf8.RuneSelf {
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

// Indent is JSON that is right, with an entry a line.
func Indent(src []byte, indent string) []byte {
	b := make([]byte, 0, 2*len(src))
	depth, opened := 0, false
	line := func() {
		b = append(b, '\n')
		for range depth {
			b = append(b, indent...)
		}
	}
	for i := 0; i < len(src); {
		end := i + 1
		switch c := src[i]; c {
		case ' ', '\t', '\r', '\n':
		case '}', ']':
			if depth--; !opened {
				line()
			}
			b, opened = append(b, c), false
		case ',':
			b = append(b, c)
			line()
		case ':':
			b = append(b, ": "...)
		default:
			if opened {
				line()
			}
			if opened = c == '{' || c == '['; opened {
				depth++
			} else {
				end = scalarEnd(src, i)
			}
			b = append(b, src[i:end]...)
		}
		i = end
	}
	return b
}

// scalarEnd is where the text, number or word that begins at i is over.
func scalarEnd(src []byte, i int) int {
	if src[i] != '"' {
		if n := bytes.IndexAny(src[i:], ",:]} \t\r\n"); n >= 0 {
			return i + n
		}
		return len(src)
	}
	for end := i + 1; ; end++ {
		n := bytes.IndexByte(src[end:], '"')
		if n < 0 {
			return len(src)
		}
		if end += n; !escaped(src[:end]) {
			return end + 1
		}
	}
}

// escaped tells whether what follows in a text is escaped: there is an odd number of backslashes before it.
func escaped(before []byte) bool {
	n := len(before)
	for n > 0 && before[n-1] == '\\' {
		n--
	}
	return (len(before)-n)%2 == 1
}
