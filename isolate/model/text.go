package model

import (
	"strconv"
	"strings"
)

func splitLines(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func fieldsOf(line string) []string { return strings.Fields(line) }

// parseUint reads a number as the kernel's kstrtoul does with base 0: 0x is hexadecimal, a leading 0 octal.
func parseUint(word string) (uint64, bool) {
	word = strings.TrimPrefix(word, "+")
	base := 10
	switch {
	case strings.HasPrefix(word, "0x") || strings.HasPrefix(word, "0X"):
		word, base = word[2:], 16
	case len(word) > 1 && word[0] == '0':
		word, base = word[1:], 8
	}
	n, err := strconv.ParseUint(word, base, 64)
	return n, err == nil
}

func itoa(n int) string { return strconv.Itoa(n) }

func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

// padLeft puts blanks in front until the text is n bytes long; padRight behind.
func padLeft(s string, n int) string {
	if len(s) < n {
		return strings.Repeat(" ", n-len(s)) + s
	}
	return s
}

func padRight(s string, n int) string {
	if len(s) < n {
		return s + strings.Repeat(" ", n-len(s))
	}
	return s
}

// hex is a number in n hexadecimal digits.
func hex(v uint64, n int) string {
	s := strconv.FormatUint(v, 16)
	if len(s) < n {
		s = strings.Repeat("0", n-len(s)) + s
	}
	return s
}
