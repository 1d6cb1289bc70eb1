package schema

import (
	"strconv"
	"strings"
)

// Locate is where a field stands in the manifest, from 1: that of the deepest part of the path there is, which for an unknown path is
// where the document begins. The path is as errors spell it: spec.containers[0].image, metadata.labels[app].
func (d *Document) Locate(path string) (line, column int) {
	at, line, column := d.root, d.Line, d.Column
	for at != nil && path != "" {
		name, rest := pathStep(at, path)
		i, err := strconv.Atoi(name)
		switch {
		case at.kind == nodeList && err == nil && i >= 0 && i < len(at.items):
			line, column = at.items[i].line, at.items[i].col
			at = at.items[i]
		case at.kind == nodeMap && at.get(name) != nil:
			for i, k := range at.keys {
				if k.text == name {
					line, column = k.line, k.col
					at = at.items[i]
					break
				}
			}
		default:
			return line, column
		}
		path = rest
	}
	return line, column
}

// pathStep cuts the first name off a path. A name that has points in it is a key of the map, as a whole.
func pathStep(at *node, path string) (name, rest string) {
	path = strings.TrimPrefix(path, ".")
	if inner, ok := strings.CutPrefix(path, "["); ok {
		name, rest, _ = strings.Cut(inner, "]")
		return strings.Trim(name, `"`), rest
	}
	for _, k := range at.keys { // the longest: app may stand beside app.kubernetes.io/name
		if after, ok := strings.CutPrefix(path, k.text); ok && len(k.text) > len(name) && (after == "" || after[0] == '.' || after[0] == '[') {
			name, rest = k.text, after
		}
	}
	if name != "" {
		return name, rest
	}
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		return path, ""
	}
	return path[:end], path[end:]
}
