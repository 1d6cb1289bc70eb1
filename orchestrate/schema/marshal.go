package schema

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Tree is an object as JSON sees it: maps, lists, texts, bools, int64 and float64, with apiVersion and kind. It is a copy
// that belongs to the caller.
func Tree(o api.Object) map[string]any {
	tree, _ := Opened(Written(true, o)[0]).(map[string]any)
	return tree
}

// Object is an object, or one below it, that stands in a tree as it is stored.
type Object = json.Object

// Written are objects as [MarshalTree] takes them and writes their trees, with apiVersion and kind. They are made much faster
// than [Tree]; what is in them is looked up by [Lookup]. Without managedFields, if they are not wanted.
func Written(managed bool, objs ...api.Object) []any { return written(managed, true, objs) }

// Items are objects as [Written] but without apiVersion and kind: as a list of one kind has them.
func Items(objs ...api.Object) []any { return written(true, false, objs) }

func written(managed, kinds bool, objs []api.Object) []any {
	types := &json.Types{Number: number}
	var options json.ObjectOptions
	if !managed {
		options.Omit = "managedFields"
	}
	out, last := make([]any, len(objs)), api.Kind(0)
	for i, o := range objs {
		if k := o.Kind(); kinds && k != last {
			last = k
			options.Beside = []json.Entry{{Name: "kind", Text: k.String()}}
			if r := ByKind(k); r != nil {
				options.Beside = []json.Entry{{Name: "apiVersion", Text: r.APIVersion()}, options.Beside[0]}
			}
		}
		out[i] = types.Object(o, options)
	}
	return out
}

// Lookup looks a field up in an object of a tree. Objects below may be as [Written] makes them.
func Lookup(in any, name string) (any, bool) {
	switch in := in.(type) {
	case map[string]any:
		v, ok := in[name]
		return v, ok
	case *Object:
		return in.Get(name)
	}
	return nil, false
}

// Plain is a tree without an [Object] in it: there are their trees.
func Plain(v any) any {
	switch v := v.(type) {
	case []any:
		if v == nil {
			return v
		}
		out := make([]any, len(v))
		for i := range v {
			out[i] = Plain(v[i])
		}
		return out
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		//order:irrelevant it goes into a map again
		for k, item := range v {
			out[k] = Plain(item)
		}
		return out
	}
	return Opened(v)
}

// Opened is v, or the tree of an [Object].
func Opened(v any) any {
	o, ok := v.(*Object)
	if !ok {
		return v
	}
	tree, err := o.Tree()
	if err != nil {
		panic("orchestrate: bug: an object cannot be written as JSON: " + err.Error())
	}
	return tree
}

// parseTree reads one JSON object, whole numbers as int64.
func parseTree(b []byte) (map[string]any, error) {
	v, err := json.Parse(b)
	if err != nil {
		return nil, err
	}
	tree, ok := v.Tree(number).(map[string]any)
	if !ok && v.Kind != json.Null {
		return nil, errors.New("json: cannot unmarshal " + nodeKind(v.Kind).String() + " into Go value of type map[string]interface {}")
	}
	return tree, nil
}

// Marshal is an object as JSON in one line, with apiVersion and kind, the keys sorted.
func Marshal(o api.Object) ([]byte, error) { return MarshalTree(Written(true, o)[0]) }

// MarshalEach gives say what [Marshal] makes of each object. The bytes are only valid during the call.
func MarshalEach(objs []api.Object, say func([]byte)) {
	if err := json.Each(Written(true, objs...), say); err != nil {
		panic("orchestrate: bug: an object cannot be written as JSON: " + err.Error())
	}
}

// MarshalTree is any tree of maps, lists and plain values as JSON in one line, the keys sorted. As in
// everything kubectl prints, <, > and & are escaped.
func MarshalTree(tree any) ([]byte, error) { return json.Marshal(tree) }

// MarshalIndent is any tree as `kubectl get -o json` prints it: four spaces a level, a line end at the end.
func MarshalIndent(tree any) ([]byte, error) {
	var w strings.Builder
	err := WriteIndent(&w, tree)
	return []byte(w.String()), err
}

// WriteIndent writes what [MarshalIndent] gives.
func WriteIndent(w *strings.Builder, tree any) error { return write(w, tree, json.Form{Lines: true}) }

func write(w *strings.Builder, tree any, form json.Form) error {
	err := json.Write(w, tree, form)
	w.WriteByte('\n')
	return err
}

// MarshalTyped is an object as kubectl prints one it made itself: like MarshalIndent, but in the order of the types, not of
// the alphabet.
func MarshalTyped(res *Resource, o api.Object) ([]byte, error) {
	fields, err := MarshalIndent(o)
	if err != nil {
		return nil, err
	}
	const indent = "{\n    "
	return append([]byte(indent+`"kind": "`+res.Kind.String()+"\",\n    "+`"apiVersion": "`+res.APIVersion()+`",`), fields[1:]...), nil
}

// MarshalYAML is an object as `kubectl get -o yaml` prints it: keys sorted, lists not indented below their key.
func MarshalYAML(o api.Object) ([]byte, error) { return MarshalYAMLTree(Written(true, o)[0]) }

// MarshalYAMLTree is any tree as kubectl prints YAML. The error is that of a value JSON cannot write.
func MarshalYAMLTree(tree any) ([]byte, error) {
	var w strings.Builder
	err := WriteYAML(&w, tree)
	return []byte(w.String()), err
}

// WriteYAML writes what [MarshalYAMLTree] gives.
func WriteYAML(w *strings.Builder, tree any) error {
	return write(w, tree, json.Form{YAML: &json.YAML{Text: yamlText, Key: yamlKey, Order: naturalOrder}})
}
