package schema

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/internal/json"
)

// node is a piece of a manifest as JSON sees it, with the place it stands at. Lines and columns count
// from 1; 0 means that it came from no text.
type node struct {
	kind      nodeKind
	text      string         // of a text, a number (as JSON writes it) or a bool
	keys      []*node        // of a map: texts, unique, in the order of the manifest
	items     []*node        // of a map or list
	places    map[string]int // of the keys, once there are many
	line, col int
}

type nodeKind uint8

const (
	nodeNull nodeKind = iota
	nodeBool
	nodeNumber
	nodeText
	nodeList
	nodeMap
)

// String is what JSON errors of Go call it.
func (k nodeKind) String() string {
	return [...]string{"null", "bool", "number", "string", "array", "object"}[k]
}

func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	if i := n.find(key); i >= 0 {
		return n.items[i]
	}
	return nil
}

// find is the place of a key; -1 if it is not there.
func (n *node) find(key string) int {
	if n.places != nil {
		if i, ok := n.places[key]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(n.keys, func(k *node) bool { return k.text == key })
}

// set puts an entry into a map; a key that is there already gets the new value, as in YAML and JSON.
func (n *node) set(key, value *node) {
	if i := n.find(key.text); i >= 0 {
		n.items[i] = value
		return
	}
	const many = 16 // from here on it is quicker to look a key up than to go through all
	if n.places == nil && len(n.keys) == many {
		n.places = make(map[string]int, 2*many)
		for i, k := range n.keys {
			n.places[k.text] = i
		}
	}
	if n.places != nil {
		n.places[key.text] = len(n.keys)
	}
	n.keys, n.items = append(n.keys, key), append(n.items, value)
}

// tree is n as plain Go values: nil, bool, int64, float64, string, []any, map[string]any.
func (n *node) tree() any {
	switch n.kind {
	case nodeBool:
		return n.text == "true"
	case nodeNumber:
		return number(n.text)
	case nodeText:
		return n.text
	case nodeList:
		list := make([]any, len(n.items))
		for i, item := range n.items {
			list[i] = item.tree()
		}
		return list
	case nodeMap:
		m := make(map[string]any, len(n.items))
		for i, item := range n.items {
			m[n.keys[i].text] = item.tree()
		}
		return m
	}
	return nil
}

func number(s string) any {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return json.Number(s)
	}
	//float:exact only a whole number equals its own truncation
	if whole := int64(f); f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return whole
	}
	return f
}

// nodeOf is the way back from tree. Values that JSON does not know become null.
func nodeOf(v any) *node {
	switch v := v.(type) {
	case bool:
		return &node{kind: nodeBool, text: strconv.FormatBool(v)}
	case int:
		return &node{kind: nodeNumber, text: strconv.Itoa(v)}
	case int32:
		return &node{kind: nodeNumber, text: strconv.FormatInt(int64(v), 10)}
	case int64:
		return &node{kind: nodeNumber, text: strconv.FormatInt(v, 10)}
	case float64:
		return &node{kind: nodeNumber, text: formatFloat(v)}
	case json.Number:
		return &node{kind: nodeNumber, text: string(v)}
	case string:
		return &node{kind: nodeText, text: v}
	case []any:
		n := &node{kind: nodeList}
		for _, item := range v {
			n.items = append(n.items, nodeOf(item))
		}
		return n
	case map[string]any:
		n := &node{kind: nodeMap}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			n.keys, n.items = append(n.keys, &node{kind: nodeText, text: k}), append(n.items, nodeOf(v[k]))
		}
		return n
	}
	return &node{}
}

// formatFloat writes a float as encoding/json does.
func formatFloat(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "0"
	}
	return string(json.AppendFloat(nil, f))
}
