package request

import (
	"reflect"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// strategic merges patches that know the schema: lists whose elements have a key are merged element by element.
//
// Source: Kubernetes community documentation, "Strategic Merge Patch".
type strategic struct{ res *schema.Resource }

// Words that steer a strategic merge.
const (
	patchDirective  = "$patch"
	retainDirective = "$retainKeys"
	removePrefix    = "$deleteFromPrimitiveList/"
	orderPrefix     = "$setElementOrder/"
)

// maps merges patch into current, which may be changed.
func (s strategic) maps(path string, current, patch map[string]any) (map[string]any, error) {
	switch patch[patchDirective] {
	case nil, "merge":
	case "replace":
		current = map[string]any{}
	case "delete":
		return map[string]any{}, nil
	default:
		return nil, api.BadRequest("unknown patch type found: " + text(patch[patchDirective]))
	}
	if keep, ok := patch[retainDirective].([]any); ok {
		//order:irrelevant each key is decided by itself
		for k := range current {
			if !slices.Contains(keep, any(k)) {
				delete(current, k)
			}
		}
	}
	for _, k := range sortedKeys(patch) {
		if err := s.key(path, k, current, patch); err != nil {
			return nil, err
		}
	}
	return current, nil
}

// key merges one key of a patch.
func (s strategic) key(path, k string, current, patch map[string]any) error {
	value := patch[k]
	if name, ok := strings.CutPrefix(k, removePrefix); ok {
		gone, _ := value.([]any)
		if have, ok := current[name].([]any); ok {
			current[name] = slices.DeleteFunc(slices.Clone(have), func(v any) bool { return slices.Contains(gone, v) })
		}
		return nil
	}
	if name, ok := strings.CutPrefix(k, orderPrefix); ok {
		if _, both := patch[name]; !both {
			s.order(path, name, current, value)
		}
		return nil
	}
	if k == patchDirective || k == retainDirective {
		return nil
	}
	at := k
	if path != "" {
		at = path + "." + k
	}
	var err error
	switch v := value.(type) {
	case nil:
		delete(current, k)
	case map[string]any:
		have, ok := current[k].(map[string]any)
		if !ok {
			have = map[string]any{}
		}
		current[k], err = s.maps(at, have, v)
	case []any:
		have, _ := current[k].([]any)
		order, _ := patch[orderPrefix+k].([]any)
		current[k], err = s.lists(at, have, v, order)
	default:
		current[k] = v
	}
	return err
}

// order puts a list that only has an order into it.
func (s strategic) order(path, name string, current map[string]any, value any) {
	have, ok := current[name].([]any)
	order, given := value.([]any)
	if !ok || !given {
		return
	}
	at := name
	if path != "" {
		at = path + "." + name
	}
	current[name] = ordered(have, order, have, schema.MergeKey(s.res.Kind, at))
}

// lists merges a list of a patch into the one there is.
func (s strategic) lists(path string, current, patch, order []any) ([]any, error) {
	key := schema.MergeKey(s.res.Kind, path)
	if key == "" {
		if !schema.MergesAsSet(path) {
			return cleaned(patch), nil
		}
		out := slices.Clone(current)
		for _, v := range patch {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		if order == nil {
			order = patch
		}
		return ordered(out, order, current, ""), nil
	}
	var wanted []any
	out := slices.Clone(current)
	for _, item := range patch {
		element, ok := item.(map[string]any)
		if !ok {
			return nil, api.BadRequest("invalid list in patch: " + path)
		}
		switch element[patchDirective] {
		case "replace":
			return s.replaced(path, patch)
		case "delete":
			out = slices.DeleteFunc(out, func(v any) bool { return sameKey(v, element, key) })
			continue
		}
		if element[key] == nil {
			return nil, api.BadRequest("map: " + showMap(element) + " does not contain declared merge key: " + key)
		}
		wanted = append(wanted, element)
		i := slices.IndexFunc(out, func(v any) bool { return sameKey(v, element, key) })
		have := map[string]any{}
		if i >= 0 {
			have, _ = out[i].(map[string]any)
		}
		next, err := s.maps(path, have, element)
		if err != nil {
			return nil, err
		}
		if i >= 0 {
			out[i] = next
		} else {
			out = append(out, next)
		}
	}
	if order == nil {
		order = wanted
	}
	return ordered(out, order, current, key), nil
}

// replaced is the list of a patch that replaces: its elements without the directive.
func (s strategic) replaced(path string, patch []any) ([]any, error) {
	out := []any{}
	for _, item := range patch {
		element, _ := item.(map[string]any)
		if element[patchDirective] == "replace" && len(element) == 1 {
			continue
		}
		next, err := s.maps(path, map[string]any{}, element)
		if err != nil {
			return nil, err
		}
		out = append(out, next)
	}
	return out, nil
}

// cleaned is a list that replaces another, without what only means something in a patch.
func cleaned(list []any) []any { return append([]any{}, list...) }

func sameKey(a, b any, key string) bool {
	if key == "" {
		return reflect.DeepEqual(a, b)
	}
	x, ok := a.(map[string]any)
	y, both := b.(map[string]any)
	return ok && both && x[key] != nil && reflect.DeepEqual(x[key], y[key])
}

// ordered puts a merged list in order: what the patch names in the patch's order, the rest in the order there was. A
// new element of the patch comes before the next of the rest.
func ordered(list, order, before []any, key string) []any {
	index := func(in []any, v any) int {
		return slices.IndexFunc(in, func(o any) bool { return sameKey(o, v, key) })
	}
	var named, rest []any
	for _, v := range list {
		if index(order, v) >= 0 {
			named = append(named, v)
		} else {
			rest = append(rest, v)
		}
	}
	sorting.Stable(named, func(a, b any) int { return index(order, a) - index(order, b) })
	out := make([]any, 0, len(list))
	for len(named) > 0 && len(rest) > 0 {
		r, n := index(before, rest[0]), index(before, named[0])
		if r >= 0 && n >= 0 && r < n {
			out, rest = append(out, rest[0]), rest[1:]
		} else {
			out, named = append(out, named[0]), named[1:]
		}
	}
	return append(append(out, named...), rest...)
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// showMap is a map as Go prints one.
func showMap(m map[string]any) string {
	b, err := schema.MarshalTree(m)
	if err != nil {
		return "map[]"
	}
	return "map[" + strings.Trim(strings.ReplaceAll(strings.ReplaceAll(string(b), `"`, ""), ",", " "), "{}") + "]"
}

// sortedKeys are the keys of a map in order.
func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	//order:irrelevant they are sorted
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
