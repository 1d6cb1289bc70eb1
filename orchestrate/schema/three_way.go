package schema

import (
	"maps"
	"reflect"
	"slices"
)

// ThreeWay is what `kubectl apply` makes of an object: current, less what original had and modified has no more, with
// what modified says. Whatever others added to current stays. Lists whose elements have a merge key are merged element by
// element: those of modified in its order, and what else is there where it stood among them. None of the trees is changed; the result shares
// parts of them.
//
// Source: Kubernetes documentation, "Declarative Management of Kubernetes Objects Using Configuration Files", merge calculation.
func ThreeWay(res *Resource, original, modified, current map[string]any) map[string]any {
	return threeWay{res}.maps("", original, modified, current)
}

type threeWay struct{ res *Resource }

func (t threeWay) maps(path string, original, modified, current map[string]any) map[string]any {
	out := make(map[string]any, len(current)+len(modified))
	//order:irrelevant each key is decided by itself
	for k, v := range current {
		if _, had := original[k]; had {
			if _, has := modified[k]; !has {
				continue
			}
		}
		out[k] = v
	}
	//order:irrelevant each key is decided by itself
	for k, v := range modified {
		if v == nil {
			delete(out, k)
			continue
		}
		out[k] = t.value(join(path, k), original[k], v, current[k])
	}
	if RetainsKeys(t.res.Kind, path) && !reflect.DeepEqual(out, current) {
		maps.DeleteFunc(out, func(k string, _ any) bool { _, kept := modified[k]; return !kept })
	}
	return out
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (t threeWay) value(path string, original, modified, current any) any {
	switch m := modified.(type) {
	case map[string]any:
		c, _ := current.(map[string]any)
		o, _ := original.(map[string]any)
		return t.maps(path, o, m, c)
	case []any:
		c, ok := current.([]any)
		if !ok {
			return modified
		}
		o, _ := original.([]any)
		if key := MergeKey(t.res.Kind, path); key != "" {
			return t.lists(path, key, o, m, c)
		}
		if sets[path] {
			return union(o, m, c)
		}
	}
	return modified
}

// lists merges element by element.
func (t threeWay) lists(path, key string, original, modified, current []any) []any {
	had, wants, has := keyed(original, key), keyed(modified, key), keyed(current, key)
	var out []any
	for _, m := range modified {
		merged := m
		if element, ok := m.(map[string]any); ok {
			id := Identity(element[key])
			merged = t.maps(path, had[id], element, has[id])
		}
		out = append(out, merged)
	}
	for _, c := range current {
		element, ok := c.(map[string]any)
		if !ok || element[key] == nil {
			continue // nobody can speak of it again
		}
		id := Identity(element[key])
		if wants[id] == nil && had[id] == nil {
			out = append(out, c)
		}
	}
	return Ordered(out, modified, current, key)
}

// keyed are the elements of a list by the identity of their key, the first of each.
func keyed(list []any, key string) map[string]map[string]any {
	out := make(map[string]map[string]any, len(list))
	for _, item := range list {
		m, ok := item.(map[string]any)
		if !ok || m[key] == nil {
			continue
		}
		if id := Identity(m[key]); out[id] == nil {
			out[id] = m
		}
	}
	return out
}

// Identity is a text that equal plain values share and different ones do not.
func Identity(v any) string {
	if s, ok := v.(string); ok {
		return `"` + s
	}
	b, err := MarshalTree(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// union is modified, then what current has beside it and original had not.
func union(original, modified, current []any) []any {
	out := slices.Clone(modified)
	known := map[string]bool{}
	for _, v := range append(slices.Clone(original), modified...) {
		known[Identity(v)] = true
	}
	for _, c := range current {
		if id := Identity(c); !known[id] {
			known[id] = true
			out = append(out, c)
		}
	}
	return Ordered(out, modified, current, "")
}
