package schema

import (
	"encoding/base64"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// decoder reads a manifest into a Go value as the API server does, and remembers what is wrong.
type decoder struct {
	strict   []Problem // fields nobody knows
	broken   *Problem  // the first value that does not say what its field wants; upstream stops there
	mistyped *Problem  // the first value of a wrong JSON type; upstream goes on
}

// place is where the decoder is.
type place struct {
	path  string // with indexes, for people
	field string // without them but through embedded types, as Go's package json names it
	owner string // the type the field is of, as upstream calls it
	as    string // what upstream calls the type of the field, if not what we call it

}

func (p place) key(name string, f field, owner string) place {
	return place{path: join(p.path, name), field: join(p.field, f.through+name), owner: owner, as: f.as}
}

func (p place) index(i int) place {
	p.path += "[" + strconv.Itoa(i) + "]"
	return p
}

// mismatch notes a value of a wrong JSON type.
func (d *decoder) mismatch(n *node, p place, want string) {
	if d.mistyped == nil {
		d.mistyped = wrongType(n, p, n.kind.String(), want)
	}
}

func wrongType(n *node, p place, found, want string) *Problem {
	into := "Go struct field " + p.owner + "." + p.field
	if p.field == "" {
		into = "Go value"
	}
	return &Problem{Message: "json: cannot unmarshal " + found + " into " + into + " of type " + want, Path: p.path, Line: n.line, Column: n.col}
}

// typeName is a Go type as upstream's errors name it: a type of the API carries its package there.
func typeName(t reflect.Type, as string) string {
	switch {
	case t.Kind() == reflect.Slice:
		return "[]" + typeName(t.Elem(), as)
	case t.Kind() == reflect.Map && t.PkgPath() == "":
		return "map[" + typeName(t.Key(), "") + "]" + typeName(t.Elem(), "")
	case t.Kind() == reflect.Pointer:
		return typeName(t.Elem(), as)
	case as != "":
		return as
	case t.PkgPath() == reflect.TypeFor[api.Pod]().PkgPath():
		return "v1." + t.Name()
	}
	return t.String()
}

// value reads n into v. null leaves v as it is.
func (d *decoder) value(n *node, v reflect.Value, p place) {
	if n.kind == nodeNull {
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), p)
		return
	}
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		d.custom(n, u, p)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, p)
	case reflect.Map:
		d.mapping(n, v, p)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			d.bytes(n, v, p)
			return
		}
		d.list(n, v, p)
	case reflect.Interface:
		v.Set(reflect.ValueOf(n.tree()))
	default:
		d.plain(n, v, p)
	}
}

// custom reads a value whose type has a text of its own: a quantity, a time.
func (d *decoder) custom(n *node, u json.Unmarshaler, p place) {
	if d.broken != nil {
		return
	}
	_, quantity := u.(*api.Quantity)
	_, port := u.(*api.IntOrString)
	switch {
	case port && n.kind == nodeNumber:
		if _, err := strconv.ParseInt(n.text, 10, 32); err != nil {
			d.broken = wrongType(n, p, "number "+n.text, "int32")
			return
		}
	case port && n.kind != nodeText:
		d.broken = wrongType(n, p, n.kind.String(), "int32")
		return
	case !quantity && !port && n.kind != nodeText:
		d.broken = wrongType(n, p, n.kind.String(), "string")
		return
	}
	b, err := json.Marshal(n.tree())
	if n.kind == nodeNumber {
		b, err = []byte(n.text), nil
	}
	if err == nil {
		err = u.UnmarshalJSON(b)
	}
	if err != nil {
		d.broken = &Problem{Message: err.Error(), Path: p.path, Line: n.line, Column: n.col}
	}
}

