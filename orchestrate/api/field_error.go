package api

import (
	"slices"
	"strconv"
	"strings"
)

// FieldError is one thing that is wrong with one field of an object.
//
// Source: the texts are those of apimachinery's package field, version 0.37.
type FieldError struct {
	// Type is what kind of thing is wrong.
	Type FieldErrorType
	// Field is the path of the field, for example spec.containers[0].image.
	Field string
	// BadValue is the value found, as it is printed: quoted if it is text, JSON if it is more than that.
	// It is empty where the text does not show a value.
	BadValue string
	// Detail says more; it may be empty.
	Detail string
}

// FieldErrorType is what kind of thing is wrong with a field.
type FieldErrorType string

// The types of field errors, spelled as the causes of a Status spell them.
const (
	FieldNotFound     FieldErrorType = "FieldValueNotFound"
	FieldRequired     FieldErrorType = "FieldValueRequired"
	FieldDuplicate    FieldErrorType = "FieldValueDuplicate"
	FieldInvalid      FieldErrorType = "FieldValueInvalid"
	FieldNotSupported FieldErrorType = "FieldValueNotSupported"
	FieldForbidden    FieldErrorType = "FieldValueForbidden"
	FieldTooLong      FieldErrorType = "FieldValueTooLong"
	FieldTooMany      FieldErrorType = "FieldValueTooMany"
	FieldTypeInvalid  FieldErrorType = "FieldValueTypeInvalid"
	FieldInternal     FieldErrorType = "InternalError"
)

var fieldErrorWords = []struct {
	is   FieldErrorType
	text string
}{
	{FieldNotFound, "Not found"}, {FieldRequired, "Required value"}, {FieldDuplicate, "Duplicate value"},
	{FieldInvalid, "Invalid value"}, {FieldNotSupported, "Unsupported value"}, {FieldForbidden, "Forbidden"},
	{FieldTooLong, "Too long"}, {FieldTooMany, "Too many"}, {FieldTypeInvalid, "Invalid value"},
	{FieldInternal, "Internal error"},
}

// Error is the path and what is wrong, for example "spec.containers: Required value".
func (e FieldError) Error() string { return e.Field + ": " + e.Body() }

// Body is what is wrong, without the path.
func (e FieldError) Body() string {
	text := string(e.Type)
	for _, w := range fieldErrorWords {
		if w.is == e.Type {
			text = w.text
		}
	}
	if e.BadValue != "" {
		text += ": " + e.BadValue
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// NotFoundAt says that what the field names does not exist.
func NotFoundAt(field, name string) FieldError {
	return FieldError{Type: FieldNotFound, Field: field, BadValue: strconv.Quote(name)}
}

// RequiredAt says that the field is missing.
func RequiredAt(field, detail string) FieldError {
	return FieldError{Type: FieldRequired, Field: field, Detail: detail}
}

// DuplicateAt says that the value is there already; see [ShowValue] for bad.
func DuplicateAt(field string, bad any) FieldError {
	return FieldError{Type: FieldDuplicate, Field: field, BadValue: ShowValue(bad)}
}

// InvalidAt says that the value is wrong; see [ShowValue] for bad.
func InvalidAt(field string, bad any, detail string) FieldError {
	return FieldError{Type: FieldInvalid, Field: field, BadValue: ShowValue(bad), Detail: detail}
}

// ForbiddenAt says that the field may not be set, or not be changed.
func ForbiddenAt(field, detail string) FieldError {
	return FieldError{Type: FieldForbidden, Field: field, Detail: detail}
}

// NotSupportedAt says that the value is none of those listed, which are printed in the given order.
func NotSupportedAt[T ~string](field string, bad T, valid ...T) FieldError {
	quoted := make([]string, len(valid))
	for i, v := range valid {
		quoted[i] = strconv.Quote(string(v))
	}
	e := FieldError{Type: FieldNotSupported, Field: field, BadValue: strconv.Quote(string(bad))}
	if len(quoted) > 0 {
		e.Detail = "supported values: " + strings.Join(quoted, ", ")
	}
	return e
}

// TooLongAt says that a text has more than most bytes.
func TooLongAt(field string, most int) FieldError {
	return FieldError{Type: FieldTooLong, Field: field, Detail: "may not be more than " + strconv.Itoa(most) + " bytes"}
}

// TooManyAt says that a list has more than most items.
func TooManyAt(field string, found, most int) FieldError {
	items := " items"
	if most == 1 {
		items = " item"
	}
	return FieldError{Type: FieldTooMany, Field: field, BadValue: strconv.Itoa(found),
		Detail: "must have at most " + strconv.Itoa(most) + items}
}

// ShowValue prints a value as field errors do: text in quotes, numbers and truth values bare, and
// anything else as JSON.
func ShowValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	case int:
		return strconv.Itoa(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case Quantity:
		return strconv.Quote(v.String())
	}
	return showOther(v)
}

// joinFieldErrors is upstream's text for several errors: bare if there is one, in brackets if there
// are more, and each text once.
func joinFieldErrors(errs []FieldError) string {
	var texts []string
	for _, e := range errs {
		if t := e.Error(); !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "[" + strings.Join(texts, ", ") + "]"
}
