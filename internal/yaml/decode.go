package yaml

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// beyond are the zero bytes behind the end of a text, so that looking ahead needs no check. No text
// holds one: it would be a control character.
const beyond = "\x00\x00\x00\x00"

// text is decoded input.
type text struct {
	src string // UTF-8, beyond behind it
	// What is wrong with the input behind src, "" if nothing is.
	wrong string
	// known is how far one can read in src without meeting what is wrong: the reader kubectl uses
	// decodes in blocks, and only then stumbles.
	known int
}

// end is where the text ends, or where what is wrong with it begins.
func (t text) end() mark {
	src := t.src[:len(t.src)-len(beyond)]
	last := strings.LastIndexByte(src, '\n')
	return mark{strings.Count(src, "\n"), utf8.RuneCountInString(src[last+1:])}
}

// block is how many bytes of the input are decoded at once.
const block = 512

// decode turns input, UTF-8 or UTF-16 by its byte order mark, into text.
func decode(in []byte) text {
	var wide func(i int) uint16
	switch {
	case len(in) > 1 && in[0] == 0xff && in[1] == 0xfe:
		wide = func(i int) uint16 { return uint16(in[i]) | uint16(in[i+1])<<8 }
	case len(in) > 1 && in[0] == 0xfe && in[1] == 0xff:
		wide = func(i int) uint16 { return uint16(in[i])<<8 | uint16(in[i+1]) }
	default:
		return decode8(string(in))
	}
	return decode16(len(in), wide)
}

func decode8(in string) text {
	body := strings.TrimPrefix(in, "\ufeff")
	skipped := len(in) - len(body)
	for i := 0; i < len(body); {
		if c := body[i]; c >= ' ' && c < 0x7f || c == '\n' {
			i++
			continue
		}
		wrong, size := wrong8(body[i:])
		if wrong != "" {
			known := (i+skipped)/block*block - skipped
			if wrong == incomplete8 {
				known = i
			}
			return text{src: body[:i] + beyond, wrong: wrong, known: max(known, 0)}
		}
		i += size
	}
	return text{src: body + beyond, known: len(body) + len(beyond)}
}

// These are found only when all that comes before was read.
const (
	incomplete8      = "incomplete UTF-8 octet sequence"
	incomplete16     = "incomplete UTF-16 character"
	incomplete16Pair = "incomplete UTF-16 surrogate pair"
)

// wrong8 says what is wrong with the first character, and how long it is.
func wrong8(s string) (wrong string, size int) {
	c := s[0]
	switch {
	case c < 0x80:
		size = 1
	case c&0xe0 == 0xc0:
		size = 2
	case c&0xf0 == 0xe0:
		size = 3
	case c&0xf8 == 0xf0:
		size = 4
	default:
		return "invalid leading UTF-8 octet", 0
	}
	if len(s) < size {
		return incomplete8, 0
	}
	for i := 1; i < size; i++ {
		if s[i]&0xc0 != 0x80 {
			return "invalid trailing UTF-8 octet", 0
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		return wrongRune(s[:size]), 0
	}
	if !allowed(r) {
		return "control characters are not allowed", 0
	}
	return "", size
}

// wrongRune tells apart what Go calls one thing: too many bytes for a character, and no character.
func wrongRune(s string) string {
	v := rune(s[0]) & (0xff >> (len(s) + 1))
	for i := 1; i < len(s); i++ {
		v = v<<6 | rune(s[i]&0x3f)
	}
	if least := [...]rune{0, 0, 0x80, 0x800, 0x10000}[len(s)]; v < least {
		return "invalid length of a UTF-8 sequence"
	}
	return "invalid Unicode character"
}

// allowed tells whether a character may stand in YAML.
func allowed(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == 0x85:
		return true
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
		return false
	}
	return true
}

func decode16(size int, wide func(i int) uint16) text {
	var b strings.Builder
	starts := 0 // where in b the present block of the input begins
	for i := 2; i < size; {
		if i%block < 2 {
			starts = b.Len()
		}
		r, n, wrong := rune16(size, i, wide)
		if wrong == "" && !allowed(r) {
			wrong = "control characters are not allowed"
		}
		if wrong == incomplete16 || wrong == incomplete16Pair {
			starts = b.Len()
		}
		if wrong != "" {
			return text{src: b.String() + beyond, wrong: wrong, known: starts}
		}
		b.WriteRune(r)
		i += n
	}
	return text{src: b.String() + beyond, known: b.Len() + len(beyond)}
}

func rune16(size, i int, wide func(i int) uint16) (r rune, n int, wrong string) {
	if size-i < 2 {
		return 0, 0, incomplete16
	}
	r = rune(wide(i))
	switch {
	case r&0xfc00 == 0xdc00:
		return 0, 0, "unexpected low surrogate area"
	case r&0xfc00 != 0xd800:
		return r, 2, ""
	case size-i < 4:
		return 0, 0, incomplete16Pair
	}
	low := rune(wide(i + 2))
	if low&0xfc00 != 0xdc00 {
		return 0, 0, "expected low surrogate area"
	}
	return utf16.DecodeRune(r, low), 4, ""
}
