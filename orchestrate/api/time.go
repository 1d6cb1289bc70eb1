package api

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/internal/fmt"
)

// Time is a moment in seconds since 1970 in UTC; zero means "not set".
// As JSON it is the RFC 3339 text Kubernetes uses, for example "2017-02-18T02:00:00Z".
type Time int64

// MicroTime is a moment in microseconds since 1970 in UTC; zero means "not set".
// As JSON it is RFC 3339 with six decimals.
type MicroTime int64

// Std is t for package time, in UTC.
func (t Time) Std() time.Time { return time.Unix(int64(t), 0).UTC() }

// String is t in RFC 3339, or "" if it is not set.
func (t Time) String() string {
	if t == 0 {
		return ""
	}
	return calendar.Text(t.Std(), calendar.RFC3339)
}

// MarshalJSON writes the RFC 3339 text, or null if t is not set.
func (t Time) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil), nil }

// AppendJSON adds what MarshalJSON writes.
func (t Time) AppendJSON(b []byte) []byte {
	if t == 0 {
		return append(b, "null"...)
	}
	return append(calendar.Append(append(b, '"'), t.Std(), calendar.RFC3339), '"')
}

// UnmarshalJSON reads RFC 3339 text or null.
func (t *Time) UnmarshalJSON(b []byte) error {
	std, err := parseTime(b, time.RFC3339)
	if err != nil {
		return err
	}
	*t = 0
	if !std.IsZero() {
		*t = Time(std.Unix())
	}
	return nil
}

// String is t in RFC 3339 with six decimals, or "" if it is not set.
func (t MicroTime) String() string {
	if t == 0 {
		return ""
	}
	return calendar.Text(time.UnixMicro(int64(t)).UTC(), calendar.Micro)
}

// MarshalJSON writes the RFC 3339 text, or null if t is not set.
func (t MicroTime) MarshalJSON() ([]byte, error) {
	if t == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, t.String()), nil
}

// UnmarshalJSON reads RFC 3339 text or null.
func (t *MicroTime) UnmarshalJSON(b []byte) error {
	std, err := parseTime(b, time.RFC3339Nano)
	if err != nil {
		return err
	}
	*t = 0
	if !std.IsZero() {
		*t = MicroTime(std.UnixMicro())
	}
	return nil
}

func parseTime(b []byte, layout string) (time.Time, error) {
	if string(b) == "null" {
		return time.Time{}, nil
	}
	s, err := strconv.Unquote(string(b))
	if err != nil {
		return time.Time{}, fmt.Errorf("api: a time is text in RFC 3339, not %s", b)
	}
	return calendar.Parse(layout, s)
}

// Revision numbers the writes of a world, from 1. As JSON it is text, because that is what
// Kubernetes' resourceVersion is; zero means "not stored".
type Revision uint64

// String is the number in decimal.
func (r Revision) String() string { return strconv.FormatUint(uint64(r), 10) }

// MarshalJSON writes the number as text.
func (r Revision) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// AppendJSON adds what MarshalJSON writes.
func (r Revision) AppendJSON(b []byte) []byte {
	return append(strconv.AppendUint(append(b, '"'), uint64(r), 10), '"')
}

// UnmarshalJSON reads a number written as text; "" is zero.
func (r *Revision) UnmarshalJSON(b []byte) error {
	s, err := strconv.Unquote(string(b))
	if err != nil {
		return fmt.Errorf("api: a resourceVersion is text, not %s", b)
	}
	if s == "" {
		*r = 0
		return nil
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return fmt.Errorf("api: a resourceVersion is a number written as text, not %q", s)
	}
	*r = Revision(n)
	return nil
}
