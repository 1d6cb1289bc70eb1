package schema

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Document is one manifest of a file.
type Document struct {
	// APIVersion and Kind are what it says of itself; Name and Namespace those of its metadata.
	APIVersion, Kind, Name, Namespace string
	// Resource is the served kind it is of; nil if no kind goes by that name.
	Resource *Resource
	// Object is what it describes, without defaults; nil if Resource is nil or Err is set.
	Object api.Object
	// Tree is what it says, word for word, as plain JSON values.
	Tree map[string]any
	// Line and Column are where it begins, from 1.
	Line, Column int
	// Strict are the fields nobody knows, in the order of the manifest. The server refuses them unless it is asked not to.
	Strict []Problem
	// Err is the first value of a wrong type.
	Err *Problem
}

// Problem is a mistake in a manifest, with its place.
type Problem struct {
	// Message is upstream's text: unknown field "spec.containers[0].imagee".
	Message string
	// Path is the field, for example spec.containers[0].imagee.
	Path string
	// Line and Column are where it stands, from 1.
	Line, Column int
	// Nearest is the field that was probably meant, if one is near.
	Nearest string
}

// Error is the message.
func (p Problem) Error() string { return p.Message }

// Decode reads manifests: YAML or JSON, one document or many, lists of kind List taken apart. The error is a *SyntaxError;
// the documents before it are given all the same. What is wrong inside a document is in the document. The name of the file
// appears in errors.
func Decode(src []byte, file string) ([]Document, error) {
	nodes, err := readDocuments(src, file)
	var docs []Document
	for _, n := range nodes {
		docs = appendDocuments(docs, n)
	}
	return docs, err
}

func appendDocuments(docs []Document, n *node) []Document {
	if items := n.get("items"); n.kind == nodeMap && n.get("kind") != nil && n.get("kind").text == "List" && items != nil && items.kind == nodeList {
		for _, item := range items.items {
			docs = appendDocuments(docs, item)
		}
		return docs
	}
	return append(docs, document(n))
}

func document(n *node) Document {
	d := Document{Line: n.line, Column: n.col}
	if n.kind != nodeMap {
		d.Err = &Problem{Message: "a manifest is an object with apiVersion, kind and metadata, not a " + n.kind.String(), Line: n.line, Column: n.col}
		return d
	}
	d.Tree, _ = n.tree().(map[string]any)
	d.APIVersion, d.Kind = textOf(n.get("apiVersion")), textOf(n.get("kind"))
	d.Name, d.Namespace = textOf(n.get("metadata").get("name")), textOf(n.get("metadata").get("namespace"))
	if d.Resource = ByGVK(d.APIVersion, d.Kind); d.Resource == nil {
		return d
	}
	d.Object, d.Strict, d.Err = decodeObject(d.Resource, n)
	return d
}

func textOf(n *node) string {
	if n == nil || n.kind != nodeText {
		return ""
	}
	return n.text
}

// FromTree makes an object of plain JSON values, as [Tree] gives them. Fields nobody knows and values of a wrong type are
// an error (a Problem).
func FromTree(res *Resource, tree map[string]any) (api.Object, error) {
	o, strict, err := decodeObject(res, nodeOf(tree))
	if err != nil {
		return nil, *err
	}
	if len(strict) > 0 {
		return nil, strict[0]
	}
	return o, nil
}

func decodeObject(res *Resource, n *node) (api.Object, []Problem, *Problem) {
	o := res.New()
	d := decoder{}
	top := *n
	top.keys, top.items = nil, nil
	for i, k := range n.keys {
		if k.text != "apiVersion" && k.text != "kind" {
			top.keys, top.items = append(top.keys, k), append(top.items, n.items[i])
		}
	}
	d.value(&top, reflect.ValueOf(o).Elem(), place{})
	if d.err != nil {
		return nil, d.strict, d.err
	}
	return o, d.strict, nil
}

type decoder struct {
	strict []Problem
	err    *Problem
}

// place is where the decoder is: path with indexes for people, field without them for Go's JSON texts.
type place struct{ path, field, owner string }

func (p place) key(name, owner string) place {
	dot := ""
	if p.path != "" {
		dot = "."
	}
	fieldDot := ""
	if p.field != "" {
		fieldDot = "."
	}
	return place{p.path + dot + name, p.field + fieldDot + name, owner}
}

func (p place) index(i int) place {
	p.path += "[" + strconv.Itoa(i) + "]"
	return p
}

