package request

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// fieldSet is a set of the fields of an object, as a tree. The names of its parts are those of FieldsV1: "f:NAME" for a field,
// `k:{"name":"web"}` for an element of a list that is found by its keys, `v:"x"` for an element of a list that is a set.
//
// Source: Kubernetes API reference, "FieldsV1 v1 meta"; sigs.k8s.io/structured-merge-diff, fieldpath.
type fieldSet struct {
	own  bool // this very field is in the set
	kids map[string]*fieldSet
}

// kid is the part of a name, made if it is not there.
func (s *fieldSet) kid(name string) *fieldSet {
	if s.kids == nil {
		s.kids = map[string]*fieldSet{}
	}
	if s.kids[name] == nil {
		s.kids[name] = &fieldSet{}
	}
	return s.kids[name]
}

// names are those of the parts, sorted.
func (s *fieldSet) names() []string { return slices.Sorted(maps.Keys(s.kids)) }

func (s *fieldSet) empty() bool {
	if s == nil {
		return true
	}
	//order:irrelevant whether all are empty does not depend on which is looked at first
	for _, k := range s.kids {
		if !k.empty() {
			return false
		}
	}
	return !s.own
}

// part is the part of a name; nil if there is none.
func (s *fieldSet) part(name string) *fieldSet {
	if s == nil {
		return nil
	}
	return s.kids[name]
}

// both are the fields that are in both sets.
func (s *fieldSet) both(o *fieldSet) *fieldSet {
	out := &fieldSet{}
	if s == nil || o == nil {
		return out
	}
	out.own = s.own && o.own
	for _, name := range s.names() {
		if k := s.kids[name].both(o.part(name)); !k.empty() {
			*out.kid(name) = *k
		}
	}
	return out
}

// without are the fields of s that are not in o.
func (s *fieldSet) without(o *fieldSet) *fieldSet {
	out := &fieldSet{}
	if s == nil {
		return out
	}
	out.own = s.own && (o == nil || !o.own)
	for _, name := range s.names() {
		if k := s.kids[name].without(o.part(name)); !k.empty() {
			*out.kid(name) = *k
		}
	}
	return out
}

// add puts the fields of o into s.
func (s *fieldSet) add(o *fieldSet) {
	if o == nil {
		return
	}
	s.own = s.own || o.own
	for _, name := range o.names() {
		s.kid(name).add(o.kids[name])
	}
}

// tree is the set as FieldsV1.
func (s *fieldSet) tree() map[string]any {
	out := map[string]any{}
	if s.own && len(s.kids) > 0 {
		out["."] = map[string]any{}
	}
	for _, name := range s.names() {
		out[name] = s.kids[name].tree()
	}
	return out
}

// readFields is a set as FieldsV1 has it.
func readFields(tree map[string]any) *fieldSet {
	out := &fieldSet{}
	for _, name := range sortedKeys(tree) {
		if name == "." {
			out.own = true
			continue
		}
		k, _ := tree[name].(map[string]any)
		*out.kid(name) = *readFields(k)
	}
	out.own = out.own || len(tree) == 0
	return out
}

// paths are the fields of a set as messages name them, in order: .spec.containers[name="web"].image.
func (s *fieldSet) paths(at string) []string {
	var out []string
	if s.own {
		out = append(out, at)
	}
	for _, name := range s.names() {
		out = append(out, s.kids[name].paths(at+showPart(name))...)
	}
	return out
}

func showPart(name string) string {
	kind, text, _ := strings.Cut(name, ":")
	switch kind {
	case "f":
		return "." + text
	case "v":
		return "[=" + text + "]"
	}
	v, err := schema.ReadTree([]byte(text), "key")
	keys, ok := v.(map[string]any)
	if err != nil || !ok {
		return "[" + text + "]"
	}
	var pairs []string
	for _, k := range sortedKeys(keys) {
		b, err := schema.MarshalTree(keys[k])
		if err == nil {
			pairs = append(pairs, k+"="+string(b))
		}
	}
	return "[" + strings.Join(pairs, ",") + "]"
}

// granular knows how the values of a resource come apart into fields.
type granular struct{ res *schema.Resource }

// within is the path of a key below another, as merge keys are found by.
func within(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// parts are the parts of a value, in order, with the path below which theirs are; nil for one that is all or nothing.
func (g granular) parts(path string, v any) (names []string, values []any, below []string) {
	switch v := v.(type) {
	case map[string]any:
		if schema.AtomicMap(path) {
			return nil, nil, nil
		}
		for _, k := range sortedKeys(v) {
			names, values, below = append(names, "f:"+k), append(values, v[k]), append(below, within(path, k))
		}
	case []any:
		keys := schema.ListKeys(g.res.Kind, path)
		for _, item := range v {
			name := element(item, keys, schema.MergesAsSet(path))
			if name == "" {
				return nil, nil, nil
			}
			names, values, below = append(names, name), append(values, item), append(below, path)
		}
	}
	return names, values, below
}

// element names an element of a list; "" if the list is all or nothing.
func element(item any, keys []string, set bool) string {
	if set {
		b, err := schema.MarshalTree(item)
		if err != nil {
			return ""
		}
		return "v:" + string(b)
	}
	m, ok := item.(map[string]any)
	if !ok || len(keys) == 0 {
		return ""
	}
	key := map[string]any{}
	for _, k := range keys {
		v, ok := m[k]
		if !ok && k == "protocol" {
			v, ok = "TCP", true
		}
		if !ok {
			return ""
		}
		key[k] = v
	}
	b, err := schema.MarshalTree(key)
	if err != nil {
		return ""
	}
	return "k:" + string(b)
}

// fields are all fields of a tree.
func (g granular) fields(path string, v any) *fieldSet {
	out := &fieldSet{}
	names, values, below := g.parts(path, v)
	if len(names) == 0 {
		out.own = path != "" || v == nil
		return out
	}
	for i, name := range names {
		k := g.fields(below[i], values[i])
		if name[0] != 'f' {
			k.own = true // an element is a field beside its own fields
		}
		*out.kid(name) = *k
	}
	return out
}

// changed are the fields of now that was has not, or has with another value.
func (g granular) changed(path string, was, now any) *fieldSet {
	out := &fieldSet{}
	names, values, below := g.parts(path, now)
	if len(names) == 0 {
		out.own = path != "" && !reflect.DeepEqual(was, now)
		return out
	}
	old := map[string]any{}
	oldNames, oldValues, _ := g.parts(path, was)
	for i, name := range oldNames {
		old[name] = oldValues[i]
	}
	for i, name := range names {
		before, had := old[name]
		var k *fieldSet
		if had {
			k = g.changed(below[i], before, values[i])
		} else {
			k = g.fields(below[i], values[i])
			k.own = k.own || name[0] != 'f'
		}
		if !k.empty() {
			*out.kid(name) = *k
		}
	}
	return out
}
