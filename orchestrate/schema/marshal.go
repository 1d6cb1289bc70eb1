package schema

import (
	"errors"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Tree is an object as JSON sees it: maps, lists, texts, bools, int64 and float64, with apiVersion and kind. It is a copy
// that belongs to the caller.
func Tree(o api.Object) map[string]any { return Trees(o)[0] }

// Trees are the trees of many objects, in their order; that is faster than one by one.
func Trees(objs ...api.Object) []map[string]any { return PartialTrees(nil, objs...) }

// PartialTrees are the trees of objects with only some of their fields, beside apiVersion and kind; nil means all.
func PartialTrees(only []string, objs ...api.Object) []map[string]any {
	of := json.Trees{Number: number, Only: only}
	out := make([]map[string]any, len(objs))
	for i, o := range objs {
		made, err := of.Of(o)
		tree, ok := made.(map[string]any)
		if err != nil || !ok {
			panic("orchestrate: bug: " + o.Kind().String() + " cannot be written as a JSON object")
		}
		tree["kind"] = o.Kind().String()
		if r := ByKind(o.Kind()); r != nil {
			tree["apiVersion"] = r.APIVersion()
		}
		out[i] = tree
	}
	return out
}

// Written are objects as [MarshalTree] takes them and writes their trees, with apiVersion and kind. They are made much faster
// than [Trees], but nothing can be looked up in them. Without managedFields, if they are not wanted.
func Written(managed bool, objs ...api.Object) []any {
	return written(managed, func(o api.Object) []json.Entry {
		kind := json.Entry{Name: "kind", Text: o.Kind().String()}
		if r := ByKind(o.Kind()); r != nil {
			return []json.Entry{{Name: "apiVersion", Text: r.APIVersion()}, kind}
		}
		return []json.Entry{kind}
	}, objs)
}

// Items are objects as [Written] but without apiVersion and kind: as a list of one kind has them.
func Items(objs ...api.Object) []any {
	return written(true, func(api.Object) []json.Entry { return nil }, objs)
}

func written(managed bool, beside func(api.Object) []json.Entry, objs []api.Object) []any {
	var w json.Sorted
	if !managed {
		w.Omit = "managedFields"
	}
	out := make([]any, len(objs))
	var b []byte
	for i, o := range objs {
		w.Beside = beside(o)
		start := len(b)
		var err error
		if b, err = w.Append(b, o); err != nil {
			panic("orchestrate: bug: " + o.Kind().String() + " cannot be written as a JSON object")
		}
		out[i] = json.Raw(b[start:len(b):len(b)])
	}
	return out
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

// MarshalTree is any tree of maps, lists and plain values as JSON in one line, the keys sorted. As in
// everything kubectl prints, <, > and & are escaped.
func MarshalTree(tree any) ([]byte, error) { return json.Marshal(tree) }

// MarshalIndent is any tree as `kubectl get -o json` prints it: four spaces a level, a line end at the end.
func MarshalIndent(tree any) ([]byte, error) {
	b, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	return append(json.Indent(b, "    "), '\n'), nil
}

// MarshalTyped is an object as kubectl prints one it made itself: like MarshalIndent, but in the order of the types, not of
// the alphabet.
func MarshalTyped(res *Resource, o api.Object) ([]byte, error) {
	fields, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	b := append([]byte(`{"kind":"`+res.Kind.String()+`","apiVersion":"`+res.APIVersion()+`",`), fields[1:]...)
	return append(json.Indent(b, "    "), '\n'), nil
}

// MarshalYAML is an object as `kubectl get -o yaml` prints it: keys sorted, lists not indented below their key.
func MarshalYAML(o api.Object) ([]byte, error) { return MarshalYAMLTree(Written(true, o)[0]) }

// MarshalYAMLTree is any tree as kubectl prints YAML. The error is that of a value JSON cannot write.
func MarshalYAMLTree(tree any) ([]byte, error) {
	src, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	w := yamlWriter{src: string(src), b: make([]byte, 0, len(src)+len(src)/2)}
	w.value(0)
	return append(w.b, '\n'), nil
}
