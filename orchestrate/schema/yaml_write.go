package schema

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is written here is laid out by internal/json: texts and keys, the way sigs.k8s.io/yaml writes them, which kubectl prints with.
// Texts are folded behind column 80, and every word in quotes that YAML 1.1 would take for something else.

// foldColumn is the column behind which a text goes on in the next line.
const foldColumn = 80

// yamlLine begins a new line.
func yamlLine(b []byte, indent int) []byte {
	b = append(b, '\n')
	for range indent {
		b = append(b, ' ')
	}
	return b
}

// yamlKey writes a key with its colon. One that is too long or has several lines is not simple: it needs a
// question mark, and its value stands in the line of the colon.
func yamlKey(b []byte, k string, indent int) ([]byte, bool) {
	if len(k) <= 128 && plainText(k) {
		return append(append(b, k...), ':'), true
	}
	k = validText(k)
	if len(k) > 128 || strings.ContainsAny(k, "\n\r\u0085\u2028\u2029") {
		b = yamlText(append(b, "? "...), k, indent+2)
		return append(yamlLine(b, indent), ':'), false
	}
	return append(appendStyled(b, k, scalarStyle(k, true), 0, false), ':'), true
}

// yamlText writes a text; indent is that of its lines behind the first.
func yamlText(b []byte, s string, indent int) []byte {
	if plainText(s) && (strings.IndexByte(s, ' ') < 0 || len(b)-bytes.LastIndexByte(b, '\n')+len(s) <= foldColumn) {
		return append(b, s...)
	}
	s = validText(s)
	style := scalarStyle(s, false)
	if style == styleLiteral {
		return appendLiteral(b, s, indent)
	}
	return appendStyled(b, s, style, indent, true)
}

// validText is s with a sign for every byte that is no UTF-8.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// appendLiteral writes s line by line behind a bar, with the hints that keep leading blanks and the end.
func appendLiteral(b []byte, s string, indent int) []byte {
	b = append(b, '|')
	if s[0] == ' ' || isBreak(s) {
		b = append(b, '2')
	}
	switch trimmed := strings.TrimSuffix(s, "\n"); {
	case trimmed == s:
		b = append(b, '-')
	case trimmed == "" || strings.HasSuffix(trimmed, "\n"):
		b = append(b, '+')
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if line == "" {
			b = append(b, '\n')
			continue
		}
		b = append(yamlLine(b, indent), line...)
	}
	return b
}

// appendStyled writes s plain or in quotes, folded at spaces where that is allowed.
func appendStyled(b []byte, s string, style scalarKind, indent int, fold bool) []byte {
	quote := [...]string{stylePlain: "", styleSingle: "'", styleDouble: `"`}[style]
	if graphic(s) {
		return append(append(append(b, quote...), s...), quote...)
	}
	line := bytes.LastIndexByte(b, '\n') + 1
	b = append(b, quote...)
	spaces := false
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r != ' ' {
			b = appendQuoted(b, r, style)
			spaces = false
			continue
		}
		followed := i+size < len(s) && s[i+size] == ' '
		ends := i == 0 || i == len(s)-1
		if fold && !spaces && len(b)-line > foldColumn && utf8.RuneCount(b[line:]) > foldColumn && (style == stylePlain || !ends) && (style == styleDouble || !followed) {
			line = len(b) + 1
			b = yamlLine(b, indent)
			if style == styleDouble && followed {
				b = append(b, '\\')
			}
		} else {
			b = append(b, ' ')
		}
		spaces = true
	}
	return append(b, quote...)
}

// graphic tells whether s has only signs that are written as they are, in quotes and without, and none at which it is folded.
func graphic(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '\'' || c == '\\' {
			return false
		}
	}
	return true
}

func appendQuoted(b []byte, r rune, style scalarKind) []byte {
	switch {
	case style == styleSingle && r == '\'':
		return append(b, "''"...)
	case style != styleDouble:
		return utf8.AppendRune(b, r)
	case r == '"' || r == '\\':
		return append(b, '\\', byte(r))
	case yamlPrintable(r) && !isBreak(string(r)) && r != '\ufeff':
		return utf8.AppendRune(b, r)
	}
	if i := strings.IndexRune("\x00\a\b\t\n\v\f\r\x1b\u0085\u00a0\u2028\u2029", r); i >= 0 {
		n := utf8.RuneCountInString("\x00\a\b\t\n\v\f\r\x1b\u0085\u00a0\u2028\u2029"[:i])
		return append(b, '\\', "0abtnvfreN_LP"[n])
	}
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	letter, width := "x", 2
	if r > 0xffff {
		letter, width = "U", 8
	} else if r > 0xff {
		letter, width = "u", 4
	}
	return append(b, "\\"+letter+strings.Repeat("0", width-len(hex))+hex...)
}

// naturalOrder sorts keys as go-yaml does: numbers by value, letters behind everything else.
func naturalOrder(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return len(a) - len(b)
	}
	if p, q := a[i]|0x20, b[i]|0x20; p >= 'a' && p <= 'z' && q >= 'a' && q <= 'z' {
		return int(a[i]) - int(b[i])
	}
	return naturalRunes(a, b)
}

// naturalRunes is naturalOrder where it is not the first letter that decides.
func naturalRunes(a, b string) int {
	x, y := []rune(a), []rune(b)
	for i := 0; i < len(x) && i < len(y); i++ {
		if x[i] == y[i] {
			continue
		}
		if unicode.IsLetter(x[i]) != unicode.IsLetter(y[i]) {
			if unicode.IsLetter(y[i]) {
				return -1
			}
			return 1
		}
		if unicode.IsLetter(x[i]) {
			return int(x[i]) - int(y[i])
		}
		return compareNumbers(x, y, i)
	}
	return len(x) - len(y)
}

// compareNumbers compares from i on, where neither has a letter, by the number that may begin there.
func compareNumbers(x, y []rune, i int) int {
	var m, n int64
	if x[i] == '0' || y[i] == '0' {
		for j := i - 1; j >= 0 && unicode.IsDigit(x[j]); j-- {
			if x[j] != '0' {
				m, n = 1, 1
				break
			}
		}
	}
	m, endX := runeNumber(x, i, m)
	n, endY := runeNumber(y, i, n)
	switch {
	case m != n && m < n:
		return -1
	case m != n:
		return 1
	case endX != endY:
		return endX - endY
	}
	return int(x[i]) - int(y[i])
}

func runeNumber(r []rune, i int, n int64) (int64, int) {
	for ; i < len(r) && unicode.IsDigit(r[i]); i++ {
		n = n*10 + int64(r[i]-'0')
	}
	return n, i
}
