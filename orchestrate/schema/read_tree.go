package schema

import (
	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// MaxDepth bounds how deep lists and maps may lie in each other.
const MaxDepth = json.MaxDepth

// ReadTree reads one JSON value that is an object, or a YAML document, as plain values: a body that is no object of a kind, such
// as options or a patch. The error is a *SyntaxError; a text without a document is nil.
func ReadTree(src []byte, file string) (any, error) {
	if at := json.Space(src, 0); at < len(src) && src[at] == '[' {
		if v, err := json.Parse(src); err == nil {
			return v.Tree(number), nil // a list in JSON, such as a patch: it may be longer than YAML with its aliases
		}
	}
	docs, err := readDocuments(src, file)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	return docs[0].tree(), nil
}

// Read makes an object of plain JSON values as [FromTree] does, but gives the fields nobody knows apart: a server leaves them
// out unless it is asked to be strict. The error is a Problem.
func Read(res *Resource, tree map[string]any) (api.Object, []Problem, error) {
	o, strict, err := decodeObject(res, nodeOf(tree))
	if err != nil {
		return nil, strict, *err
	}
	return o, strict, nil
}

// MergesAsSet tells whether a list of plain values at this path is merged as a set.
func MergesAsSet(path string) bool { return sets[path] }
