package schema

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxNodes bounds how large a manifest may become when its aliases are written out.
const maxNodes = 500_000

// yamlReader turns the tree of the YAML library into ours, as sigs.k8s.io/yaml turns YAML 1.1 into JSON.
type yamlReader struct {
	before int          // lines before the document
	count  int          // nodes made
	open   []*yaml.Node // anchors being written out
}

// readYAML reads one document that begins behind so many lines. The result is nil if the document is
// empty. The error has the text kubectl prints behind "error converting YAML to JSON: ".
func readYAML(src []byte, before int) (*node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	r := yamlReader{before: before}
	return r.convert(doc.Content[0])
}

func (r *yamlReader) convert(y *yaml.Node) (*node, error) {
	if r.count++; r.count > maxNodes {
		return nil, errors.New("yaml: document contains excessive aliasing")
	}
	n := &node{line: y.Line + r.before, col: y.Column}
	switch y.Kind {
	case yaml.AliasNode:
		return r.alias(y)
	case yaml.SequenceNode:
		n.kind = nodeList
		for _, item := range y.Content {
			c, err := r.convert(item)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, c)
		}
		return n, nil
	case yaml.MappingNode:
		n.kind = nodeMap
		return n, r.mapping(n, y)
	}
	return n, r.scalar(n, y)
}

func (r *yamlReader) alias(y *yaml.Node) (*node, error) {
	for _, a := range r.open {
		if a == y.Alias {
			return nil, fmt.Errorf("yaml: anchor '%s' value contains itself", y.Value)
		}
	}
	r.open = append(r.open, y.Alias)
	n, err := r.convert(y.Alias)
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
		if key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Style == 0 {
			merged = append(merged, v)
			continue
		}
		k, err := r.key(key, v)
		if err != nil {
			return err
		}
		n.set(k, v)
	}
	for _, m := range merged {
		if err := n.inherit(m); err != nil {
			return err
		}
	}
	return nil
}

// inherit takes over what a merge key's map, or list of maps, has and n has not.
func (n *node) inherit(from *node) error {
	maps := []*node{from}
	if from.kind == nodeList {
		maps = from.items
	}
	for _, m := range maps {
		if m.kind != nodeMap {
			return errors.New("yaml: map merge requires map or sequence of maps as the value")
		}
		for i, k := range m.keys {
			if n.get(k.text) == nil {
				n.set(k, m.items[i])
			}
		}
	}
	return nil
}

func (r *yamlReader) key(y *yaml.Node, value *node) (*node, error) {
	k, err := r.convert(y)
	if err != nil {
		return nil, err
	}
	switch k.kind {
	case nodeNull:
		return nil, fmt.Errorf("unsupported map key of type: %%!s(<nil>), key: <nil>, value: %#v", value.tree())
	case nodeList, nodeMap:
		return nil, fmt.Errorf("yaml: invalid map key: %#v", k.tree())
	case nodeNumber:
		if f, err := strconv.ParseFloat(k.text, 64); err == nil && strings.ContainsAny(k.text, ".eE") {
			k.text = strconv.FormatFloat(f, 'g', -1, 32)
		}
	}
	// A copy: an alias as a key must not turn the value it stands for into text.
	return &node{kind: nodeText, text: k.text, line: k.line, col: k.col}, nil
}

func (r *yamlReader) scalar(n *node, y *yaml.Node) error {
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	n.kind, n.text = nodeText, y.Value
	tagged := y.Style&yaml.TaggedStyle != 0
	switch {
	case tagged && y.Tag == "!!binary":
		return readBinary(n, y.Value)
	case tagged && strings.HasPrefix(y.Tag, "!!") && y.Tag != "!!str":
		n.kind, n.text = plainScalar(y.Value)
		if found := yamlTag(n); found != y.Tag && (y.Tag != "!!float" || found != "!!int") && y.Tag != "!!timestamp" {
			return fmt.Errorf("yaml: cannot decode %s `%s` as a %s", found, y.Value, y.Tag)
		}
	case !tagged && y.Style&quoted == 0:
		n.kind, n.text = plainScalar(y.Value)
	}
	if n.kind == nodeNumber && strings.Contains(strings.ToLower(n.text), "n") {
		return errors.New("json: unsupported value: " + noNumber(n.text))
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
