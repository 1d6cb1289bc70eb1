package json

import (
	"encoding/base64"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Trees makes plain values of Go values. The zero value is ready; it keeps what it learned of types, so one that makes many
// trees is faster than many.
type Trees struct {
	// Number makes the value of a number's digits, as in [Value.Tree]. Whole numbers of up to 63 bits are an int64 in any case.
	Number func(digits string) any
	// Only are the names of the fields wanted of the struct itself; none means all.
	Only []string
	w    writer
}

// Of is v as [Marshal] would write it and [Parse] read it again.
func (t *Trees) Of(v any) (any, error) {
	if t.w.types == nil {
		t.w.types = map[reflect.Type]*typeInfo{}
	}
	value := reflect.ValueOf(v)
	if len(t.Only) == 0 || value.Kind() != reflect.Pointer || value.IsNil() || value.Elem().Kind() != reflect.Struct {
		tree := t.value(value)
		return tree, t.w.err
	}
	tree := map[string]any{}
	for _, f := range t.w.info(value.Type().Elem()).fields {
		name, field := f.name[1:len(f.name)-2], value.Elem().Field(f.index)
		if slices.Contains(t.Only, name) && !f.omits(field) {
			tree[name] = t.value(field)
		}
	}
	return tree, t.w.err
}

func (t *Trees) value(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		if v.IsNil() {
			return nil
		}
		if k := v.Kind(); k == reflect.Pointer || k == reflect.Interface {
			return t.value(v.Elem())
		}
	}
	if t.w.info(v.Type()).marshals {
		return t.written(v)
	}
	switch v.Kind() {
	case reflect.Struct:
		m := map[string]any{}
		t.fields(v, m)
		return m
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
			return base64.StdEncoding.EncodeToString(v.Bytes())
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = t.value(v.Index(i))
		}
		return list
	case reflect.Map:
		return t.mapping(v)
	}
	return t.plain(v)
}

func (t *Trees) mapping(v reflect.Value) any {
	if v.Type().Key().Kind() != reflect.String {
		t.w.err = &Error{"json: unsupported type: " + v.Type().String()}
		return nil
	}
	m := make(map[string]any, v.Len())
	for _, k := range v.MapKeys() {
		m[t.text(k.String())] = t.value(v.MapIndex(k))
	}
	return m
}

func (t *Trees) fields(v reflect.Value, into map[string]any) {
	for _, f := range t.w.info(v.Type()).fields {
		value := v.Field(f.index)
		switch {
		case f.inline:
			t.fields(value, into)
		case f.omits(value):
		default:
			into[f.name[1:len(f.name)-2]] = t.value(value)
		}
	}
}

func (t *Trees) plain(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.String:
		return t.text(v.String())
	case v.Kind() == reflect.Bool:
		return v.Bool()
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return t.Number(strconv.FormatUint(v.Uint(), 10))
	}
	return t.written(v)
}

// text is s as JSON has it: every byte that is no UTF-8 is a sign for that.
func (t *Trees) text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	v, err := Parse(AppendString(nil, s))
	if err != nil {
		return s
	}
	return v.Text
}

// written goes by way of the bytes.
func (t *Trees) written(v reflect.Value) any {
	w := writer{types: t.w.types}
	w.value(v, nil)
	if w.err != nil {
		t.w.err = w.err
		return nil
	}
	if plainText(w.b) {
		return string(w.b[1 : len(w.b)-1])
	}
	parsed, err := Parse(w.b)
	if err != nil {
		t.w.err = err
		return nil
	}
	return parsed.Tree(t.Number)
}

// plainText tells whether b is a text that is written as it is: moments and amounts are, and they are many.
func plainText(b []byte) bool {
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return false
	}
	for _, c := range b[1 : len(b)-1] {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
