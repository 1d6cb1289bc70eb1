package schema

import (
	"reflect"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Document is one manifest of a file.
type Document struct {
	// APIVersion and Kind are what it says of itself; Name and Namespace those of its metadata.
	APIVersion, Kind, Name, Namespace string
	// Resource is the served kind it is of; nil if no kind goes by that name.
	Resource *Resource
	// Object is what it describes, without defaults; nil if Resource is nil or Err is set.
	Object api.Object
	// Tree is what it says, word for word, as plain JSON values.
	Tree map[string]any
	// Line and Column are where it begins, from 1.
	Line, Column int
	// Strict are the fields nobody knows, in the order of the manifest. The server refuses them unless it is asked not to.
	Strict []Problem
	// Err is the first value of a wrong type.
	Err *Problem

	root *node // for Locate
}

// Problem is a mistake in a manifest, with its place.
type Problem struct {
	// Message is upstream's text: unknown field "spec.containers[0].imagee".
	Message string
	// Path is the field, for example spec.containers[0].imagee.
	Path string
	// Line and Column are where it stands, from 1.
	Line, Column int
	// Nearest is the field that was probably meant, if one is near.
	Nearest string
}

// Error is the message.
func (p Problem) Error() string { return p.Message }

// Decode reads manifests: YAML or JSON, one document or many, lists taken apart. The error is a *SyntaxError;
// the documents before it are given all the same. What is wrong inside a document is in the document. The name of the file
// appears in errors.
func Decode(src []byte, file string) ([]Document, error) {
	nodes, err := readDocuments(src, file)
	var docs []Document
	for _, n := range nodes {
		docs = appendDocuments(docs, n)
	}
	return docs, err
}

// appendDocuments takes lists apart, as kubectl does: whatever has items is one.
func appendDocuments(docs []Document, n *node) []Document {
	if items := n.get("items"); items != nil && items.kind == nodeList && strings.HasSuffix(textOf(n.get("kind")), "List") {
		for _, item := range items.items {
			docs = appendDocuments(docs, item)
		}
		return docs
	}
	return append(docs, document(n))
}

func document(n *node) Document {
	d := Document{Line: n.line, Column: n.col, root: n}
	if n.kind != nodeMap {
		d.Err = &Problem{Message: "a manifest is an object with apiVersion, kind and metadata, not a " + n.kind.String(), Line: n.line, Column: n.col}
		return d
	}
	d.Tree, _ = n.tree().(map[string]any)
	d.APIVersion, d.Kind = textOf(n.get("apiVersion")), textOf(n.get("kind"))
	d.Name, d.Namespace = textOf(n.get("metadata").get("name")), textOf(n.get("metadata").get("namespace"))
	if d.Resource = ByGVK(d.APIVersion, d.Kind); d.Resource == nil {
		return d
	}
	d.Object, d.Strict, d.Err = decodeObject(d.Resource, n)
	return d
}

func textOf(n *node) string {
	if n == nil || n.kind != nodeText {
		return ""
	}
	return n.text
}

// FromTree makes an object of plain JSON values, as [Tree] gives them. Fields nobody knows and values of a wrong type are
// an error (a Problem).
func FromTree(res *Resource, tree map[string]any) (api.Object, error) {
	o, strict, err := decodeObject(res, nodeOf(tree))
	if err != nil {
		return nil, *err
	}
	if len(strict) > 0 {
		return nil, strict[0]
	}
	return o, nil
}

func decodeObject(res *Resource, n *node) (api.Object, []Problem, *Problem) {
	o := res.New()
	var d decoder
	top := *n
	top.keys, top.items, top.places = nil, nil, nil
	for i, k := range n.keys {
		if k.text != "apiVersion" && k.text != "kind" {
			top.keys, top.items = append(top.keys, k), append(top.items, n.items[i])
		}
	}
	d.value(&top, reflect.ValueOf(o).Elem(), place{})
	if d.broken != nil {
		return nil, d.strict, d.broken
	}
	if d.mistyped != nil {
		return nil, d.strict, d.mistyped
	}
	return o, d.strict, nil
}
