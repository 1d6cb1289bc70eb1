package lessons

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// decoder reads YAML strictly: every key is known, every value has its type, and each problem has its place.
type decoder struct {
	file     string
	line     int // lines in front of the YAML, for front matter
	problems *Problems
}

// field is a key a mapping may have and what reads its value.
type field struct {
	key  string
	must bool
	read func(*yaml.Node)
}

// root parses the text and returns its top mapping; nil, with a problem noted, if it has none.
func (d *decoder) root(text string) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		line, message := yamlError(err)
		d.problems.add(d.file, d.line+line, 1, "", "not YAML: %s", message)
		return nil
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		d.problems.add(d.file, d.line+1, 1, "write key: value", "found no mapping")
		return nil
	}
	return doc.Content[0]
}

// yamlError takes the line out of the library's error; 1 if it names none.
func yamlError(err error) (line int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	rest, ok := strings.CutPrefix(message, "line ")
	number, text, found := strings.Cut(rest, ": ")
	if n, err := strconv.Atoi(number); ok && found && err == nil {
		return n, text
	}
	return 1, message
}

// fail notes a problem at a node.
func (d *decoder) fail(n *yaml.Node, hint, format string, args ...any) {
	d.problems.add(d.file, d.line+n.Line, n.Column, hint, format, args...)
}

// mapping reads a mapping with these keys and no others.
func (d *decoder) mapping(n *yaml.Node, what string, fields ...field) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.fail(n, "", "%s must be a mapping, found %s", what, kindOf(n))
		return
	}
	seen := map[string]bool{}
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		at := slices.Index(known, key.Value)
		switch {
		case at < 0:
			d.fail(key, didYouMean(key.Value, known), "unknown key %q in %s", key.Value, what)
		case seen[key.Value]:
			d.fail(key, "", "key %q stands twice in %s", key.Value, what)
		default:
			fields[at].read(resolve(n.Content[i+1]))
		}
		seen[key.Value] = true
	}
	for _, f := range fields {
		if f.must && !seen[f.key] {
			d.fail(n, "", "%s lacks the key %q", what, f.key)
		}
	}
}

// list reads each item of a sequence; example is what one looks like, for a hint.
func (d *decoder) list(n *yaml.Node, what, example string, item func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		d.fail(n, "write each on a line of its own: - "+example, "%s must be a list, found %s", what, kindOf(n))
		return
	}
	for _, c := range n.Content {
		item(resolve(c))
	}
}

// text reads a string, or a number taken as one.
func (d *decoder) text(n *yaml.Node, what string, to *string) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		d.fail(n, "", "%s must be text, found %s", what, kindOf(n))
		return
	}
	*to = n.Value
}

// number reads a whole number that is not negative.
func (d *decoder) number(n *yaml.Node, what string, most uint64) uint64 {
	v, err := strconv.ParseUint(n.Value, 10, 64)
	if n.Kind != yaml.ScalarNode || err != nil || v > most {
		d.fail(n, "", "%s must be a whole number from 0 to %d, found %s", what, most, kindOf(n))
		return 0
	}
	return v
}

// texts reads a mapping of text to text.
func (d *decoder) texts(n *yaml.Node, what string) map[string]string {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "", "%s must be a mapping, found %s", what, kindOf(n))
		return nil
	}
	m := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if _, twice := m[key.Value]; twice {
			d.fail(key, "", "key %q stands twice in %s", key.Value, what)
		}
		value := ""
		d.text(resolve(n.Content[i+1]), what+" "+strconv.Quote(key.Value), &value)
		m[key.Value] = value
	}
	return m
}

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// kindOf names a node for a message.
func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.ShortTag() == "!!null":
		return "nothing"
	}
	if utf8.RuneCountInString(n.Value) > 40 {
		return strconv.Quote(string([]rune(n.Value)[:40]) + "...")
	}
	return strconv.Quote(n.Value)
}
