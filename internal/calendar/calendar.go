// Package calendar writes and reads moments in UTC as the standard library's time does, as far as the engine does, in a tenth of its weight.
//
//	time.Time --Text(t, RFC3339)--> "2017-02-18T02:00:00Z" --Parse--> time.Time
//
// A first look: [Text] and [Append] fill in a form with the verbs of date(1); [Parse] reads RFC 3339 and refuses with time's own words.
//
// It exists because everybody's first visit loads the engine: time's layouts know every way to write a moment, and with them come the
// zones of the world.
package calendar

import (
	"strconv"
	"time"
)

// Forms for [Text] and [Append].
const (
	RFC3339 = "%Y-%m-%dT%H:%M:%SZ"
	Micro   = "%Y-%m-%dT%H:%M:%S.%fZ" // RFC 3339 with six decimals
	Nano    = "%Y-%m-%dT%H:%M:%S.%NZ" // with nine
	Nanos   = "%Y-%m-%dT%H:%M:%S%nZ"  // with as many as there are
	Clock   = "%H:%M:%S"
	Date    = "%a %b %e %H:%M:%S UTC %Y" // as date(1) prints it in the C locale
	RFC1123 = "%a, %d %b %Y %H:%M:%S +0000"
)

// Text is t in UTC in a form.
func Text(t time.Time, form string) string { return string(Append(nil, t, form)) }

// Append adds t in UTC to b. The verbs of a form are those of date(1), %f for microseconds and %n for the decimals
// of a second that are not zero, with their point. The year is at least 1.
func Append(b []byte, t time.Time, form string) []byte {
	days, second := split(t.Unix())
	year, month, day := civil(days)
	for i := 0; i < len(form); i++ {
		if form[i] != '%' {
			b = append(b, form[i])
			continue
		}
		i++
		switch form[i] {
		case 'Y':
			b = padded(b, year, 4, '0')
		case 'm':
			b = padded(b, month, 2, '0')
		case 'd':
			b = padded(b, day, 2, '0')
		case 'e':
			b = padded(b, day, 2, ' ')
		case 'H':
			b = padded(b, second/3600, 2, '0')
		case 'M':
			b = padded(b, second/60%60, 2, '0')
		case 'S':
			b = padded(b, second%60, 2, '0')
		case 'a':
			at := ((days+4)%7 + 7) % 7 * 3 // the first day of 1970 was a Thursday
			b = append(b, "SunMonTueWedThuFriSat"[at:at+3]...)
		case 'b':
			b = append(b, "JanFebMarAprMayJunJulAugSepOctNovDec"[month*3-3:month*3]...)
		case 'f':
			b = padded(b, t.Nanosecond()/1000, 6, '0')
		case 'N':
			b = padded(b, t.Nanosecond(), 9, '0')
		case 'n':
			b = decimals(b, t.Nanosecond())
		}
	}
	return b
}

// decimals adds the decimals of a second up to the last that is not zero.
func decimals(b []byte, nanos int) []byte {
	if nanos == 0 {
		return b
	}
	b = padded(append(b, '.'), nanos, 9, '0')
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

// padded adds a number to the base of ten, made as wide as it has to be.
func padded(b []byte, n, width int, with byte) []byte {
	for least := 10; width > 1; width, least = width-1, least*10 {
		if n < least {
			b = append(b, with)
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

const secondsADay = 24 * 60 * 60

// split is the day since 1970 on which a moment lies, and the second of that day.
func split(unix int64) (day, second int) {
	second = int((unix%secondsADay + secondsADay) % secondsADay)
	return int((unix - int64(second)) / secondsADay), second
}

// civil is the date of a day since 1970. It counts from the first of March of the year 0, so that the day that leap
// years have more comes last in a year, and a month is as long as the one five before it.
func civil(days int) (year, month, day int) {
	days += 719468
	era := days / 146097 // four hundred years
	of := days % 146097
	years := (of - of/1460 + of/36524 - of/146096) / 365
	of -= 365*years + years/4 - years/100
	month = (5*of + 2) / 153
	day = of - (153*month+2)/5 + 1
	year, month = years+era*400, month+3
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// daysTo is the way back: the day since 1970 of a date.
func daysTo(year, month, day int) int {
	if month < 3 {
		year, month = year-1, month+12
	}
	return 365*year + floor(year, 4) - floor(year, 100) + floor(year, 400) + (153*month-457)/5 + day - 719469
}

// floor divides downwards.
func floor(a, b int) int {
	if a < 0 {
		a -= b - 1
	}
	return a / b
}
