package json

import (
	"encoding/base64"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// Marshaler is a value that writes itself.
type Marshaler interface{ MarshalJSON() ([]byte, error) }

// Unmarshaler is a value that reads itself.
type Unmarshaler interface{ UnmarshalJSON([]byte) error }

// Number is a number in the digits it was written with.
type Number string

// MarshalJSON writes the digits.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// Error is a value JSON cannot say.
type Error struct{ Text string }

// Error is the text of encoding/json.
func (e *Error) Error() string { return e.Text }

// Marshal writes v in one line: structs in the order of their fields, maps in that of their keys.
func Marshal(v any) ([]byte, error) {
	w := writer{types: map[reflect.Type]*typeInfo{}}
	w.any(v)
	if w.err != nil {
		return nil, w.err
	}
	return w.b, nil
}

// Appender is a [Marshaler] that needs no memory of its own.
type Appender interface{ AppendJSON(b []byte) []byte }

// Raw is JSON that was written already, in one line.
type Raw []byte

// MarshalJSON is r.
func (r Raw) MarshalJSON() ([]byte, error) { return r, nil }

type writer struct {
	b     []byte
	types map[reflect.Type]*typeInfo
	err   error
	sort  *Sorted // structs are written in the order of their fields' names
	depth int     // of structs, while sorting
}

// typeInfo is what is known of a type.
type typeInfo struct {
	marshals, appends bool
	fields            []field       // of a struct
	sorted            []sortedField // the same by name, those of inline structs among them, once needed
	elem              *typeInfo     // of what a pointer points to, or a list or map holds, once needed
}

type field struct {
	name                string // as JSON, with the colon
	index               int
	inline              bool // its fields stand among those of the struct it is in
	omitEmpty, omitZero bool
	tellsZero           bool // its type knows when it is zero
}

// any writes a value; those of trees without reflection.
func (w *writer) any(v any) {
	switch v := v.(type) {
	case nil:
		w.b = append(w.b, "null"...)
	case string:
		w.b = AppendString(w.b, v)
	case bool:
		w.b = strconv.AppendBool(w.b, v)
	case int64:
		w.b = strconv.AppendInt(w.b, v, 10)
	case float64:
		w.float(v)
	case []any:
		if v == nil {
			w.any(nil)
			return
		}
		w.group('[', ']', len(v), func(i int) { w.any(v[i]) })
	case Raw:
		w.b = append(Grown(w.b, len(v)), v...)
	case map[string]any:
		if v == nil {
			w.any(nil)
			return
		}
		keys := make([]string, 0, len(v))
		//order:irrelevant they are sorted
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		w.group('{', '}', len(keys), func(i int) {
			w.b = append(AppendString(w.b, keys[i]), ':')
			w.any(v[keys[i]])
		})
	default:
		w.value(reflect.ValueOf(v), nil)
	}
}

// Grown is b with room for n bytes more. It grows by doubling: what is long is copied less often than append does.
func Grown(b []byte, n int) []byte {
	if cap(b)-len(b) < n {
		b = slices.Grow(b, len(b)+n)
	}
	return b
}

// group writes n things between brackets.
func (w *writer) group(opening, closing byte, n int, write func(i int)) {
	w.b = append(w.b, opening)
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		write(i)
	}
	w.b = append(w.b, closing)
}

func (w *writer) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.err = &Error{"json: unsupported value: " + strconv.FormatFloat(f, 'g', -1, 64)}
		return
	}
	w.b = AppendFloat(w.b, f)
}

func (w *writer) info(t reflect.Type) *typeInfo {
	info := w.types[t]
	if info == nil {
		info = &typeInfo{marshals: t.Implements(reflect.TypeFor[Marshaler]())}
		info.appends = info.marshals && reflect.PointerTo(t).Implements(reflect.TypeFor[Appender]())
		if t.Kind() == reflect.Struct && !info.marshals {
			info.fields = fieldsOf(t)
		}
		w.types[t] = info
	}
	return info
}

// below is what is known of the type of what a value of this type holds.
func (w *writer) below(info *typeInfo, t reflect.Type) *typeInfo {
	if info.elem == nil {
		info.elem = w.info(t.Elem())
	}
	return info.elem
}

