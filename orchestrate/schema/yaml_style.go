package schema

import (
	"strings"
	"unicode/utf8"
)

// scalarKind is how a text is written in YAML.
type scalarKind uint8

const (
	stylePlain scalarKind = iota
	styleSingle
	styleDouble
	styleLiteral
)

// scalarStyle is the plainest way in which s stays the text it is.
func scalarStyle(s string, key bool) scalarKind {
	if plainText(s) {
		return stylePlain
	}
	if instant(s) {
		return styleDouble
	}
	if plainShape(s) {
		return stylePlain
	}
	return weighedStyle(s, key)
}

// weighedStyle is scalarStyle for every s, sign by sign.
func weighedStyle(s string, key bool) scalarKind {
	m := marksOf(s)
	if strings.Contains(s, "\n") {
		if key || m.special || m.spaceBreak || m.trailingSpace {
			return styleDouble
		}
		return styleLiteral
	}
	if kind, _ := plainScalar(s); kind != nodeText || base60(s) || yamlTimestamp(s) {
		return styleDouble
	}
	switch {
	case key && m.breaks, m.special, m.spaceBreak, m.breakSpace:
		return styleDouble
	case m.indicator, m.breaks, m.edge:
		return styleSingle
	}
	return stylePlain
}

// plainText tells whether s is one of those that begin with a letter, as most do, in which YAML reads nothing but the text: all its
// signs can be seen, a colon and a blank are not followed by a blank or the end, and it is none of the words of YAML 1.1, whatever the
// case of its letters.
func plainText(s string) bool {
	if s == "" {
		return false
	}
	if c := s[0] | 0x20; c < 'a' || c > 'z' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c > ':' && c < 0x7f, c > '#' && c < ':', c == '!' || c == '"':
		case c == ' ' || c == ':':
			if i+1 == len(s) || s[i+1] == ' ' || c == ' ' && s[i+1] == '#' {
				return false
			}
		case c != '#':
			return false
		}
	}
	if len(s) <= len("false") {
		for _, word := range [...]string{"y", "n", "no", "on", "yes", "off", "true", "null", "false"} {
			if strings.EqualFold(s, word) {
				return false
			}
		}
	}
	return true
}

// instant tells whether s is a moment as objects have them, and beyond doubt one. They are many, and finding it out by trying all
// ways in which YAML writes a moment takes long.
func instant(s string) bool {
	const shape = "2017-02-18T02:00:00Z"
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		if digit := s[i] >= '0' && s[i] <= '9'; digit != (shape[i] >= '0' && shape[i] <= '9') || !digit && s[i] != shape[i] {
			return false
		}
	}
	return s[5:7] >= "01" && s[5:7] <= "12" && s[8:10] >= "01" && s[8:10] <= "28" && s[11:13] < "24" && s[14:16] < "60" && s[17:19] < "60"
}

// plainShape tells whether s is a UID or an IPv4 address: those begin with a digit, but nobody takes them for a number or a moment.
func plainShape(s string) bool {
	const uid = "00000000-0000-0000-0000-000000000000"
	dots, dashes := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', len(s) == len(uid) && c >= 'a' && c <= 'f':
		case c == '.' && i > 0 && i < len(s)-1:
			dots++
		case c == '-' && len(s) == len(uid) && uid[i] == '-':
			dashes++
		default:
			return false
		}
	}
	return dots == 3 && dashes == 0 && len(s) < len(uid) || dashes == 4 && dots == 0
}

// marks are what in a text keeps it from being written plainly.
type marks struct {
	special       bool // signs that only an escape can write
	indicator     bool // signs that mean something else in YAML
	breaks        bool // line ends
	edge          bool // a blank or line end at either end
	trailingSpace bool
	spaceBreak    bool // a blank before a line end
	breakSpace    bool // a blank after a line end
}

func marksOf(s string) marks {
	m := marks{indicator: strings.HasPrefix(s, "---") || strings.HasPrefix(s, "...")}
	before := rune(0) // the sign before; 0 at the start
	for i, r := range s {
		size := utf8.RuneLen(r)
		blankAfter := i+size >= len(s) || s[i+size] == ' ' || s[i+size] == '\t'
		m.indicator = m.indicator || indicates(r, before, i == 0, blankAfter)
		ends := i == 0 || i+size == len(s)
		breaks := isBreak(string(r))
		m.special = m.special || !yamlPrintable(r)
		m.breaks = m.breaks || breaks
		m.edge = m.edge || ends && (r == ' ' || breaks)
		m.trailingSpace = m.trailingSpace || r == ' ' && i+size == len(s)
		m.spaceBreak = m.spaceBreak || breaks && before == ' '
		m.breakSpace = m.breakSpace || r == ' ' && isBreak(string(before))
		before = r
	}
	return m
}

// indicates tells whether YAML reads more into a sign than the sign.
func indicates(r, before rune, first, blankAfter bool) bool {
	switch r {
	case ':':
		return blankAfter
	case '#':
		return first || before == ' ' || before == '\t' || isBreak(string(before))
	case '?', '-':
		return first && blankAfter
	}
	return first && strings.ContainsRune(",[]{}&*!|>'\"%@`", r)
}

// isBreak tells whether s begins with what YAML takes for a line end.
func isBreak(s string) bool {
	return s != "" && strings.ContainsAny(s[:min(len(s), 3)], "\r\n\u0085\u2028\u2029") && strings.IndexAny(s, "\r\n\u0085\u2028\u2029") == 0
}

// yamlPrintable tells whether a sign may stand in YAML without an escape.
func yamlPrintable(r rune) bool {
	return r == '\n' || r >= 0x20 && r <= 0x7e || r >= 0xa0 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd && r != '\ufeff'
}
