package request

import (
	"slices"
	"strings"

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
	case nil:
	case "replace":
		current = map[string]any{}
	case "delete":
		return map[string]any{}, nil
	default:
		return nil, badDirective(patch)
	}
	if err := retain(current, patch); err != nil {
		return nil, err
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
		return remove(current, name, value)
	}
	if name, ok := strings.CutPrefix(k, orderPrefix); ok {
		if _, list := value.([]any); !list {
			return api.BadRequest("invalid patch format of setElementOrder list")
		}
		if _, both := patch[name]; !both {
			s.order(path, name, current, value)
		}
		return nil
	}
	if k == patchDirective || k == retainDirective {
		return nil
	}
	at := within(path, k)
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

// remove takes values out of a list of plain values.
func remove(current map[string]any, name string, values any) error {
	gone, ok := values.([]any)
	if !ok {
		return api.BadRequest("invalid patch format of primitive list")
	}
	if have, ok := current[name].([]any); ok {
		out := schema.Places(gone, "")
		current[name] = slices.DeleteFunc(slices.Clone(have), func(v any) bool { _, listed := out[schema.Identity(v)]; return listed })
	}
	return nil
}

// retain leaves of a map only the fields a patch says are to stay. It must say so of those it sets.
func retain(current, patch map[string]any) error {
	said, ok := patch[retainDirective]
	if !ok {
		return nil
	}
	keep, ok := said.([]any)
	stay := schema.Places(keep, "")
	stays := func(k string) bool { _, listed := stay[schema.Identity(k)]; return listed }
	for _, k := range sortedKeys(patch) {
		ok = ok && (patch[k] == nil || k != "" && k[0] == '$' || stays(k))
	}
	if !ok {
		return api.BadRequest("invalid patch format of retainKeys")
	}
	//order:irrelevant each key is decided by itself
	for k := range current {
		if !stays(k) {
			delete(current, k)
		}
	}
	return nil
}

// order puts a list that only has an order into it.
func (s strategic) order(path, name string, current map[string]any, value any) {
	have, ok := current[name].([]any)
	order, given := value.([]any)
	if !ok || !given {
		return
	}
	current[name] = schema.Ordered(have, order, have, schema.MergeKey(s.res.Kind, within(path, name)))
}

// lists merges a list of a patch into the one there is.
func (s strategic) lists(path string, current, patch, order []any) ([]any, error) {
	key := schema.MergeKey(s.res.Kind, path)
	if key == "" && !schema.MergesAsSet(path) {
		return append([]any{}, patch...), nil
	}
	wanted, gone, replaces, err := sortOut(patch, key)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(slices.Clone(current), func(v any) bool { id, ok := schema.KeyOf(v, key); return ok && gone[id] })
	if replaces {
		out = []any{}
	}
	at := schema.Places(out, key)
	for _, v := range wanted {
		id, _ := schema.KeyOf(v, key)
		i, known := at[id]
		if !known {
			i, out = len(out), append(out, nil)
			at[id] = i
		}
		if out[i], err = s.element(path, out[i], v); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = wanted
	}
	return schema.Ordered(out, order, current, key), nil
}

// element merges an element of a patch into the one there is.
func (s strategic) element(path string, have, v any) (any, error) {
	element, ok := v.(map[string]any)
	if !ok {
		return v, nil
	}
	old, ok := have.(map[string]any)
	if !ok {
		old = map[string]any{}
	}
	return s.maps(path, old, element)
}

// sortOut tells the elements of a list that are wanted from those that only steer: what is gone, and whether the list replaces
// the one there is. Lists without a key are of plain values.
func sortOut(patch []any, key string) (wanted []any, gone map[string]bool, replaces bool, err error) {
	gone = map[string]bool{}
	for _, item := range patch {
		element, isMap := item.(map[string]any)
		if isMap != (key != "") {
			return nil, nil, false, unsaid("list element types are not identical")
		}
		id, ok := schema.KeyOf(item, key)
		switch directive := element[patchDirective]; {
		case directive == "replace":
			replaces = true
			continue
		case directive != nil && directive != "delete":
			return nil, nil, false, badDirective(element)
		case !ok:
			return nil, nil, false, unsaid("map: " + showMap(element) + " does not contain declared merge key: " + key)
		case directive == "delete":
			gone[id] = true
		default:
			wanted = append(wanted, item)
		}
	}
	return wanted, gone, replaces, nil
}

func badDirective(patch map[string]any) error {
	return unsaid("unknown patch type: " + text(patch[patchDirective]) + " in map: " + showMap(patch))
}

// unsaid is a mistake for which upstream has no reason: it answers 500 with the text alone.
func unsaid(text string) error { return api.Failure(500, "", text, &api.StatusDetails{}) }

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
