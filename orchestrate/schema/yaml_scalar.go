package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/calendar"
)

// kubectl reads and writes YAML 1.1, in which a bare y, no or on is a truth value and 012 is ten.

var (
	yamlTrue  = []string{"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}
	yamlFalse = []string{"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}
	yamlNull  = []string{"", "~", "null", "Null", "NULL"}
	yamlNoNum = []string{".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"}
)

// plainScalar says what a bare word of YAML 1.1 stands for, and how JSON writes it. Infinite and not-a-number
// floats, which JSON cannot write, are numbers with the word itself as the text.
func plainScalar(s string) (nodeKind, string) {
	switch {
	case slices.Contains(yamlNull, s):
		return nodeNull, ""
	case slices.Contains(yamlTrue, s):
		return nodeBool, "true"
	case slices.Contains(yamlFalse, s):
		return nodeBool, "false"
	case slices.Contains(yamlNoNum, s):
		return nodeNumber, s
	}
	if text, ok := yamlNumber(s); ok {
		return nodeNumber, text
	}
	return nodeText, s
}

func yamlNumber(s string) (string, bool) {
	switch c := s[0]; {
	case c == '.':
		f, err := strconv.ParseFloat(s, 64)
		return formatFloat(f), err == nil
	case c != '+' && c != '-' && (c < '0' || c > '9'):
		return "", false
	}
	if yamlTimestamp(s) {
		return "", false
	}
	plain := strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return strconv.FormatInt(i, 10), true
	}
	if u, err := strconv.ParseUint(plain, 0, 64); err == nil {
		return strconv.FormatUint(u, 10), true
	}
	if !looksLikeFloat(plain) {
		return "", false
	}
	f, err := strconv.ParseFloat(plain, 64)
	return formatFloat(f), err == nil
}

// looksLikeFloat is [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
func looksLikeFloat(s string) bool {
	s = strings.TrimLeft(s[:1], "+-") + s[1:]
	whole := leadingDigits(s)
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		fraction := leadingDigits(s[1:])
		if whole == 0 && fraction == 0 {
			return false
		}
		s = s[1+fraction:]
	} else if whole == 0 {
		return false
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && leadingDigits(s) == len(s)
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// yamlTimestamp tells whether s is a date or time; those stay text, but have to be quoted.
func yamlTimestamp(s string) bool {
	if n := leadingDigits(s); n != 4 || len(s) == n || s[n] != '-' {
		return false
	}
	return calendar.Loose(s)
}

// base60 tells whether s is a number to the base of sixty, such as 10:30; those have to be quoted too.
func base60(s string) bool {
	if s == "" || !strings.Contains(s, ":") {
		return false
	}
	s = strings.TrimLeft(s[:1], "+-") + s[1:]
	head, rest, _ := strings.Cut(s, ":")
	if head == "" || leadingDigits(head) == 0 || strings.Trim(head, "0123456789_") != "" {
		return false
	}
	rest, fraction, _ := strings.Cut(rest, ".")
	if strings.Trim(fraction, "0123456789_") != "" {
		return false
	}
	for part := range strings.SplitSeq(rest, ":") {
		if n := leadingDigits(part); n != len(part) || n == 0 || n > 2 || (n == 2 && part[0] > '5') {
			return false
		}
	}
	return true
}
