package fmt

import (
	"reflect"
	"slices"
	"strconv"
)

// sortedKeys are the keys of a map of texts, in order.
func sortedKeys(m reflect.Value) []reflect.Value {
	var texts []string
	//order:irrelevant they are sorted
	for it := m.MapRange(); it.Next(); {
		texts = append(texts, it.Key().String())
	}
	slices.Sort(texts)
	keys := make([]reflect.Value, len(texts))
	for i, s := range texts {
		keys[i] = reflect.New(m.Type().Key()).Elem()
		keys[i].SetString(s)
	}
	return keys
}

// appendGo prints a tree of plain values as %#v does: as Go would write it.
func appendGo(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "<nil>"...)
	case string:
		return strconv.AppendQuote(b, v)
	case []any:
		if v == nil {
			return append(b, "[]interface {}(nil)"...)
		}
		b = append(b, "[]interface {}{"...)
		for i, item := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendInside(b, item)
		}
		return append(b, '}')
	case map[string]any:
		if v == nil {
			return append(b, "map[string]interface {}(nil)"...)
		}
		b = append(b, "map[string]interface {}{"...)
		for i, k := range sortedKeys(reflect.ValueOf(v)) {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(strconv.AppendQuote(b, k.String()), ':')
			b = appendInside(b, v[k.String()])
		}
		return append(b, '}')
	}
	return appendPlain(b, reflect.ValueOf(v), 'v')
}

// appendInside prints an item: there an empty one has a type.
func appendInside(b []byte, v any) []byte {
	if v == nil {
		return append(b, "interface {}(nil)"...)
	}
	return appendGo(b, v)
}