func (d *decoder) structure(n *node, v reflect.Value, p place) {
	if n.kind != nodeMap {
		d.mismatch(n, p, typeName(v.Type(), p.as))
		return
	}
	owner := v.Type().Name()
	if p.as != "" {
		owner = strings.TrimPrefix(p.as, "v1.")
	}
	fields := fieldsOf(v.Type())
	for i, k := range n.keys {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == k.text })
		if at < 0 {
			d.unknown(k, join(p.path, k.text), fields)
			continue
		}
		into := v.FieldByIndex(fields[at].index)
		d.value(n.items[i], into, p.key(k.text, fields[at], owner))
		if fields[at].omitted && (into.Kind() == reflect.Slice || into.Kind() == reflect.Map) && into.Len() == 0 {
			into.SetZero() // an API server forgets the difference between an empty list and none when it stores the object
		}
	}
}

func (d *decoder) unknown(k *node, path string, fields []field) {
	const most = 100 // upstream tells no more either
	if len(d.strict) == most {
		return
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	d.strict = append(d.strict, Problem{
		Message: `unknown field "` + path + `"`, Path: path, Line: k.line, Column: k.col, Nearest: Nearest(k.text, names),
	})
}

func (d *decoder) mapping(n *node, v reflect.Value, p place) {
	if n.kind != nodeMap {
		d.mismatch(n, p, typeName(v.Type(), p.as))
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.keys)))
	for i, k := range n.keys {
		item := reflect.New(v.Type().Elem()).Elem()
		here := p
		here.path = join(p.path, k.text)
		d.value(n.items[i], item, here)
		v.SetMapIndex(keyOf(v, k.text), item)
	}
}

func (d *decoder) list(n *node, v reflect.Value, p place) {
	if n.kind != nodeList {
		d.mismatch(n, p, typeName(v.Type(), p.as))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(item, v.Index(i), p.index(i))
	}
}

// bytes reads text in base64.
func (d *decoder) bytes(n *node, v reflect.Value, p place) {
	if n.kind != nodeText {
		d.mismatch(n, p, "[]uint8")
		return
	}
	b, err := base64.StdEncoding.DecodeString(n.text)
	if err != nil && d.broken == nil {
		d.broken = &Problem{Message: err.Error(), Path: p.path, Line: n.line, Column: n.col}
	}
	v.SetBytes(b)
}

// plain reads texts, truth values and numbers.
func (d *decoder) plain(n *node, v reflect.Value, p place) {
	switch {
	case n.kind == nodeText && v.Kind() == reflect.String:
		v.SetString(n.text)
		return
	case n.kind == nodeBool && v.Kind() == reflect.Bool:
		v.SetBool(n.text == "true")
		return
	case n.kind == nodeNumber && v.CanUint():
		u, err := strconv.ParseUint(n.text, 10, v.Type().Bits())
		if err == nil {
			v.SetUint(u)
			return
		}
	case n.kind == nodeNumber && v.CanFloat():
		f, err := strconv.ParseFloat(n.text, v.Type().Bits())
		if err == nil {
			v.SetFloat(f)
			return
		}
	case n.kind == nodeNumber && v.CanInt():
		i, err := strconv.ParseInt(n.text, 10, v.Type().Bits())
		if err == nil {
			v.SetInt(i)
		} else if d.mistyped == nil {
			d.mistyped = wrongType(n, p, "number "+n.text, typeName(v.Type(), p.as))
		}
		return
	}
	d.mismatch(n, p, typeName(v.Type(), p.as))
}

// field is a field of a type as JSON names it, through embedded types.
type field struct {
	name    string
	index   []int
	through string // the embedded types it is in, each with a point: "ProbeHandler."
	as      string // what upstream calls its type, if not what we call it
	omitted bool   // an empty one is not written
}

// fieldsOf are the fields of a struct type in order. The tag `upstream` says what upstream calls the
// type of a field where one of our types stands for several of its types.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		as := f.Tag.Get("upstream")
		if f.Anonymous && name == "" {
			through := f.Name
			if as != "" {
				through = as
			}
			for _, inner := range fieldsOf(f.Type) {
				out = append(out, field{inner.name, append([]int{i}, inner.index...), through + "." + inner.through, inner.as, inner.omitted})
			}
			continue
		}
		if name != "" && name != "-" {
			out = append(out, field{name: name, index: []int{i}, as: as, omitted: options == "omitempty"})
		}
	}
	return out
}
