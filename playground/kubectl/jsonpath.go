package kubectl

import (
	"errors"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// jsonPath is a compiled template such as {.items[*].metadata.name}.
//
//	text {.field['key\.with\.dots'][0:2][?(@.a=="b")]} {range .items[*]}{.a}{"\n"}{end}
//
// Source: Kubernetes documentation, "JSONPath Support"; k8s.io/client-go/util/jsonpath, whose texts the errors are.
type jsonPath struct {
	source string
	root   []*pathNode
	// strict refuses a field that is not there; otherwise it gives nothing.
	strict bool
	// left is how many values may still be found, while looking.
	left int
}

// mostFound bounds how many values a template may come across: each .. and each union multiplies them.
const mostFound = 1_000_000

var errTooMuch = errors.New("the template finds more than 1000000 values")

// pathKind says what a node of a path does to the values it is given.
type pathKind uint8

const (
	pathList      pathKind = iota // its parts, one after the other: {...}
	pathText                      // gives its text
	pathNumber                    // gives its number
	pathBool                      // gives true or false
	pathField                     // .name
	pathWildcard                  // .* and [*]
	pathRecursive                 // ..
	pathSlice                     // [2], [1:3], [::2]
	pathUnion                     // [0,2] and ['a','b']
	pathFilter                    // [?(@.a=="b")]
	pathRange                     // {range ...} body {end}
	pathWord                      // a word that means nothing
)

type pathNode struct {
	kind  pathKind
	text  string      // text, field name, word, operator of a filter
	value any         // number or bool
	parts []*pathNode // of a list, a union, a filter (left and right), a range (what it goes over)
	body  []*pathNode // of a range
	slice sliceBounds
}

// find gives the results of each top-level part of the template, in order.
func (p *jsonPath) find(data any) ([][]any, error) {
	q := *p
	q.left = mostFound
	return q.walkAll(q.root, []any{data})
}

func (p *jsonPath) walkAll(nodes []*pathNode, in []any) ([][]any, error) {
	var all [][]any
	for _, n := range nodes {
		if n.kind == pathRange {
			over, err := p.sequence(n.parts, in)
			if err != nil {
				return nil, err
			}
			for _, v := range over {
				results, err := p.walkAll(n.body, []any{v})
				if err != nil {
					return nil, err
				}
				all = append(all, results...)
			}
			continue
		}
		results, err := p.walk(n, in)
		if err != nil {
			return nil, err
		}
		all = append(all, results)
	}
	return all, nil
}

func (p *jsonPath) sequence(nodes []*pathNode, in []any) ([]any, error) {
	var err error
	for _, n := range nodes {
		if in, err = p.walk(n, in); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// walk gives what a node makes of all the values before it.
func (p *jsonPath) walk(n *pathNode, in []any) ([]any, error) {
	out, err := p.step(n, in)
	if p.left -= 1 + len(out); p.left < 0 {
		return nil, errTooMuch
	}
	return out, err
}

func (p *jsonPath) step(n *pathNode, in []any) ([]any, error) {
	switch n.kind {
	case pathList:
		return p.sequence(n.parts, in)
	case pathText:
		return []any{n.text}, nil
	case pathNumber, pathBool:
		return []any{n.value}, nil
	case pathField:
		return p.field(n.text, in)
	case pathWildcard:
		var out []any
		for _, v := range in {
			if out = append(out, children(v)...); len(out) > p.left {
				return nil, errTooMuch
			}
		}
		return out, nil
	case pathRecursive:
		return p.descend(nil, in)
	case pathSlice:
		return p.sliceAll(n.slice, in)
	case pathFilter:
		return p.filter(n, in)
	case pathUnion:
		var out []any
		for _, part := range n.parts {
			results, err := p.walk(part, in)
			if err != nil {
				return nil, err
			}
			out = append(out, results...)
		}
		return out, nil
	}
	if n.text == "end" {
		return nil, errors.New("not in range, nothing to end")
	}
	return nil, fmt.Errorf("unrecognized identifier %s", n.text)
}

func (p *jsonPath) field(name string, in []any) ([]any, error) {
	var out []any
	for _, v := range in {
		if field, ok := schema.Lookup(v, name); ok {
			out = append(out, field)
		}
	}
	if len(out) == 0 && p.strict {
		return nil, fmt.Errorf("%s is not found", name)
	}
	return out, nil
}

// children are the values directly below v: of an object in the order of its keys (upstream's is random).
func children(v any) []any {
	switch v := schema.Opened(v).(type) {
	case map[string]any:
		out := make([]any, 0, len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, v[k])
		}
		return out
	case []any:
		return v
	}
	return nil
}

// descend gives each value that has something below it, and after it what is below, at any depth.
func (p *jsonPath) descend(out, in []any) ([]any, error) {
	var err error
	for _, v := range in {
		below := children(v)
		if len(below) == 0 {
			continue
		}
		if out, err = p.descend(append(out, v), below); err != nil || len(out) > p.left {
			return nil, errTooMuch
		}
	}
	return out, nil
}

func (p *jsonPath) filter(n *pathNode, in []any) ([]any, error) {
	var out []any
	for _, v := range in {
		list, ok := v.([]any)
		if !ok {
			return nil, fmt.Errorf("%v is not array or slice and cannot be filtered", schema.Plain(v))
		}
		for _, item := range list {
			pass, err := p.passes(n, item)
			if err != nil {
				return nil, err
			}
			if pass {
				out = append(out, item)
			}
		}
	}
	return out, nil
}

func (p *jsonPath) passes(n *pathNode, item any) (bool, error) {
	left, err := p.walk(n.parts[0], []any{item})
	if n.text == "exists" {
		return err == nil && len(left) > 0, nil
	}
	if err != nil || len(left) == 0 {
		return false, err
	}
	right, err := p.walk(n.parts[1], []any{item})
	if err != nil || len(right) == 0 {
		return false, err
	}
	if len(left) > 1 || len(right) > 1 {
		return false, errors.New("can only compare one element at a time")
	}
	return compareBy(n.text, left[0], right[0])
}
