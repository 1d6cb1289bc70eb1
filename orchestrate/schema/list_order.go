package schema

import "github.com/slipway-dev/slipway/internal/sorting"

// KeyOf is what tells an element of a list from the others: the value of its merge key, or, without one, itself.
func KeyOf(v any, key string) (string, bool) {
	if key == "" {
		return Identity(v), true
	}
	m, _ := v.(map[string]any)
	return Identity(m[key]), m[key] != nil
}

// Places are the places of the elements of a list, the first of each kind.
func Places(list []any, key string) map[string]int {
	out := make(map[string]int, len(list))
	for i, v := range list {
		if id, ok := KeyOf(v, key); ok {
			if _, known := out[id]; !known {
				out[id] = i
			}
		}
	}
	return out
}

// Ordered puts a merged list in order: what the patch names in the patch's order, the rest in the order there was. A
// new element of the patch comes before the next of the rest.
func Ordered(list, order, before []any, key string) []any {
	first, old := Places(order, key), Places(before, key)
	index := func(in map[string]int, v any) int {
		if id, ok := KeyOf(v, key); ok {
			if i, known := in[id]; known {
				return i
			}
		}
		return -1
	}
	var named, rest []any
	for _, v := range list {
		if index(first, v) >= 0 {
			named = append(named, v)
		} else {
			rest = append(rest, v)
		}
	}
	sorting.Stable(named, func(a, b any) int { return index(first, a) - index(first, b) })
	out := make([]any, 0, len(list))
	for len(named) > 0 && len(rest) > 0 {
		r, n := index(old, rest[0]), index(old, named[0])
		if r >= 0 && n >= 0 && r < n {
			out, rest = append(out, rest[0]), rest[1:]
		} else {
			out, named = append(out, named[0]), named[1:]
		}
	}
	return append(append(out, named...), rest...)
}
