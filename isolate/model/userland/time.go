package userland

import "strings"

var months = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

var days = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// date is a time in UTC.
type date struct {
	year, month, day, hour, minute, second, weekday, yearday int
}

// dateOf takes Unix seconds apart. Source: the calendar's 400-year cycle, counted from 1 March of year 0.
func dateOf(t int64) date {
	n := t / 86400
	rest := t % 86400
	if rest < 0 {
		rest += 86400
		n--
	}
	z := n + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d := date{year: int(yoe + era*400), day: int(doy - (153*mp+2)/5 + 1), month: int(mp + 3)}
	if d.month > 12 {
		d.month -= 12
		d.year++
	}
	d.hour, d.minute, d.second = int(rest/3600), int(rest/60%60), int(rest%60)
	d.weekday = int((n%7 + 11) % 7)
	return d
}

// now is the time of day in Unix seconds.
func (c *cmd) now() int64 { return c.Kernel().UnixTime() }

func dateMain(c *cmd) int {
	f, status := c.parse(options{plain: "uRI", valued: "dDrs"})
	if status != 0 {
		return status
	}
	t := c.now()
	if s, ok := strings.CutPrefix(f.values['d'], "@"); ok {
		t = int64(atoi(s))
	}
	format := "%a %b %e %H:%M:%S UTC %Y"
	if len(f.rest) > 0 && strings.HasPrefix(f.rest[0], "+") {
		format = f.rest[0][1:]
	}
	c.put(strftime(format, t, c.Kernel().Now()), "\n")
	return 0
}

// strftime knows the letters people type.
func strftime(format string, t, ns int64) string {
	d := dateOf(t)
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		two := func(n int) string { return zeros(itoa(n), 2) }
		b.WriteString(map[byte]string{'Y': itoa(d.year), 'm': two(d.month), 'd': two(d.day), 'e': right(itoa(d.day), 2), 'H': two(d.hour), 'M': two(d.minute),
			'S': two(d.second), 'a': days[d.weekday], 'b': months[d.month-1], 's': itoa64(t), 'F': itoa(d.year) + "-" + two(d.month) + "-" + two(d.day),
			'T': two(d.hour) + ":" + two(d.minute) + ":" + two(d.second), 'Z': "UTC", 'z': "+0000", 'N': zeros(itoa64(ns%1_000_000_000), 9), '%': "%", 'y': two(d.year % 100),
			'j': itoa(d.yearday), 'n': "\n"}[format[i]])
	}
	return b.String()
}

// fullTime is a time as stat shows it.
func fullTime(t int64) string { return strftime("%F %T", t, 0) + ".000000000 +0000" }
