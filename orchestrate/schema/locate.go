package schema

import "strings"

// Locate is where a field stands in the manifest, from 1: that of the deepest part of the path there is, which for an unknown path is
// where the document begins. The path is as errors spell it: spec.containers[0].image, metadata.labels[app].
func (d *Document) Locate(path string) (line, column int) {
	line, column = d.Line, d.Column
	for at := d.root; at != nil; {
		path = strings.TrimLeft(path, ".[]")
		i, used := at.step(path)
		if i < 0 {
			break
		}
		found := at.items[i]
		if at.kind == nodeMap {
			found = at.keys[i]
		}
		line, column = found.line, found.col
		at, path = at.items[i], path[used:]
	}
	return line, column
}

// step is the place of the item that a path leads to first, and how much of the path is its name; -1 if there is none. A name may
// have points in it, and app may stand beside app.kubernetes.io/name: the longest is meant.
func (n *node) step(path string) (item, used int) {
	item = -1
	for i, k := range n.keys {
		end := len(k.text)
		if end > used && strings.HasPrefix(path, k.text) && (end == len(path) || strings.IndexByte(".[]", path[end]) >= 0) {
			item, used = i, end
		}
	}
	if n.kind != nodeList {
		return item, used
	}
	index := 0
	for used < len(path) && '0' <= path[used] && path[used] <= '9' && index < len(n.items) {
		index = 10*index + int(path[used]-'0')
		used++
	}
	if used > 0 && index < len(n.items) {
		item = index
	}
	return item, used
}
