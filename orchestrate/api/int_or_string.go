package api

import (
	"encoding/json"
	"strconv"
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
func (v IntOrString) MarshalJSON() ([]byte, error) {
	if v.IsText {
		return json.Marshal(v.Text)
	}
	return strconv.AppendInt(nil, int64(v.Number), 10), nil
}

// UnmarshalJSON reads a number or a string.
func (v *IntOrString) UnmarshalJSON(b []byte) error {
	*v = IntOrString{IsText: len(b) > 0 && b[0] == '"'}
	if v.IsText {
		return json.Unmarshal(b, &v.Text)
	}
	return json.Unmarshal(b, &v.Number)
}
