package kubectl

import (
	"strconv"
	"strings"
)

// next gives the text up to the next action, and what stands in it.
func (p *templateParser) next() (text, action string, found bool, err error) {
	at := strings.Index(p.rest, "{{")
	if at < 0 {
		text, p.rest = p.rest, ""
		return text, "", false, nil
	}
	text, p.rest = p.rest[:at], p.rest[at+2:]
	p.line += strings.Count(text, "\n")
	if len(p.rest) > 1 && p.rest[0] == '-' && strings.ContainsRune(" \t\r\n", rune(p.rest[1])) {
		text, p.rest = strings.TrimRight(text, " \t\r\n"), p.rest[1:]
	}
	end := actionEnd(p.rest)
	if end < 0 {
		return text, "", false, p.wrong("unclosed action")
	}
	action, p.rest = p.rest[:end], p.rest[end+2:]
	p.line += strings.Count(action, "\n")
	if cut, ok := strings.CutSuffix(action, "-"); ok && strings.TrimRight(cut, " \t\r\n") != cut {
		action, p.rest = cut, strings.TrimLeft(p.rest, " \t\r\n")
	}
	return text, strings.TrimSpace(action), true, nil
}

// actionEnd is where an action's }} stands, not counting quoted ones; -1 if nowhere.
func actionEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "}}"):
			return i
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i:], "*/")
			if end < 0 {
				return -1
			}
			i += end + 1
		case s[i] == '"' || s[i] == '`' || s[i] == '\'':
			n := quotedLength(s[i:])
			if n < 0 {
				return -1
			}
			i += n - 1
		}
	}
	return -1
}

// quotedLength is how long the quoted text is that begins here; -1 if it does not end.
func quotedLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == s[0]:
			return i + 1
		case s[i] == '\\' && s[0] != '`':
			i++
		}
	}
	return -1
}

// templateWords cuts an action into quoted texts, names with their fields, and signs. A field behind a parenthesis is a word
// of its own that begins with a point.
func templateWords(s string) []string {
	var words []string
	for s = strings.TrimLeft(s, " \t\r\n"); s != ""; s = strings.TrimLeft(s, " \t\r\n") {
		n := 1
		switch {
		case s[0] == '"' || s[0] == '`' || s[0] == '\'':
			n = max(quotedLength(s), 1)
		case strings.HasPrefix(s, ":="):
			n = 2
		case strings.ContainsRune("()|,=", rune(s[0])):
		default:
			if n = strings.IndexAny(s, " \t\r\n()|,=:\"`"); n <= 0 {
				n = max(len(s)*-n, 1)
			}
		}
		if s[0] == '.' && len(words) > 0 && words[len(words)-1] == ")" {
			words = append(words, "\x00"+s[:n]) // stuck to what stands in parentheses
		} else {
			words = append(words, s[:n])
		}
		s = s[n:]
	}
	return words
}

func templateLiteral(word string) (any, bool) {
	switch word {
	case "true", "false":
		return word == "true", true
	case "nil":
		return nil, true
	}
	if c := word[0]; c == '"' || c == '`' {
		s, err := strconv.Unquote(word)
		return s, err == nil
	}
	if n, err := strconv.ParseInt(word, 0, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(word, 64)
	return f, err == nil
}
