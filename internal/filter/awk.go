package filter

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
)

// awkRule is one [PATTERN] { print LIST } of awk.
type awkRule struct {
	re      *pattern // nil if any line will do
	not     bool
	line    string // an operator on NR: ">1", "==2"; "" if none
	printed []string
}

// awk knows what people type to pick columns: awk '{print $1, $NF}', awk '/RE/ {print $2}', awk 'NR>1 {print $1}', with -F.
func awk(c Call) Result {
	o, bad := c.parse("", "F")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	if len(o.rest) == 0 {
		return Result{Stderr: "awk: usage: awk [-F SEPARATOR] 'PROGRAM' [FILE]...\n", Code: 1}
	}
	rules, why := awkRules(o.rest[0])
	if why != "" {
		return Result{Stderr: "awk: " + why + "; here it picks columns: awk '/RE/ {print $1, $NF}' or awk 'NR>1 {print $2}'\n", Code: 2}
	}
	var res Result
	var b strings.Builder
	n := 0
	for _, s := range c.sources(o.rest[1:], &res) {
		for _, line := range lines(s.text) {
			n++
			fields := strings.Fields(line)
			if o.values['F'] != "" && o.values['F'] != " " {
				fields = strings.Split(line, o.values['F'])
			}
			for i := range rules {
				if rules[i].matches(line, n) {
					rules[i].print(&b, line, fields, n)
				}
			}
		}
	}
	res.Stdout = b.String()
	return res
}

func (r *awkRule) matches(line string, n int) bool {
	if r.line != "" {
		want, ok := lineNumber(strings.TrimLeft(r.line, "<>=!"))
		if !ok {
			return false
		}
		switch strings.TrimRight(r.line, "0123456789") {
		case ">":
			return n > want
		case ">=":
			return n >= want
		case "<":
			return n < want
		case "<=":
			return n <= want
		case "!=":
			return n != want
		}
		return n == want
	}
	return r.re == nil || r.re.matches(line) != r.not
}

func (r *awkRule) print(b *strings.Builder, line string, fields []string, n int) {
	for _, p := range r.printed {
		switch {
		case p == "$0":
			b.WriteString(line)
		case p == "NR":
			b.WriteString(strconv.Itoa(n))
		case p == "NF":
			b.WriteString(strconv.Itoa(len(fields)))
		case p[0] == '$':
			k, last := lineNumber(p[1:])
			if p == "$NF" {
				k, last = len(fields), true
			}
			if last && k >= 1 && k <= len(fields) {
				b.WriteString(fields[k-1])
			}
		default:
			b.WriteString(p[1:]) // a text, behind its quote
		}
	}
	b.WriteByte('\n')
}

// awkRules reads a program; the second result says what of it is not here.
func awkRules(s string) (rules []awkRule, why string) {
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		r := awkRule{printed: []string{"$0"}}
		if strings.HasPrefix(s, "!/") {
			r.not, s = true, s[1:]
		}
		switch {
		case s[0] == '/':
			text, rest, ok := upTo(s[1:], '/')
			if !ok {
				return nil, "unterminated regex"
			}
			if r.re, why = compile(text, true, false); why != "" {
				return nil, why
			}
			s = strings.TrimSpace(rest)
		case strings.HasPrefix(s, "NR"):
			end := strings.IndexByte(s+"{", '{')
			r.line, s = strings.ReplaceAll(s[2:end], " ", ""), s[end:]
			if op := strings.TrimRight(r.line, "0123456789"); op == r.line || strings.Trim(op, "<>=!") != "" || len(op) > 2 || op == "=" {
				return nil, "unknown condition on NR"
			}
		case s[0] != '{':
			return nil, "unknown pattern " + strconv.Quote(s)
		}
		if strings.HasPrefix(s, "{") {
			body, rest, ok := strings.Cut(s[1:], "}")
			if !ok {
				return nil, "a } is missing"
			}
			if r.printed, why = awkPrint(strings.TrimSuffix(strings.TrimSpace(body), ";")); why != "" {
				return nil, why
			}
			s = rest
		}
		rules = append(rules, r)
	}
	return rules, ""
}

// awkPrint reads print and what follows it: fields, NR, NF and texts; a comma is a blank.
func awkPrint(body string) (list []string, why string) {
	rest, ok := strings.CutPrefix(body, "print")
	if !ok {
		return nil, "only print is known"
	}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		switch {
		case rest[0] == ',':
			list, rest = append(list, `" `), rest[1:]
			continue
		case rest[0] == '"':
			text, after, ok := upTo(rest[1:], '"')
			if !ok {
				return nil, "a quote is missing"
			}
			list, rest = append(list, `"`+replace.All(text, `\t`, "\t", `\n`, "\n")), after
			continue
		}
		end := strings.IndexAny(rest+" ", ` ,"`)
		word := rest[:end]
		_, field := lineNumber(strings.TrimPrefix(word, "$"))
		if word != "NR" && word != "NF" && word != "$NF" && (word[0] != '$' || !field || strings.Trim(word[1:], "0123456789") != "") {
			return nil, "unknown expression " + strconv.Quote(word)
		}
		list, rest = append(list, word), rest[end:]
	}
	if list == nil {
		list = []string{"$0"}
	}
	return list, ""
}