func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		inline := f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct
		if name == "-" || !f.IsExported() && !inline {
			continue
		}
		if name == "" {
			name = f.Name
		}
		out = append(out, field{
			name: string(AppendString(nil, name)) + ":", index: i, inline: inline,
			omitEmpty: strings.Contains(options, "omitempty"), omitZero: strings.Contains(options, "omitzero"),
			tellsZero: f.Type.Implements(reflect.TypeFor[zeroer]()),
		})
	}
	return out
}

// value writes v; info is what is known of its type, if that was asked for.
func (w *writer) value(v reflect.Value, info *typeInfo) {
	if !v.IsValid() {
		w.b = append(w.b, "null"...)
		return
	}
	if info == nil {
		info = w.info(v.Type())
	}
	k := v.Kind()
	switch k {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		if v.IsNil() {
			w.b = append(w.b, "null"...)
			return
		}
		if k == reflect.Pointer {
			w.value(v.Elem(), w.below(info, v.Type()))
			return
		}
		if k == reflect.Interface {
			w.any(v.Interface())
			return
		}
	}
	switch {
	case info.appends && v.CanAddr():
		w.b = v.Addr().Interface().(Appender).AppendJSON(w.b)
	case info.marshals:
		b, err := v.Interface().(Marshaler).MarshalJSON()
		if err != nil {
			w.err = err
		}
		w.b = append(w.b, b...)
	case k == reflect.Struct:
		w.b = append(w.b, '{')
		if w.sort != nil {
			w.sorted(v, info)
		} else {
			w.fields(v, info)
		}
		w.b = append(w.b, '}')
	case k == reflect.Slice || k == reflect.Array:
		w.slice(v, info)
	case k == reflect.Map:
		w.mapping(v, info)
	default:
		w.plain(v)
	}
}

// text writes s; sorting, as it is read again: every byte that is no UTF-8 is a sign for that.
func (w *writer) text(s string) {
	if w.sort != nil && !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	w.b = AppendString(w.b, s)
}

func (w *writer) plain(v reflect.Value) {
	switch {
	case v.Kind() == reflect.String:
		w.text(v.String())
	case v.Kind() == reflect.Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case v.CanInt():
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	case v.CanUint():
		w.b = strconv.AppendUint(w.b, v.Uint(), 10)
	case v.CanFloat():
		w.float(v.Float())
	default:
		w.err = &Error{"json: unsupported type: " + v.Type().String()}
	}
}

func (w *writer) fields(v reflect.Value, info *typeInfo) {
	for i := range info.fields {
		f := &info.fields[i]
		value := v.Field(f.index)
		if f.inline {
			w.fields(value, w.info(value.Type()))
		} else if !f.omits(value) {
			w.entry(f.name, value, nil)
		}
	}
}

// entry writes a field of a struct.
func (w *writer) entry(name string, v reflect.Value, info *typeInfo) {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, name...)
	w.value(v, info)
}

// omits tells whether a value is left out.
func (f *field) omits(v reflect.Value) bool {
	return f.omitEmpty && empty(v) || f.omitZero && f.zero(v)
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Map, reflect.Slice, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

type zeroer interface{ IsZero() bool }

func (f *field) zero(v reflect.Value) bool {
	if f.tellsZero && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return v.Interface().(zeroer).IsZero()
	}
	return v.IsZero()
}

func (w *writer) slice(v reflect.Value, info *typeInfo) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		w.b = append(w.b, '"')
		w.b = base64.StdEncoding.AppendEncode(w.b, v.Bytes())
		w.b = append(w.b, '"')
		return
	}
	below := w.below(info, v.Type())
	w.group('[', ']', v.Len(), func(i int) { w.value(v.Index(i), below) })
}

func (w *writer) mapping(v reflect.Value, info *typeInfo) {
	if v.Type().Key().Kind() != reflect.String {
		w.err = &Error{"json: unsupported type: " + v.Type().String()}
		return
	}
	below := w.below(info, v.Type())
	keys := v.MapKeys()
	sorting.Func(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	w.group('{', '}', len(keys), func(i int) {
		w.text(keys[i].String())
		w.b = append(w.b, ':')
		w.value(v.MapIndex(keys[i]), below)
	})
}
