package schema

import (
	"strconv"

	"github.com/slipway-dev/slipway/internal/json"
)

// Duplicates are the fields that a JSON body has twice, in the order of the body. kubectl sends none: it reads its manifests
// itself, and takes the last of two. A body that is no JSON has none.
func Duplicates(body []byte) []Problem {
	v, err := json.Parse(body)
	if err != nil {
		return nil
	}
	d := duplicates{placer: placer{src: body}}
	d.value(v, "")
	return d.found
}

type duplicates struct {
	placer
	found []Problem
}

func (d *duplicates) value(v *json.Value, path string) {
	seen := map[string]bool{}
	for i, item := range v.Items {
		if v.Kind != json.Map {
			d.value(item, path+"["+strconv.Itoa(i)+"]")
			continue
		}
		key := v.Keys[i].Text
		at := join(path, key)
		if seen[key] {
			n := d.node(v.Keys[i])
			d.found = append(d.found, Problem{Message: `duplicate field "` + at + `"`, Path: at, Line: n.line, Column: n.col})
		}
		seen[key] = true
		d.value(item, at)
	}
}
