package calendar

import (
	"strings"
	"time"
)

// Parse reads RFC 3339. An error has the words of time.Parse(layout, text), where layout is [time.RFC3339] or
// [time.RFC3339Nano]; both read the same.
func Parse(layout, text string) (time.Time, error) {
	r := reader{layout: layout, text: text, rest: text, fixed: true}
	r.date()
	r.skip("T")
	r.clock()
	r.zone()
	if r.why == "" && r.rest != "" {
		r.why = ": extra text: " + quote(r.rest)
	}
	if r.why == "" && (r.day < 1 || r.day > lastDay(r.year, r.month)) {
		r.why = ": day out of range"
	}
	if r.why != "" {
		return time.Time{}, failure("parsing time " + quote(text) + r.why)
	}
	return r.moment(), nil
}

// Loose tells whether text is a date, or a date and a time, as YAML 1.1 has them: a month, a day, minutes and seconds may be of one digit.
func Loose(text string) bool {
	r := reader{text: text, rest: text}
	r.date()
	if r.why == "" && r.rest != "" {
		at := r.rest[0]
		r.skip(r.rest[:1])
		switch at {
		case 'T', 't':
			r.clock()
			r.zone()
		case ' ':
			r.rest = strings.TrimLeft(r.rest, " ")
			r.clock()
		default:
			return false
		}
	}
	return r.why == "" && r.rest == "" && r.day > 0 && r.day <= lastDay(r.year, r.month)
}

// TimeOfDay reads hours, minutes and, if they are there, seconds with decimals.
func TimeOfDay(text string) (time.Duration, bool) {
	r := reader{text: text, rest: text, fixed: true}
	r.minutes()
	if r.rest != "" {
		r.seconds()
	}
	return time.Duration(r.second)*time.Second + time.Duration(r.nanos), r.why == "" && r.rest == ""
}

type failure string

func (f failure) Error() string { return string(f) }

// reader takes a text apart from the left, until there is a reason why not.
type reader struct {
	layout, text, rest string
	fixed              bool // numbers have as many digits as in the layout
	why                string
	year, month, day   int
	second, nanos      int // of the day, in UTC; of the second
}

func (r *reader) moment() time.Time {
	days := int64(daysTo(r.year, r.month, r.day))
	return time.Unix(days*secondsADay+int64(r.second), int64(r.nanos)).UTC()
}

func (r *reader) date() {
	year := r.rest
	if len(year) < 4 || digits(year[:4]) < 4 {
		r.bad("2006", r.rest)
		return
	}
	r.year, r.rest = number(year[:4]), year[4:]
	r.skip("-")
	r.month = r.pair("01", r.fixed)
	r.limit(r.month < 1 || r.month > 12, "month")
	r.skip("-")
	r.day = r.pair("02", r.fixed)
}

func (r *reader) clock() {
	r.minutes()
	r.seconds()
}

func (r *reader) minutes() {
	hour := r.pair("15", false)
	r.limit(hour >= 24, "hour")
	r.skip(":")
	minute := r.pair("04", r.fixed)
	r.limit(minute >= 60, "minute")
	r.second = hour*3600 + minute*60
}

func (r *reader) seconds() {
	r.skip(":")
	second := r.pair("05", r.fixed)
	r.limit(second >= 60, "second")
	r.second += second
	if r.why != "" || len(r.rest) < 2 || r.rest[0] != '.' && r.rest[0] != ',' {
		return
	}
	n := digits(r.rest[1:])
	if n == 0 {
		return
	}
	r.nanos = number((r.rest[1:1+n] + "00000000")[:9])
	r.rest = r.rest[1+n:]
}

// zone reads how far a zone is from UTC, and goes there.
func (r *reader) zone() {
	const layout = "Z07:00"
	z := r.rest
	switch {
	case r.why != "":
		return
	case strings.HasPrefix(z, "Z"):
		r.rest = z[1:]
		return
	case len(z) < 6 || z[3] != ':' || digits(z[1:3]) < 2 || digits(z[4:6]) < 2 && number(z[1:3]) <= 24:
		r.bad(layout, z)
		return
	}
	hours, minutes := number(z[1:3]), number(z[4:6])
	r.rest = z[6:]
	r.limit(hours > 24, "time zone offset hour")
	r.limit(minutes > 60, "time zone offset minute")
	switch offset := hours*3600 + minutes*60; z[0] {
	case '+':
		r.second -= offset
	case '-':
		r.second += offset
	default:
		r.bad(layout, z)
	}
}

// pair reads a number of two digits, or of one where that will do.
func (r *reader) pair(layout string, fixed bool) int {
	n := min(2, digits(r.rest))
	if n == 0 || n == 1 && fixed {
		r.bad(layout, r.rest)
	}
	if r.why != "" {
		return 0
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return number(text)
}

func (r *reader) skip(what string) {
	if !strings.HasPrefix(r.rest, what) {
		r.bad(what, r.rest)
	}
	if r.why == "" {
		r.rest = r.rest[len(what):]
	}
}

// limit is what to do about a number that is out of its range.
func (r *reader) limit(exceeded bool, name string) {
	if exceeded && r.why == "" {
		r.why = ": " + name + " out of range"
	}
}

func (r *reader) bad(layout, at string) {
	if r.why == "" {
		r.why = " as " + quote(r.layout) + ": cannot parse " + quote(at) + " as " + quote(layout)
	}
}

// digits is how many a text begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func number(digits string) int {
	n := 0
	for _, d := range []byte(digits) {
		n = n*10 + int(d-'0')
	}
	return n
}

func lastDay(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// quote writes a text as time's errors do: bytes that are not printable ASCII in hexadecimal.
func quote(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for _, c := range []byte(s) {
		switch {
		case c >= 0x80 || c < ' ':
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
