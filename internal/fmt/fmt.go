// Package fmt prints as the standard library's fmt does, as far as the engine prints, in a tenth of its weight.
//
//	Errorf("pod %q has %d containers: %w", name, n, err)
//
// A first look: [Sprintf], [Errorf], [Appendf] and [Sprint] stand for the functions they are named after. They know the verbs %s, %d, %q,
// %v, %c, %T and %w, and %#v for trees of plain values; no flags and no widths. A test in the root of the module holds every
// call in the engine to that.
//
// It exists because everybody's first visit loads the engine: the standard library's fmt brings files and the
// printing of anything by reflection.
package fmt

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Stringer is a value that has a text of its own.
type Stringer interface{ String() string }

// Sprintf is the format with a value in the place of each verb.
func Sprintf(format string, args ...any) string { return string(Appendf(nil, format, args...)) }

// Fprintf writes what Sprintf gives.
func Fprintf(b *strings.Builder, format string, args ...any) { b.Write(Appendf(nil, format, args...)) }

// Sprint is one value as %v prints it.
func Sprint(v any) string { return string(appendValue(nil, v, 'v')) }

// wrapped is an error around others.
type wrapped struct {
	text string
	errs []error
}

func (w *wrapped) Error() string   { return w.text }
func (w *wrapped) Unwrap() []error { return w.errs }

// Errorf is an error with the text of Sprintf. errors.Is and errors.As find what stands for %w.
func Errorf(format string, args ...any) error {
	var errs []error
	eachVerb(format, func(verb byte, n int) {
		if err, ok := arg(args, n).(error); ok && verb == 'w' {
			errs = append(errs, err)
		}
	})
	text := Sprintf(format, args...)
	if errs == nil {
		return errors.New(text)
	}
	return &wrapped{text, errs}
}

func arg(args []any, n int) any {
	if n < len(args) {
		return args[n]
	}
	return nil
}

// eachVerb calls do with every verb that takes an argument, and the number of the argument.
func eachVerb(format string, do func(verb byte, n int)) {
	n := 0
	for i := 0; i+1 < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		if i++; format[i] == '#' {
			i++
		}
		if format[i] != '%' {
			do(format[i], n)
			n++
		}
	}
}

// Appendf adds what Sprintf gives.
func Appendf(b []byte, format string, args ...any) []byte {
	n := 0
	for i := 0; i < len(format); i++ {
		if at := strings.IndexByte(format[i:], '%'); at < 0 || i+at+1 == len(format) {
			return append(b, format[i:]...)
		} else if at > 0 {
			b = append(b, format[i:i+at]...)
			i += at
		}
		i++
		verb := format[i]
		if verb == '%' {
			b = append(b, '%')
			continue
		}
		if verb == '#' {
			verb = '#'
			i++ // the v behind it
		}
		if n >= len(args) {
			b = append(append(append(b, "%!"...), verb), "(MISSING)"...)
			continue
		}
		b = appendValue(b, args[n], verb)
		n++
	}
	return b
}

func appendValue(b []byte, v any, verb byte) []byte {
	switch verb {
	case 'T':
		if v == nil {
			return append(b, "<nil>"...)
		}
		return append(b, reflect.TypeOf(v).String()...)
	case '#':
		return appendGo(b, v)
	case 'c':
		return utf8.AppendRune(b, rune(reflect.ValueOf(v).Int()))
	case 'd':
		return appendPlain(b, reflect.ValueOf(v), verb)
	}
	switch v := v.(type) {
	case nil:
		if verb == 'v' || verb == 'w' {
			return append(b, "<nil>"...)
		}
		return append(append(append(b, "%!"...), verb), "(<nil>)"...)
	case string:
		return appendText(b, v, verb)
	case error:
		return appendText(b, v.Error(), verb)
	case Stringer:
		return appendText(b, v.String(), verb)
	}
	return appendPlain(b, reflect.ValueOf(v), verb)
}

func appendText(b []byte, s string, verb byte) []byte {
	if verb == 'q' {
		return strconv.AppendQuote(b, s)
	}
	return append(b, s...)
}

// appendPlain prints what has no text of its own.
func appendPlain(b []byte, v reflect.Value, verb byte) []byte {
	switch {
	case v.Kind() == reflect.String:
		return appendText(b, v.String(), verb)
	case v.CanInt() && verb == 'q':
		return strconv.AppendQuoteRune(b, rune(v.Int()))
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10)
	case v.CanUint() && verb == 'q':
		return strconv.AppendQuoteRune(b, rune(v.Uint()))
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10)
	case v.CanFloat():
		return strconv.AppendFloat(b, v.Float(), 'g', -1, v.Type().Bits())
	case v.Kind() == reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && verb != 'd' && verb != 'v':
		return appendText(b, string(v.Bytes()), verb)
	}
	return appendGroup(b, v, verb)
}

// appendGroup prints lists as [a b] and maps as map[a:1 b:2], the keys sorted.
func appendGroup(b []byte, v reflect.Value, verb byte) []byte {
	switch v.Kind() {
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ' ')
			}
			b = appendValue(b, v.Index(i).Interface(), verb)
		}
		return append(b, ']')
	case reflect.Map:
		b = append(b, "map["...)
		for i, k := range sortedKeys(v) {
			if i > 0 {
				b = append(b, ' ')
			}
			b = append(appendText(b, k.String(), verb), ':')
			b = appendValue(b, v.MapIndex(k).Interface(), verb)
		}
		return append(b, ']')
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return appendValue(b, v.Elem().Interface(), verb)
		}
		return append(b, "<nil>"...)
	}
	return append(append(b, "?"...), v.Type().String()...)
}
