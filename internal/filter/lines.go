package filter

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// count is the number behind -n or -c, or in the old form -3.
func count(c Call, o *options, letter byte, otherwise int) (n int, fromStart bool, bad string) {
	text, ok := o.values[letter]
	if !ok {
		return otherwise, false, ""
	}
	fromStart = strings.HasPrefix(text, "+")
	n, err := strconv.Atoi(strings.TrimPrefix(text, "+"))
	if err != nil {
		return 0, false, c.Args[0] + ": invalid number '" + text + "'\n"
	}
	return n, fromStart, ""
}

// oldCount turns -3 into -n 3, as people still type it.
func oldCount(args []string) []string {
	out := append([]string(nil), args...)
	for i := 1; i < len(out); i++ {
		if before := out[i-1]; before == "-n" || before == "-c" {
			continue
		}
		if len(out[i]) > 1 && out[i][0] == '-' && strings.Trim(out[i][1:], "0123456789") == "" {
			out[i] = "-n" + out[i][1:]
		}
	}
	return out
}

func head(c Call) Result { return ends(c, true) }
func tail(c Call) Result { return ends(c, false) }

// ends is head and tail.
func ends(c Call, first bool) Result {
	c.Args = oldCount(c.Args)
	o, bad := c.parse("q", "nc")
	unit := byte('n')
	if o.has('c') {
		unit = 'c'
	}
	var n int
	var fromStart bool
	if bad == "" {
		n, fromStart, bad = count(c, &o, unit, 10)
	}
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	var res Result
	all := c.sources(o.rest, &res)
	for i, s := range all {
		if len(all) > 1 && !o.has('q') {
			if i > 0 {
				res.Stdout += "\n"
			}
			res.Stdout += "==> " + s.name + " <==\n"
		}
		res.Stdout += s.text[cutAt(s.text, n, unit == 'c', first, fromStart):][:cutLen(s.text, n, unit == 'c', first, fromStart)]
	}
	return res
}

// offset is where unit number n of a text begins, counted from 0; the length of the text if there are fewer.
func offset(text string, n int, bytes bool) int {
	if bytes {
		return max(0, min(n, len(text)))
	}
	at := 0
	for ; n > 0 && at < len(text); n-- {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	return at
}

// units is how many lines or bytes a text has.
func units(text string, bytes bool) int {
	if bytes {
		return len(text)
	}
	return len(lines(text))
}

// cutAt is where what head or tail prints begins.
func cutAt(text string, n int, bytes, first, fromStart bool) int {
	switch {
	case first:
		return 0
	case fromStart:
		return offset(text, n-1, bytes)
	default:
		return offset(text, units(text, bytes)-abs(n), bytes)
	}
}

// cutLen is how long it is. A negative number of head leaves out so many at the end.
func cutLen(text string, n int, bytes, first, fromStart bool) int {
	switch {
	case !first:
		return len(text) - cutAt(text, n, bytes, first, fromStart)
	case n < 0:
		return offset(text, units(text, bytes)+n, bytes)
	default:
		return offset(text, n, bytes)
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func wc(c Call) Result {
	o, bad := c.parse("lwcm", "")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	var res Result
	var total [4]int
	all := c.sources(o.rest, &res)
	for _, s := range all {
		counts := [4]int{strings.Count(s.text, "\n"), len(strings.Fields(s.text)), utf8.RuneCountInString(s.text), len(s.text)}
		for i, n := range counts {
			total[i] += n
		}
		res.Stdout += counted(&o, counts, s.name)
	}
	if len(all) > 1 {
		res.Stdout += counted(&o, total, "total")
	}
	return res
}

// counted is a line of wc: one number as it is, several in columns.
func counted(o *options, counts [4]int, name string) string {
	var shown []string
	for i, letter := range []byte("lwmc") {
		if o.has(letter) || len(o.flags) == 0 && letter != 'm' {
			shown = append(shown, itoa(counts[i]))
		}
	}
	if len(shown) > 1 {
		for i := range shown {
			shown[i] = padLeft(shown[i], 9)
		}
	}
	line := strings.Join(shown, " ")
	if name != "-" {
		line += " " + name
	}
	return line + "\n"
}

func uniq(c Call) Result {
	o, bad := c.parse("cdu", "")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	var res Result
	for _, s := range c.sources(o.rest, &res) {
		all := lines(s.text)
		for i := 0; i < len(all); {
			n := 1
			for i+n < len(all) && all[i+n] == all[i] {
				n++
			}
			if !(o.has('d') && n == 1 || o.has('u') && n > 1) {
				if o.has('c') {
					res.Stdout += padLeft(itoa(n), 7) + " "
				}
				res.Stdout += all[i] + "\n"
			}
			i += n
		}
	}
	return res
}

func seq(c Call) Result {
	from, step, to := 1, 1, 0
	var numbers []int
	for _, arg := range c.Args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil {
			return Result{Stderr: "seq: invalid number '" + arg + "'\n", Code: 1}
		}
		numbers = append(numbers, n)
	}
	switch len(numbers) {
	case 1:
		to = numbers[0]
	case 2:
		from, to = numbers[0], numbers[1]
	case 3:
		from, step, to = numbers[0], numbers[1], numbers[2]
	default:
		return Result{Stderr: "usage: seq [FIRST [INC]] LAST\n", Code: 1}
	}
	const most = 100_000
	if step == 0 || (to-from)/step > most {
		return Result{Stderr: "seq: more than " + itoa(most) + " numbers\n", Code: 1}
	}
	var b strings.Builder
	for n := from; step > 0 && n <= to || step < 0 && n >= to; n += step {
		b.WriteString(itoa(n) + "\n")
	}
	return Result{Stdout: b.String()}
}
