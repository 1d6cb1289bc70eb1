package request

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// logCall is a GET of a pod's log as REST has it.
type logCall struct {
	call
	log    Log
	from   time.Duration // lines before it were sent, or are not wanted
	tail   int64         // so many of the lines there are at first; -1 for all
	left   int64         // bytes that may still be sent; -1 for any number
	stamps bool
}

// openLog finds the log a call asks for.
//
// Source: Kubernetes API reference, "PodLogOptions v1 core".
func (r *call) openLog() (*logCall, error) {
	l := &logCall{call: *r, tail: -1, left: -1}
	var errs []api.FieldError
	whole := func(name string, least int64, into *int64) {
		text := r.query[name]
		if text == "" {
			return
		}
		n, err := number(text)
		switch {
		case err != nil:
			errs = append(errs, api.InvalidAt(name, text, "must be a whole number"))
		case n < least && least == 0:
			errs = append(errs, api.InvalidAt(name, n, "must be greater than or equal to 0"))
		case n < least:
			errs = append(errs, api.InvalidAt(name, n, "must be greater than 0"))
		default:
			*into = n
		}
	}
	seconds := int64(0)
	whole("tailLines", 0, &l.tail)
	whole("limitBytes", 1, &l.left)
	whole("sinceSeconds", 1, &seconds)
	if r.query["sinceTime"] != "" && r.query["sinceSeconds"] != "" {
		errs = append(errs, api.ForbiddenAt("", "at most one of `sinceTime` or `sinceSeconds` may be specified"))
	}
	if seconds > 0 {
		const day = 24 * 60 * 60
		l.from = max(0, r.server.Elapsed()-time.Duration(min(seconds, 365*day))*time.Second)
	}
	if at := r.query["sinceTime"]; at != "" {
		t, err := calendar.Parse(time.RFC3339, at)
		if err != nil {
			return nil, api.BadRequest("unable to parse query parameter sinceTime: " + strconv.Quote(at))
		}
		l.from = max(0, t.Sub(r.server.Moment(0)))
	}
	if len(errs) > 0 {
		return nil, api.Invalid("PodLogOptions", r.place.name, errs)
	}
	l.stamps = r.flag("timestamps")
	var err error
	l.log, err = r.server.OpenLog(r.place.namespace, r.place.name, r.query["container"], r.flag("previous"))
	return l, err
}

// next is what has been printed since the last time.
func (l *logCall) next() (chunk []byte, open bool) {
	now := l.server.Elapsed() + 1
	lines, open := l.server.Read(l.log, l.from, now)
	l.from = now
	if l.tail >= 0 && int64(len(lines)) > l.tail {
		lines = lines[int64(len(lines))-l.tail:]
	}
	l.tail = -1
	var b strings.Builder
	for _, line := range lines {
		if l.stamps {
			b.WriteString(calendar.Text(l.server.Moment(line.At), calendar.Nano) + " ")
		}
		b.WriteString(line.Text + "\n")
	}
	chunk = []byte(b.String())
	if l.left >= 0 {
		chunk = chunk[:min(int64(len(chunk)), l.left)]
		l.left -= int64(len(chunk))
		open = open && l.left > 0
	}
	return chunk, open
}

// logAnswer is what a log holds now.
func (r *call) logAnswer() Answer {
	l, err := r.openLog()
	if err != nil {
		return failure(err)
	}
	chunk, _ := l.next()
	return Answer{Code: 200, Type: textType, Body: chunk}
}
