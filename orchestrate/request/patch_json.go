package request

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// jsonPatched carries out a list of operations, all or none.
//
// Source: RFC 6902.
func jsonPatched(tree map[string]any, patch any) (map[string]any, error) {
	ops, ok := patch.([]any)
	if !ok {
		return nil, api.BadRequest("error decoding patch: json: cannot unmarshal " + jsonKind(patch) + " into Go value of type jsonpatch.Patch")
	}
	const most, mostCopied = 10_000, 3 << 20 // upstream's limits; the second in bytes of JSON
	if len(ops) > most {
		return nil, tooLarge("The allowed maximum operations in a JSON patch is " + strconv.Itoa(most) + ", got " + strconv.Itoa(len(ops)))
	}
	doc := any(tree)
	sum := 0
	for _, op := range ops {
		o, _ := op.(map[string]any)
		more, ok := copiedBytes(doc, o)
		if !ok {
			return nil, tooDeep()
		}
		if sum += more; sum > mostCopied {
			return nil, tooLarge("Unable to complete the copy, the accumulated size increase of copy is " + strconv.Itoa(sum) +
				", exceeding the limit " + strconv.Itoa(mostCopied))
		}
		if doc, ok = jsonOperation(doc, o); !ok {
			return nil, unprocessable()
		}
	}
	out, ok := doc.(map[string]any)
	switch {
	case !ok:
		return nil, unprocessable()
	case deeper(doc, schema.MaxDepth):
		return nil, tooDeep()
	}
	return out, nil
}

// tooDeep is what a server says of JSON whose lists and maps lie too deep in each other.
func tooDeep() error { return api.BadRequest("error decoding patch: exceeded max depth") }

// deeper tells whether lists and maps lie more than so deep in each other. Moves can pile them up without a copy.
func deeper(v any, most int) bool {
	switch v := v.(type) {
	case map[string]any:
		//order:irrelevant one that is too deep is enough
		for _, item := range v {
			if most == 0 || deeper(item, most-1) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if most == 0 || deeper(item, most-1) {
				return true
			}
		}
	}
	return false
}

func tooLarge(why string) error {
	return api.Failure(413, "RequestEntityTooLarge", "Request entity too large: "+why, &api.StatusDetails{})
}

// copiedBytes is by how much an operation that copies makes a document longer; false if what it copies is too deep.
func copiedBytes(doc any, o map[string]any) (int, bool) {
	from, ok := pointer(o["from"])
	if o["op"] != "copy" || !ok {
		return 0, true
	}
	v, _ := find(doc, from)
	if deeper(v, schema.MaxDepth) {
		return 0, false
	}
	b, err := schema.MarshalTree(v)
	return len(b), err == nil
}

// unprocessable is all that a server says of an operation that does not fit the object.
func unprocessable() error {
	return api.Failure(422, api.StatusInvalid, "the server rejected our request due to an error in our request", &api.StatusDetails{})
}

func jsonOperation(doc any, o map[string]any) (any, bool) {
	kind, _ := o["op"].(string)
	path, ok := pointer(o["path"])
	if !ok {
		return nil, false
	}
	value := o["value"]
	switch kind {
	case "test":
		return doc, tests(doc, path, value)
	case "move", "copy":
		from, ok := pointer(o["from"])
		if !ok {
			return nil, false
		}
		if value, ok = find(doc, from); !ok {
			return nil, false
		}
		if kind == "copy" {
			return edit(doc, path, "add", copied(value))
		}
		if doc, ok = edit(doc, from, "remove", nil); !ok {
			return nil, false
		}
		return edit(doc, path, "add", value)
	}
	return edit(doc, path, kind, copied(value))
}

// tests tells whether a value stands at a path. A field that is not there is null, as it is upstream.
func tests(doc any, path []string, value any) bool {
	found, ok := find(doc, path)
	if !ok && value == nil && len(path) > 0 {
		parent, _ := find(doc, path[:len(path)-1])
		_, ok = parent.(map[string]any)
	}
	return ok && reflect.DeepEqual(found, value)
}

// pointer reads a JSON pointer.
func pointer(v any) ([]string, bool) {
	text, ok := v.(string)
	if !ok || text != "" && text[0] != '/' || strings.Count(text, "/") > schema.MaxDepth {
		return nil, false
	}
	if text == "" {
		return nil, true
	}
	parts := strings.Split(text[1:], "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(p, "~1", "/"), "~0", "~")
	}
	return parts, true
}

func find(doc any, path []string) (any, bool) {
	for _, key := range path {
		switch d := doc.(type) {
		case map[string]any:
			var ok bool
			if doc, ok = d[key]; !ok {
				return nil, false
			}
		case []any:
			i, ok := position(key, len(d)-1)
			if !ok {
				return nil, false
			}
			doc = d[i]
		default:
			return nil, false
		}
	}
	return doc, true
}

// position is an index from 0 to last; one below zero counts from the end.
func position(key string, last int) (int, bool) {
	i, err := strconv.Atoi(key)
	if err == nil && i < 0 {
		i += last + 1
	}
	return i, err == nil && i >= 0 && i <= last
}

// edit is doc, changed in place, with something added, replaced or removed at a path.
func edit(doc any, path []string, kind string, value any) (any, bool) {
	if len(path) == 0 {
		return value, kind != "remove"
	}
	key := path[0]
	switch d := doc.(type) {
	case map[string]any:
		inner, there := d[key]
		switch {
		case len(path) > 1:
			if !there {
				return nil, false
			}
			next, ok := edit(inner, path[1:], kind, value)
			d[key] = next
			return d, ok
		case kind == "remove":
			delete(d, key)
			return d, there
		case kind == "add" || kind == "replace" && there:
			d[key] = value
			return d, true
		}
	case []any:
		return editList(d, path, kind, value)
	}
	return nil, false
}

func editList(d []any, path []string, kind string, value any) (any, bool) {
	key := path[0]
	if kind == "add" && len(path) == 1 {
		if key == "-" {
			return append(d, value), true
		}
		i, ok := position(key, len(d))
		if !ok {
			return nil, false
		}
		return slices.Insert(d, i, value), true
	}
	i, ok := position(key, len(d)-1)
	if !ok {
		return nil, false
	}
	switch {
	case len(path) > 1:
		d[i], ok = edit(d[i], path[1:], kind, value)
		return d, ok
	case kind == "remove":
		return slices.Delete(d, i, i+1), true
	case kind == "replace":
		d[i] = value
		return d, true
	}
	return nil, false
}

// copied is a copy of a tree.
func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		//order:irrelevant each key is copied by itself
		for k, item := range v {
			out[k] = copied(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = copied(item)
		}
		return out
	}
	return v
}
