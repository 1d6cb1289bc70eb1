package shell

import "unicode/utf8"

// Match tells whether a whole text fits a shell pattern.
func Match(pattern, text string) bool { return match(pattern, text) }

// TrimPattern is ${X#pattern} and its like: op is "#", "##", "%" or "%%".
func TrimPattern(text, pattern, op string) string { return trimPattern(text, pattern, op) }

// EscapePattern makes a pattern that only fits this text.
func EscapePattern(text string) string { return escapePattern(text) }

// match tells whether a whole text fits a shell pattern: * for anything, ? for one character, [a-z] and [!a-z] for
// one of several, a backslash before a character that stands for itself.
//
// It takes time in proportion to the product of both lengths, since only the last * is ever tried again.
//
// Source: POSIX.1-2024, Shell Command Language, 2.14 Pattern Matching Notation.
func match(pattern, text string) bool {
	p, t := 0, 0
	star, from := -1, 0
	for t < len(text) {
		if p < len(pattern) && pattern[p] == '*' {
			star, from = p, t
			p++
			continue
		}
		if next, size, ok := matchOne(pattern[p:], text[t:]); ok {
			p, t = p+next, t+size
			continue
		}
		if star < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
		p, t = star+1, from
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// matchOne matches one character of a pattern that is no star; it gives how many bytes of both that took.
func matchOne(pattern, text string) (next, size int, ok bool) {
	if pattern == "" {
		return 0, 0, false
	}
	r, size := utf8.DecodeRuneInString(text)
	switch pattern[0] {
	case '?':
		return 1, size, true
	case '[':
		if n, in := bracket(pattern, r); n > 0 {
			return n, size, in
		}
	case '\\':
		if len(pattern) > 1 {
			pattern = pattern[1:]
			next = 1
		}
	}
	want, n := utf8.DecodeRuneInString(pattern)
	return next + n, size, want == r
}

// bracket reads [...] and tells whether a character is in it; n is 0 if the bracket is never closed.
func bracket(pattern string, r rune) (n int, in bool) {
	i := 1
	not := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if not {
		i++
	}
	for first := true; i < len(pattern); first = false {
		if pattern[i] == ']' && !first {
			return i + 1, in != not
		}
		low, size := utf8.DecodeRuneInString(pattern[i:])
		i += size
		high := low
		if i+1 < len(pattern) && pattern[i] == '-' && pattern[i+1] != ']' {
			high, size = utf8.DecodeRuneInString(pattern[i+1:])
			i += 1 + size
		}
		in = in || low <= r && r <= high
	}
	return 0, false
}

// trimPattern takes off the front (#) or the end (%) what fits a pattern: the least of it, or the most (## and %%).
func trimPattern(text, pattern, op string) string {
	front, most := op[0] == '#', len(op) == 2
	best := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && !utf8.RuneStart(text[i]) {
			continue
		}
		piece := text[:i]
		if !front {
			piece = text[i:]
		}
		if match(pattern, piece) && (best < 0 || most == front) {
			best = i
		}
	}
	switch {
	case best < 0:
		return text
	case front:
		return text[best:]
	default:
		return text[:best]
	}
}

// escapePattern makes a pattern that only fits this text.
func escapePattern(text string) string {
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		switch text[i] {
		case '*', '?', '[', '\\':
			out = append(out, '\\')
		}
		out = append(out, text[i])
	}
	return string(out)
}
