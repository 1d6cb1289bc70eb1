package schema

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxNodes bounds how large a manifest may become when its aliases are written out.
const maxNodes = 500_000

// SyntaxError is text that is neither YAML nor JSON.
type SyntaxError struct {
	// File is the name the text came under, for example STDIN.
	File string
	// Line counts from 1; Column too, and is 0 if it is not known.
	Line, Column int
	// Cause is what the YAML reader says, as upstream prints it: "yaml: line 4: …".
	Cause string
	// Hint is a sentence that helps.
	Hint string
}

// Error is the text of kubectl.
func (e *SyntaxError) Error() string {
	return "error parsing " + e.File + ": error converting YAML to JSON: " + e.Cause
}

// readDocuments reads every document of a YAML stream. What comes before a syntax error is given too.
func readDocuments(src []byte, file string) ([]*node, error) {
	var docs []*node
	d := yaml.NewDecoder(bytes.NewReader(src))
	for {
		var y yaml.Node
		err := d.Decode(&y)
		if errors.Is(err, io.EOF) {
			return docs, nil
		}
		if err != nil {
			return docs, syntaxError(err, src, file)
		}
		c := converter{left: maxNodes}
		n, err := c.convert(&y, 0)
		if err != nil {
			return docs, &SyntaxError{File: file, Line: y.Line, Column: y.Column, Cause: "yaml: " + err.Error()}
		}
		if n.kind != nodeNull {
			docs = append(docs, n)
		}
	}
}

// syntaxError finds the place in what the YAML reader says.
func syntaxError(err error, src []byte, file string) error {
	e := &SyntaxError{File: file, Cause: err.Error()}
	if _, rest, ok := strings.Cut(e.Cause, "line "); ok {
		digits := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
		e.Line, _ = strconv.Atoi(digits)
	}
	lines := bytes.Split(src, []byte("\n"))
	if e.Line < 1 || e.Line > len(lines) {
		return e
	}
	line := lines[e.Line-1]
	e.Column = len(line) - len(bytes.TrimLeft(line, " \t")) + 1
	if i := bytes.IndexByte(line[:e.Column-1], '\t'); i >= 0 {
		e.Column, e.Hint = i+1, "YAML indents with spaces; this line begins with a tab"
		return e
	}
	switch {
	case strings.Contains(e.Cause, "mapping values are not allowed"):
		e.Hint = `there is a second ": " on one line, or the line is indented further than the one before allows`
	case strings.Contains(e.Cause, "could not find expected ':'"):
		e.Hint = `a key needs ": " behind it`
	case strings.Contains(e.Cause, "did not find expected key"), strings.Contains(e.Cause, "did not find expected '-' indicator"):
		e.Hint = "its indentation fits neither the line before nor a block that is open"
	case strings.Contains(e.Cause, "found unexpected end of stream"):
		e.Hint = "a quote or bracket was opened and never closed"
	}
	return e
}

// converter turns YAML nodes into ours, as sigs.k8s.io/yaml turns YAML 1.1 into JSON.
type converter struct{ left int }

var (
	errTooLarge = errors.New("document is too large once its aliases are written out")
	errCycle    = errors.New("anchor contains itself")
)

const maxDepth = 200

func (c *converter) convert(y *yaml.Node, depth int) (*node, error) {
	if c.left--; c.left < 0 {
		return nil, errTooLarge
	}
	if depth > maxDepth {
		return nil, errCycle
	}
	switch y.Kind {
	case yaml.DocumentNode:
		return c.convert(y.Content[0], depth+1)
	case yaml.AliasNode:
		return c.convert(y.Alias, depth+1)
	case yaml.SequenceNode:
		n := &node{kind: nodeList, line: y.Line, col: y.Column}
		for _, item := range y.Content {
			child, err := c.convert(item, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, child)
		}
		return n, nil
	case yaml.MappingNode:
		return c.mapping(y, depth)
	}
	return scalar(y)
}

func (c *converter) mapping(y *yaml.Node, depth int) (*node, error) {
	n := &node{kind: nodeMap, line: y.Line, col: y.Column}
	var merged []*node
	for i := 0; i+1 < len(y.Content); i += 2 {
		value, err := c.convert(y.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if y.Content[i].ShortTag() == "!!merge" {
			merged = append(merged, value)
			continue
		}
		key, err := c.convert(y.Content[i], depth+1)
		if err != nil {
			return nil, err
		}
		if key.kind == nodeList || key.kind == nodeMap {
			return nil, errors.New("line " + strconv.Itoa(key.line) + ": a key cannot be a list or a map")
		}
		if key.kind == nodeNull {
			key.text = "null"
		}
		n.set(&node{kind: nodeText, text: key.text, line: key.line, col: key.col}, value)
	}
	for _, m := range merged {
		n.inherit(m)
	}
	return n, nil
}

// inherit takes over what a merge key ("<<") names and the map does not say itself.
func (n *node) inherit(from *node) {
	if from.kind == nodeList {
		for _, item := range from.items {
			n.inherit(item)
		}
		return
	}
	for i, k := range from.keys {
		if n.get(k.text) == nil {
			n.set(k, from.items[i])
		}
	}
}

// scalar reads one plain value. YAML 1.1 takes yes, no, on, off, y and n for booleans.
func scalar(y *yaml.Node) (*node, error) {
	n := &node{kind: nodeText, text: y.Value, line: y.Line, col: y.Column}
	tag := y.ShortTag()
	if tag == "!!str" && y.Style == 0 && y.Tag == "!!str" {
		switch y.Value {
		case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON":
			n.kind, n.text = nodeBool, "true"
		case "n", "N", "no", "No", "NO", "off", "Off", "OFF":
			n.kind, n.text = nodeBool, "false"
		}
		return n, nil
	}
	switch tag {
	case "!!null":
		n.kind, n.text = nodeNull, ""
	case "!!bool":
		n.kind, n.text = nodeBool, strings.ToLower(y.Value)
		if !strings.EqualFold(y.Value, "true") {
			n.text = "false"
		}
	case "!!int":
		n.kind, n.text = nodeNumber, integer(y)
	case "!!float":
		var f float64
		if err := y.Decode(&f); err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
			return nil, errors.New("line " + strconv.Itoa(y.Line) + ": " + y.Value + " is no number JSON knows")
		}
		n.kind, n.text = nodeNumber, formatFloat(f)
	case "!!binary":
		b, err := base64.StdEncoding.DecodeString(y.Value)
		if err != nil {
			return nil, errors.New("line " + strconv.Itoa(y.Line) + ": !!binary value contains invalid base64 data")
		}
		n.text = string(b)
	}
	return n, nil
}

// integer is a whole number as JSON writes it: hexadecimal, octal and underscores are for YAML only.
func integer(y *yaml.Node) string {
	var i int64
	if y.Decode(&i) == nil {
		return strconv.FormatInt(i, 10)
	}
	var u uint64
	if y.Decode(&u) == nil {
		return strconv.FormatUint(u, 10)
	}
	return y.Value
}
