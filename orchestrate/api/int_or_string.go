package api

import (
	"errors"
	"strconv"

	"github.com/slipway-dev/slipway/internal/json"
)

// IntOrString is a number or a text, where Kubernetes takes both: a port by number or by name.
// The zero value is the number 0.
type IntOrString struct {
	// Text is the text, if IsText.
	Text string
	// Number is the number, if not IsText.
	Number int32
	// IsText tells which of the two counts.
	IsText bool
}

// IntOf is the number n.
func IntOf(n int32) IntOrString { return IntOrString{Number: n} }

// TextOf is the text s.
func TextOf(s string) IntOrString { return IntOrString{Text: s, IsText: true} }

// String is the number in decimal, or the text.
func (v IntOrString) String() string {
	if v.IsText {
		return v.Text
	}
	return strconv.Itoa(int(v.Number))
}

// MarshalJSON writes a number or a string.
func (v IntOrString) MarshalJSON() ([]byte, error) { return v.AppendJSON(nil), nil }

// AppendJSON adds what MarshalJSON writes.
func (v IntOrString) AppendJSON(b []byte) []byte {
	if v.IsText {
		return json.AppendString(b, v.Text)
	}
	return strconv.AppendInt(b, int64(v.Number), 10)
}

// UnmarshalJSON reads a number or a string.
func (v *IntOrString) UnmarshalJSON(b []byte) error {
	*v = IntOrString{}
	from, err := json.Parse(b)
	if err != nil {
		return err
	}
	switch from.Kind {
	case json.Text:
		*v = TextOf(from.Text)
	case json.Num:
		n, err := strconv.ParseInt(from.Text, 10, 32)
		v.Number = int32(n)
		return err
	case json.Null:
	default:
		return errors.New("a number or a text is wanted, not " + string(b))
	}
	return nil
}