func (d *decoder) fail(n *node, p place, message string) {
	if d.err == nil {
		d.err = &Problem{Message: message, Path: p.path, Line: n.line, Column: n.col}
	}
}

func (d *decoder) mismatch(n *node, p place, t reflect.Type) {
	what := n.kind.String()
	if n.kind == nodeNumber && t.Kind() != reflect.String && t.Kind() != reflect.Bool && t.Kind() != reflect.Struct && t.Kind() != reflect.Slice && t.Kind() != reflect.Map {
		what = "number " + n.text
	}
	d.fail(n, p, "json: cannot unmarshal "+what+" into Go struct field "+p.owner+"."+p.field+" of type "+typeName(t))
}

// typeName is a Go type as upstream's errors name it: the kinds that are texts by another name carry their package there.
func typeName(t reflect.Type) string {
	if t.PkgPath() != "" {
		return "v1." + t.Name()
	}
	if t.Kind() == reflect.Slice {
		return "[]" + typeName(t.Elem())
	}
	if t.Kind() == reflect.Map {
		return "map[" + typeName(t.Key()) + "]" + typeName(t.Elem())
	}
	return t.String()
}

// value reads n into v. After the first value of a wrong type it goes on, to find the unknown fields too.
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
		d.list(n, v, p)
	case reflect.Interface:
		v.Set(reflect.ValueOf(n.tree()))
	default:
		d.plain(n, v, p)
	}
}

func (d *decoder) custom(n *node, u json.Unmarshaler, p place) {
	b, err := json.Marshal(n.tree())
	if err == nil {
		err = u.UnmarshalJSON(b)
	}
	if err != nil {
		d.fail(n, p, err.Error())
	}
}

func (d *decoder) structure(n *node, v reflect.Value, p place) {
	if n.kind != nodeMap {
		d.mismatch(n, p, v.Type())
		return
	}
	fields := fieldsOf(v.Type())
	for i, k := range n.keys {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == k.text })
		here := p.key(k.text, v.Type().Name())
		if at < 0 {
			names := make([]string, len(fields))
			for j, f := range fields {
				names[j] = f.name
			}
			d.strict = append(d.strict, Problem{
				Message: `unknown field "` + here.path + `"`, Path: here.path, Line: k.line, Column: k.col, Nearest: Nearest(k.text, names),
			})
			continue
		}
		d.value(n.items[i], v.FieldByIndex(fields[at].index), here)
	}
}

func (d *decoder) mapping(n *node, v reflect.Value, p place) {
	if n.kind != nodeMap {
		d.mismatch(n, p, v.Type())
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.keys)))
	for i, k := range n.keys {
		item := reflect.New(v.Type().Elem()).Elem()
		here := p
		here.path += "." + k.text
		d.value(n.items[i], item, here)
		v.SetMapIndex(reflect.ValueOf(k.text).Convert(v.Type().Key()), item)
	}
}

func (d *decoder) list(n *node, v reflect.Value, p place) {
	if n.kind != nodeList {
		d.mismatch(n, p, v.Type())
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(item, v.Index(i), p.index(i))
	}
}

func (d *decoder) plain(n *node, v reflect.Value, p place) {
	switch {
	case n.kind == nodeText && v.Kind() == reflect.String:
		v.SetString(n.text)
		return
	case n.kind == nodeBool && v.Kind() == reflect.Bool:
		v.SetBool(n.text == "true")
		return
	case n.kind == nodeNumber && v.CanInt():
		if i, err := strconv.ParseInt(n.text, 10, v.Type().Bits()); err == nil {
			v.SetInt(i)
			return
		}
	case n.kind == nodeNumber && v.CanUint():
		if u, err := strconv.ParseUint(n.text, 10, v.Type().Bits()); err == nil {
			v.SetUint(u)
			return
		}
	case n.kind == nodeNumber && v.CanFloat():
		if f, err := strconv.ParseFloat(n.text, 64); err == nil {
			v.SetFloat(f)
			return
		}
	}
	d.mismatch(n, p, v.Type())
}

// field is a field of a type as JSON names it, through embedded types.
type field struct {
	name  string
	index []int
}

// fieldsOf are the fields of a struct type in order.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			for _, inner := range fieldsOf(f.Type) {
				out = append(out, field{inner.name, append([]int{i}, inner.index...)})
			}
			continue
		}
		if name != "" && name != "-" {
			out = append(out, field{name, []int{i}})
		}
	}
	return out
}
