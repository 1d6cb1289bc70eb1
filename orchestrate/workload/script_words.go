package workload

import (
	"strconv"
	"strings"
	"time"
)

// split cuts a script into words and operators. Quotes stay in the words; an operator is marked by a leading NUL.
func split(script string) []string {
	var out []string
	word := ""
	flush := func() {
		if word != "" {
			out = append(out, word)
			word = ""
		}
	}
	for i := 0; i < len(script); {
		c := script[i]
		switch {
		case c == 0:
			i++
		case c == '\\' && i+1 < len(script) && script[i+1] == '\n':
			i += 2
		case c == ' ' || c == '\t' || c == '\r':
			flush()
			i++
		case c == '#' && word == "":
			for i < len(script) && script[i] != '\n' {
				i++
			}
		case c == '\n' || strings.IndexByte(";&|()<>", c) >= 0:
			op, n := operator(script[i:], word)
			if op == "" || op == "\x002>" {
				word = strings.TrimSuffix(strings.TrimSuffix(word, "1"), "2")
			}
			flush()
			if op != "" {
				out = append(out, op)
			}
			i += n
		default:
			n := quoted(script[i:])
			word += script[i : i+n]
			i += n
		}
	}
	flush()
	return out
}

// operator reads one operator, and how long it is; word is what stands right before it.
func operator(s, word string) (string, int) {
	switch {
	case s[0] == '>' && strings.HasPrefix(s, ">&"):
		n := 2
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		return "", n // both streams go to the log
	case strings.HasPrefix(s, "&&"), strings.HasPrefix(s, "||"), strings.HasPrefix(s, ">>"):
		return "\x00" + s[:2], 2
	case s[0] == '>' && word == "2":
		return "\x002>", 1
	case strings.HasPrefix(s, ";;"):
		return "\x00;", 2
	case s[0] == '\n':
		return "\x00;", 1
	}
	return "\x00" + s[:1], 1
}

// quoted is how many bytes at the beginning of s belong together: a quoted text, an expansion, or one byte.
func quoted(s string) int {
	switch {
	case s[0] == '\\' && len(s) > 1:
		return 2
	case s[0] == '\'':
		if end := strings.IndexByte(s[1:], '\''); end >= 0 {
			return end + 2
		}
		return len(s)
	case s[0] == '"':
		for i := 1; i < len(s); i++ {
			if s[i] == '\\' {
				i++
			} else if s[i] == '"' {
				return i + 1
			}
		}
		return len(s)
	case strings.HasPrefix(s, "$("), strings.HasPrefix(s, "${"):
		return closed(s)
	}
	return 1
}

// closed is where the bracket that s opens behind its dollar is closed again.
func closed(s string) int {
	open, end := s[1], byte(')')
	if open == '{' {
		end = '}'
	}
	depth := 0
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// words expands what was written into what a command gets.
func (r *run) words(written []string) []string {
	out := make([]string, 0, len(written))
	r.weight = 0
	for _, w := range written {
		text := r.expand(w)
		r.weight += len(text) / 16
		if !strings.ContainsAny(w, `"'`) && strings.Contains(w, "$") {
			out = append(out, strings.Fields(text)...)
			continue
		}
		out = append(out, text)
	}
	return out
}

// expand is one word without its quotes and with the values of variables.
func (r *run) expand(w string) string {
	if !strings.ContainsAny(w, `"'\$`) {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); {
		n := quoted(w[i:])
		part := w[i : i+n]
		switch {
		case part[0] == '\'':
			b.WriteString(strings.Trim(part, "'"))
		case part[0] == '"' && n > 1:
			b.WriteString(r.inQuotes(strings.TrimSuffix(part[1:], `"`)))
		case part[0] == '\\':
			b.WriteString(part[1:])
		case part[0] == '$':
			n = r.dollar(&b, w[i:])
		default:
			b.WriteString(part)
		}
		i += n
	}
	return b.String()
}

func (r *run) inQuotes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\"\\$`", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i += 2
		case s[i] == '$':
			i += r.dollar(&b, s[i:])
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// dollar writes what an expansion at the beginning of s stands for, and tells how long it is.
func (r *run) dollar(b *strings.Builder, s string) int {
	switch {
	case strings.HasPrefix(s, "$((") && strings.HasSuffix(s[:closed(s)], "))"):
		n := closed(s)
		b.WriteString(strconv.FormatInt(r.sum(s[3:n-2]), 10))
		return n
	case strings.HasPrefix(s, "$("):
		n := closed(s)
		b.WriteString(r.substitute(strings.TrimSuffix(s[2:n], ")")))
		return n
	case strings.HasPrefix(s, "${"):
		n := closed(s)
		name, otherwise, _ := strings.Cut(strings.TrimSuffix(s[2:n], "}"), ":-")
		value := r.get(name)
		if value == "" {
			value = otherwise
		}
		b.WriteString(value)
		return n
	case strings.HasPrefix(s, "$?"):
		b.WriteString(strconv.Itoa(int(r.code)))
		return 2
	case strings.HasPrefix(s, "$$"):
		b.WriteByte('1')
		return 2
	}
	n := 1
	for n < len(s) && isName(s[n]) {
		n++
	}
	if n == 1 {
		b.WriteByte('$')
		return 1
	}
	b.WriteString(r.get(s[1:n]))
	return n
}

func isName(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// sum works out + - * / % over whole numbers and variables, from left to right.
func (r *run) sum(s string) int64 {
	for _, op := range "+-*/%" {
		s = strings.ReplaceAll(s, string(op), " "+string(op)+" ")
	}
	total, op := int64(0), "+"
	for _, w := range strings.Fields(s) {
		if strings.Contains("+-*/%", w) {
			op = w
			continue
		}
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			n, _ = strconv.ParseInt(r.get(strings.TrimPrefix(w, "$")), 10, 64)
		}
		switch {
		case op == "+":
			total += n
		case op == "-":
			total -= n
		case op == "*":
			total *= n
		case op == "/" && n != 0:
			total /= n
		case op == "%" && n != 0:
			total %= n
		}
	}
	return total
}

// seconds reads what sleep takes: a decimal number and one of s, m, h, d. A sleep of over a hundred years is cut there.
func seconds(s string) (time.Duration, bool) {
	unit := time.Second
	if s != "" {
		switch s[len(s)-1] {
		case 's':
			s = s[:len(s)-1]
		case 'm':
			s, unit = s[:len(s)-1], time.Minute
		case 'h':
			s, unit = s[:len(s)-1], time.Hour
		case 'd':
			s, unit = s[:len(s)-1], 24*time.Hour
		}
	}
	whole, fraction, dotted := strings.Cut(s, ".")
	if dotted {
		n, err := strconv.ParseUint(whole+(fraction + "000")[:3], 10, 40)
		if err != nil {
			return 0, false
		}
		return time.Duration(min(n, 1_000_000_000)) * (unit / 1000), true
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, int64(maxAge/unit))) * unit, true
}
