package schema

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/yaml"
)

// maxNodes bounds how large a manifest may become when its aliases are written out.
const maxNodes = 500_000

// yamlReader turns the tree of the YAML reader into ours, as sigs.k8s.io/yaml turns YAML 1.1 into JSON.
type yamlReader struct {
	before int          // lines before the document
	count  int          // nodes made
	depth  int          // how deep the present one lies, aliases written out
	open   []*yaml.Node // anchors being written out
}

// readYAML reads one document that begins behind so many lines. The result is nil if the document is
// empty. The error has the text kubectl prints behind "error converting YAML to JSON: ".
func readYAML(src []byte, before int) (*node, error) {
	root, err := yaml.Parse(src)
	if root == nil || err != nil {
		return nil, err
	}
	r := yamlReader{before: before}
	return r.convert(root)
}

// refuse is what is wrong with a node.
func refuse(y *yaml.Node, text string) error {
	return &yaml.Error{Text: text, Line: y.Line, Column: y.Column}
}

func (r *yamlReader) convert(y *yaml.Node) (*node, error) {
	if r.count++; r.count > maxNodes {
		return nil, refuse(y, "yaml: document contains excessive aliasing")
	}
	if r.depth++; r.depth > yaml.MaxDepth {
		return nil, refuse(y, "yaml: "+yaml.TooDeep)
	}
	n, err := r.collection(y)
	r.depth--
	return n, err
}

func (r *yamlReader) collection(y *yaml.Node) (*node, error) {
	n := &node{line: y.Line + r.before, col: y.Column}
	switch y.Kind {
	case yaml.Alias:
		return r.alias(y)
	case yaml.Sequence:
		n.kind = nodeList
		for _, item := range y.Content {
			c, err := r.convert(item)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, c)
		}
		return n, nil
	case yaml.Mapping:
		n.kind = nodeMap
		return n, r.mapping(n, y)
	}
	return n, r.scalar(n, y)
}

func (r *yamlReader) alias(y *yaml.Node) (*node, error) {
	for _, a := range r.open {
		if a == y.Target {
			return nil, refuse(y, "yaml: anchor '"+y.Value+"' value contains itself")
		}
	}
	r.open = append(r.open, y.Target)
	n, err := r.convert(y.Target)
	r.open = r.open[:len(r.open)-1]
	return n, err
}

// mapping reads the entries, then those of merge keys ("<<"), which never replace one that is there.
func (r *yamlReader) mapping(n *node, y *yaml.Node) error {
	var merged []*node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		v, err := r.convert(y.Content[i+1])
		if err != nil {
			return err
		}
		if key.Kind == yaml.Scalar && key.Value == "<<" && key.Style == 0 && key.Tag == "" {
			if merged = append(merged, v); !mergeable(v) {
				return refuse(key, "yaml: map merge requires map or sequence of maps as the value")
			}
			continue
		}
		k, err := r.key(key, v)
		if err != nil {
			return err
		}
		n.set(k, v)
	}
	for _, m := range merged {
		n.inherit(m)
	}
	return nil
}

// mergeable tells whether a merge key can take entries from n: it is a map, or a list of maps.
func mergeable(n *node) bool {
	for _, m := range n.maps() {
		if m.kind != nodeMap {
			return false
		}
	}
	return true
}

// maps are the items of a list, or n alone.
func (n *node) maps() []*node {
	if n.kind == nodeList {
		return n.items
	}
	return []*node{n}
}

// inherit takes over what a merge key's map, or list of maps, has and n has not.
func (n *node) inherit(from *node) {
	for _, m := range from.maps() {
		for i, k := range m.keys {
			if n.get(k.text) == nil {
				n.set(k, m.items[i])
			}
		}
	}
}

func (r *yamlReader) key(y *yaml.Node, value *node) (*node, error) {
	k, err := r.convert(y)
	if err != nil {
		return nil, err
	}
	switch k.kind {
	case nodeNull:
		return nil, refuse(y, "unsupported map key of type: %!s(<nil>), key: <nil>, value: "+goSyntax(value))
	case nodeList, nodeMap:
		return nil, refuse(y, "yaml: invalid map key: "+goSyntax(k))
	case nodeNumber:
		if f, err := strconv.ParseFloat(k.text, 64); err == nil && strings.ContainsAny(k.text, ".eE") {
			k.text = strconv.FormatFloat(f, 'g', -1, 32)
		}
	}
	// A copy: an alias as a key must not turn the value it stands for into text.
	return &node{kind: nodeText, text: k.text, line: k.line, col: k.col}, nil
}

// goSyntax is a node as Go prints what kubectl's reader makes of it.
func goSyntax(n *node) string {
	return strings.ReplaceAll(fmt.Sprintf("%#v", n.tree()), "map[string]interface {}", "map[interface {}]interface {}")
}

func (r *yamlReader) scalar(n *node, y *yaml.Node) error {
	n.kind, n.text = nodeText, y.Value
	switch {
	case y.Tag == "!!binary":
		if !n.readBinary(y.Value) {
			return refuse(y, "yaml: !!binary value contains invalid base64 data")
		}
		return nil
	case strings.HasPrefix(y.Tag, "!!") && y.Tag != "!!str":
		n.kind, n.text = plainScalar(y.Value)
		if found := yamlTag(n); found != y.Tag && (y.Tag != "!!float" || found != "!!int") && y.Tag != "!!timestamp" {
			return refuse(y, "yaml: cannot decode "+found+" `"+y.Value+"` as a "+y.Tag)
		}
	case y.Tag == "" && y.Style == 0:
		n.kind, n.text = plainScalar(y.Value)
	}
	if n.kind == nodeNumber && strings.Contains(strings.ToLower(n.text), "n") {
		return refuse(y, "json: unsupported value: "+noNumber(n.text))
	}
	return nil
}

// noNumber is what Go calls YAML's .inf, -.inf and .nan, which JSON cannot say.
func noNumber(s string) string {
	switch {
	case strings.EqualFold(s, ".nan"):
		return "NaN"
	case s[0] == '-':
		return "-Inf"
	}
	return "+Inf"
}

func yamlTag(n *node) string {
	switch n.kind {
	case nodeNull:
		return "!!null"
	case nodeBool:
		return "!!bool"
	case nodeNumber:
		if strings.ContainsAny(n.text, ".eE") {
			return "!!float"
		}
		return "!!int"
	}
	return "!!str"
}
