package json

import (
	"encoding/base64"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

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

type writer struct {
	b     []byte
	types map[reflect.Type]*typeInfo
	err   error
}

// typeInfo is what is known of a type.
type typeInfo struct {
	marshals bool
	fields   []field // of a struct
	sorted   []int   // which of them come one after the other by name
}

type field struct {
	name                string // as JSON, with the colon
	index               int
	inline              bool // its fields stand among those of the struct it is in
	omitEmpty, omitZero bool
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
	case Object:
		w.group('{', '}', len(v), func(i int) {
			w.b = append(AppendString(w.b, v[i].Name), ':')
			w.any(v[i].Value)
		})
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
		w.value(reflect.ValueOf(v))
	}
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
		if t.Kind() == reflect.Struct && !info.marshals {
			info.fields = fieldsOf(t)
			info.sort()
		}
		w.types[t] = info
	}
	return info
}

// sort finds the order of the fields' names, unless names of other structs stand among them.
func (info *typeInfo) sort() {
	for i := range info.fields {
		if info.fields[i].inline {
			info.sorted = nil
			return
		}
		info.sorted = append(info.sorted, i)
	}
	sorting.Func(info.sorted, func(a, b int) int { return strings.Compare(info.fields[a].name, info.fields[b].name) })
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
		})
	}
	return out
}

func (w *writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		w.b = append(w.b, "null"...)
		return
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		if v.IsNil() {
			w.b = append(w.b, "null"...)
			return
		}
		if k := v.Kind(); k == reflect.Pointer || k == reflect.Interface {
			w.value(v.Elem())
			return
		}
	}
	if info := w.info(v.Type()); info.marshals {
		b, err := v.Interface().(Marshaler).MarshalJSON()
		if err != nil {
			w.err = err
		}
		w.b = append(w.b, b...)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		w.b = append(w.b, '{')
		w.fields(v)
		w.b = append(w.b, '}')
	case reflect.Slice, reflect.Array:
		w.slice(v)
	case reflect.Map:
		w.mapping(v)
	default:
		w.plain(v)
	}
}

func (w *writer) plain(v reflect.Value) {
	switch {
	case v.Kind() == reflect.String:
		w.b = AppendString(w.b, v.String())
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

func (w *writer) fields(v reflect.Value) {
	for _, f := range w.info(v.Type()).fields {
		value := v.Field(f.index)
		if f.inline {
			w.fields(value)
			continue
		}
		if f.omits(value) {
			continue
		}
		if w.b[len(w.b)-1] != '{' {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, f.name...)
		w.value(value)
	}
}

// omits tells whether a value is left out.
func (f *field) omits(v reflect.Value) bool {
	return f.omitEmpty && empty(v) || f.omitZero && zero(v)
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

func zero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
	}
	return v.IsZero()
}

func (w *writer) slice(v reflect.Value) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		w.b = append(w.b, '"')
		w.b = base64.StdEncoding.AppendEncode(w.b, v.Bytes())
		w.b = append(w.b, '"')
		return
	}
	w.group('[', ']', v.Len(), func(i int) { w.value(v.Index(i)) })
}

func (w *writer) mapping(v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String {
		w.err = &Error{"json: unsupported type: " + v.Type().String()}
		return
	}
	keys := v.MapKeys()
	sorting.Func(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	w.group('{', '}', len(keys), func(i int) {
		w.b = append(AppendString(w.b, keys[i].String()), ':')
		w.value(v.MapIndex(keys[i]))
	})
}
