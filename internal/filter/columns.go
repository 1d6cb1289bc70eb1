package filter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
	"github.com/slipway-dev/slipway/internal/sorting"
)

// span is a range of columns, both ends included, from 1.
type span struct{ from, to int }

const lastColumn = 1 << 30

// spans reads a list such as 1,3-5,7-.
func spans(list string) ([]span, bool) {
	var all []span
	for _, piece := range strings.Split(list, ",") {
		low, high, ranged := strings.Cut(piece, "-")
		s := span{1, lastColumn}
		var err1, err2 error
		if low != "" {
			s.from, err1 = strconv.Atoi(low)
		}
		if !ranged {
			s.to = s.from
		} else if high != "" {
			s.to, err2 = strconv.Atoi(high)
		}
		if err1 != nil || err2 != nil || s.from < 1 || s.to < s.from || piece == "" || piece == "-" {
			return nil, false
		}
		all = append(all, s)
	}
	return all, true
}

func chosen(all []span, column int) bool {
	return slices.ContainsFunc(all, func(s span) bool { return s.from <= column && column <= s.to })
}

func cut(c Call) Result {
	o, bad := c.parse("s", "dfcb")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	list, fields := o.values['f'], o.has('f')
	if !fields {
		list = o.values['c'] + o.values['b']
	}
	if list == "" {
		return Result{Stderr: "cut: expected a list of bytes, characters, or fields\n", Code: 1}
	}
	all, ok := spans(list)
	if !ok {
		return Result{Stderr: "cut: invalid range " + list + "\n", Code: 1}
	}
	separator := "\t"
	if d, ok := o.values['d']; ok {
		if len([]rune(d)) != 1 {
			return Result{Stderr: "cut: the delimiter must be a single character\n", Code: 1}
		}
		separator = d
	}
	var res Result
	for _, s := range c.sources(o.rest, &res) {
		for _, line := range lines(s.text) {
			if fields && !strings.Contains(line, separator) {
				if !o.has('s') {
					res.Stdout += line + "\n"
				}
				continue
			}
			res.Stdout += cutLine(line, all, fields, separator) + "\n"
		}
	}
	return res
}

func cutLine(line string, all []span, fields bool, separator string) string {
	pieces, glue := strings.Split(line, ""), ""
	if fields {
		pieces, glue = strings.Split(line, separator), separator
	}
	var kept []string
	for i, piece := range pieces {
		if chosen(all, i+1) {
			kept = append(kept, piece)
		}
	}
	return strings.Join(kept, glue)
}

func sortLines(c Call) Result {
	o, bad := c.parse("rnufb", "kt")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	key := span{1, lastColumn}
	if text, ok := o.values['k']; ok {
		low, high, ranged := strings.Cut(text, ",")
		from, err := strconv.Atoi(strings.TrimRight(low, "nr"))
		if err != nil || from < 1 {
			return Result{Stderr: "sort: bad field specification '" + text + "'\n", Code: 1}
		}
		key.from = from
		if ranged {
			if key.to, err = strconv.Atoi(strings.TrimRight(high, "nr")); err != nil {
				return Result{Stderr: "sort: bad field specification '" + text + "'\n", Code: 1}
			}
		}
		o.flags['n'] = o.flags['n'] || strings.Contains(text, "n")
		o.flags['r'] = o.flags['r'] || strings.Contains(text, "r")
	}
	var res Result
	var all []string
	for _, s := range c.sources(o.rest, &res) {
		all = append(all, lines(s.text)...)
	}
	order := func(a, b string) int { return o.compare(key, a, b) }
	sorting.Stable(all, order)
	if o.has('u') {
		all = slices.CompactFunc(all, func(a, b string) bool { return order(a, b) == 0 })
	}
	res.Stdout = join(all)
	return res
}

// compare is the order of two lines: by their key, then whole.
func (o *options) compare(key span, a, b string) int {
	x, y := o.key(key, a), o.key(key, b)
	by := strings.Compare(x, y)
	if o.has('f') {
		by = strings.Compare(strings.ToUpper(x), strings.ToUpper(y))
	}
	if o.has('n') {
		by = compareNumbers(x, y)
	}
	if by == 0 && !o.has('u') {
		by = strings.Compare(a, b)
	}
	if o.has('r') {
		return -by
	}
	return by
}

func (o *options) key(key span, line string) string {
	if key.from == 1 && key.to == lastColumn {
		return line
	}
	fields := strings.Fields(line)
	glue := " "
	if separator, ok := o.values['t']; ok && separator != "" {
		fields, glue = strings.Split(line, separator), separator
	}
	if key.from > len(fields) {
		return ""
	}
	return strings.Join(fields[key.from-1:min(key.to, len(fields))], glue)
}

// compareNumbers compares by the numbers with which texts begin; a text that begins with none counts as 0. It does so
// digit by digit, so that no number is too long and nothing is rounded.
func compareNumbers(a, b string) int {
	signA, wholeA, fractionA := number(a)
	signB, wholeB, fractionB := number(b)
	if signA != signB {
		return signA - signB
	}
	by := len(wholeA) - len(wholeB)
	if by == 0 {
		by = strings.Compare(wholeA, wholeB)
	}
	if by == 0 {
		by = strings.Compare(fractionA, fractionB)
	}
	return by * signA
}

// number takes apart the number with which a text begins: its sign (0 for none and for zero), the digits before the point
// without leading zeros, and those behind it without trailing ones.
func number(s string) (sign int, whole, fraction string) {
	s = strings.TrimLeft(s, " \t")
	sign = 1
	if strings.HasPrefix(s, "-") {
		sign, s = -1, s[1:]
	}
	n := digits(s)
	whole, s = strings.TrimLeft(s[:n], "0"), s[n:]
	if strings.HasPrefix(s, ".") {
		fraction = strings.TrimRight(s[1:1+digits(s[1:])], "0")
	}
	if whole == "" && fraction == "" {
		return 0, "", ""
	}
	return sign, whole, fraction
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func tr(c Call) Result {
	o, bad := c.parse("ds", "")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	if len(o.rest) == 0 || len(o.rest) == 1 && !o.has('d') && !o.has('s') {
		return Result{Stderr: "usage: tr [-ds] STRING1 [STRING2]\n", Code: 1}
	}
	from := characters(o.rest[0])
	var to []rune
	if len(o.rest) > 1 {
		to = characters(o.rest[1])
	}
	var b strings.Builder
	last := rune(-1)
	for _, r := range string(c.input()) {
		i := slices.Index(from, r)
		switch {
		case i >= 0 && o.has('d'):
			continue
		case i >= 0 && len(to) > 0:
			r = to[min(i, len(to)-1)]
		}
		if o.has('s') && i >= 0 && r == last {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return Result{Stdout: b.String(), Drained: true}
}

// characters writes out a set of tr: ranges, and the escapes for newline, tab, backslash and the byte 0.
func characters(set string) []rune {
	set = replace.All(set, `\n`, "\n", `\t`, "\t", `\000`, "\x00", `\0`, "\x00", `\\`, `\`, "[:upper:]", "A-Z", "[:lower:]", "a-z", "[:digit:]", "0-9", "[:space:]", " \t\n\r")
	in := []rune(set)
	var out []rune
	for i := 0; i < len(in); i++ {
		if i+2 < len(in) && in[i+1] == '-' && in[i] <= in[i+2] && in[i+2]-in[i] < 1<<10 {
			for r := in[i]; r <= in[i+2]; r++ {
				out = append(out, r)
			}
			i += 2
			continue
		}
		out = append(out, in[i])
	}
	return out
}
