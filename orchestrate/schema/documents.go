package schema

import (
	"bytes"
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/json"
)

const separatorError = "invalid Yaml document separator: "

// readDocuments reads every document of a file. What comes before a mistake is given too.
//
// A file that begins with a brace is tried as JSON objects one after the other; if that fails at the
// first or second, what is left is tried as YAML, of which braces are a part. When both fail, the error
// is that of JSON. That is kubectl's rule.
func readDocuments(src []byte, file string) ([]*node, error) {
	if !jsonStream(src) {
		return readStream(src, src, file)
	}
	docs, used, err := readJSON(src)
	if err == nil {
		return docs, nil
	}
	bad, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return docs, err
	}
	failed := jsonSyntax(src, bad.Offset, jsonCause(bad), file)
	if len(docs) > 1 {
		return docs, failed
	}
	rest := src[used:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 && len(bytes.TrimSpace(rest[:i])) == 0 {
		rest = rest[i+1:]
	}
	more, err := readStream(src, rest, file)
	if len(more) == 0 && err != nil {
		return docs, failed
	}
	return append(docs, more...), err
}

// readStream reads the YAML documents of rest, which is the end of src.
func readStream(src, rest []byte, file string) ([]*node, error) {
	var docs []*node
	line := bytes.Count(src[:len(src)-len(rest)], []byte("\n"))
	for len(rest) > 0 {
		doc, separator, left := nextDocument(rest)
		if bad := strings.TrimSpace(string(separator)); bad != "" && bad[0] != '#' {
			return docs, yamlError(errors.New(separatorError+bad), doc, line+bytes.Count(doc, []byte("\n"))+1, file)
		}
		n, err := readYAML(doc, line)
		if err != nil {
			return docs, yamlError(err, doc, line, file)
		}
		if n != nil && n.kind != nodeNull {
			docs = append(docs, n)
		}
		line += bytes.Count(rest[:len(rest)-len(left)], []byte("\n"))
		rest = left
	}
	return docs, nil
}

// nextDocument cuts src before the first line that begins with three dashes: what is before it, what
// stands behind the dashes, and what comes after that line.
func nextDocument(src []byte) (doc, separator, rest []byte) {
	dashes := []byte("---")
	start := 0
	if !bytes.HasPrefix(src, dashes) {
		i := bytes.Index(src, []byte("\n---"))
		if i < 0 {
			return src, nil, nil
		}
		start = i + 1
	}
	line, rest, _ := bytes.Cut(src[start+len(dashes):], []byte("\n"))
	return src[:start], line, rest
}
