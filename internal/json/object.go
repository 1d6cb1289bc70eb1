package json

import (
	"encoding/base64"
	"reflect"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// Object is a Go struct as a tree has an object: it is written with its fields in the order of their names, and they can be looked up.
// Nothing is copied; what it stands for must not change.
type Object struct {
	p    unsafe.Pointer
	info *typeInfo
	ObjectOptions
}

// ObjectOptions say what of an object is told.
type ObjectOptions struct {
	// Beside are entries that stand beside the fields, in the order of their names.
	Beside []Entry
	// Omit is the name of a field that is left out of the structs directly below, when it is written.
	Omit string
}

// Entry is a name and a text.
type Entry struct{ Name, Text string }

// Object is the struct that v points to.
func (t *Types) Object(v any, o ObjectOptions) *Object {
	return &Object{reflect.ValueOf(v).UnsafePointer(), t.info(reflect.TypeOf(v).Elem()), o}
}

// Get looks a field up: an *Object, a list of them, or what [Object.Tree] has.
func (o *Object) Get(name string) (any, bool) {
	for _, e := range o.Beside {
		if e.Name == name {
			return e.Text, true
		}
	}
	for _, f := range o.info.fields {
		if f.key != name {
			continue
		}
		if p, there := f.find(o.p); there {
			v, _ := f.of.tree(p, true)
			return v, true
		}
	}
	return nil, false
}

// Tree is o as it would be read again after [Marshal]. The error is that of a value JSON cannot say.
func (o *Object) Tree() (map[string]any, error) {
	m := map[string]any{}
	for _, e := range o.Beside {
		m[e.Name] = e.Text
	}
	return m, o.info.entries(o.p, m)
}

func (i *typeInfo) entries(p unsafe.Pointer, into map[string]any) error {
	for _, f := range i.fields {
		p, there := f.find(p)
		if !there {
			continue
		}
		v, err := f.of.tree(p, false)
		if err != nil {
			return err
		}
		into[f.key] = v
	}
	return nil
}

// Tree is v as [Marshal] would write it and [Parse] read it again.
func (t *Types) Tree(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	p, info := t.boxed(v)
	return info.tree(p, false)
}

// boxed is where a value stands, and what is known of its type.
func (t *Types) boxed(v any) (unsafe.Pointer, *typeInfo) {
	box := reflect.New(reflect.TypeOf(v))
	box.Elem().Set(reflect.ValueOf(v))
	return box.UnsafePointer(), t.info(box.Type().Elem())
}

// tree is the plain value of what stands at p; lazily, structs stay objects.
func (i *typeInfo) tree(p unsafe.Pointer, lazy bool) (any, error) {
	switch {
	case i.null(p):
		return nil, nil
	case i.writes != 0:
		return i.written(p)
	}
	switch i.kind {
	case reflect.Pointer:
		return i.below().tree(*(*unsafe.Pointer)(p), lazy)
	case reflect.Interface:
		return i.of.Tree(i.value(p).Interface())
	case reflect.Struct:
		if lazy {
			return &Object{p: p, info: i}, nil
		}
		m := map[string]any{}
		return m, i.entries(p, m)
	case reflect.Slice, reflect.Array:
		return i.items(p, lazy)
	case reflect.Map:
		return i.mapping(p)
	case reflect.String:
		return valid(*(*string)(p)), nil
	case reflect.Bool:
		return *(*bool)(p), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return i.word(p), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return i.of.Number(strconv.FormatUint(uint64(i.word(p)), 10)), nil
	}
	return i.written(p)
}

func (i *typeInfo) items(p unsafe.Pointer, lazy bool) (any, error) {
	if i.bytes() {
		return base64.StdEncoding.EncodeToString(*(*[]byte)(p)), nil
	}
	first, n := i.list(p)
	below, out := i.below(), make([]any, n)
	for k := range out {
		var err error
		if out[k], err = below.tree(unsafe.Add(first, uintptr(k)*below.t.Size()), lazy); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// bytes tells whether values are written as one text.
func (i *typeInfo) bytes() bool {
	return i.kind == reflect.Slice && i.t.Elem().Kind() == reflect.Uint8
}

func (i *typeInfo) mapping(p unsafe.Pointer) (any, error) {
	keys, value, err := i.keys(p)
	m := make(map[string]any, len(keys))
	for _, k := range keys {
		v, bad := i.below().tree(value(k), false)
		if bad != nil {
			return nil, bad
		}
		m[valid(k)] = v
	}
	return m, err
}

// keys are those of a map, in no order, and where the value of each stands.
func (i *typeInfo) keys(p unsafe.Pointer) ([]string, func(key string) unsafe.Pointer, error) {
	if i.t.Key().Kind() != reflect.String {
		return nil, nil, &Error{"json: unsupported type: " + i.t.String()}
	}
	v := i.value(p)
	keys := make([]string, 0, v.Len())
	//order:irrelevant they are sorted or made another map of
	for it := v.MapRange(); it.Next(); {
		keys = append(keys, it.Key().String())
	}
	box, at := reflect.New(i.t.Elem()), reflect.New(i.t.Key()).Elem()
	return keys, func(key string) unsafe.Pointer {
		at.SetString(key)
		box.Elem().Set(v.MapIndex(at))
		return box.UnsafePointer()
	}, nil
}

// valid is s as JSON has it: every byte that is no UTF-8 is a sign for that.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// written goes by way of the bytes.
func (i *typeInfo) written(p unsafe.Pointer) (any, error) {
	w := writer{types: i.of}
	w.value(p, i)
	if w.err != nil {
		return nil, w.err
	}
	if plainText(w.b) {
		return string(w.b[1 : len(w.b)-1]), nil
	}
	parsed, err := Parse(w.b)
	if err != nil {
		return nil, err
	}
	return parsed.Tree(i.of.Number), nil
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
