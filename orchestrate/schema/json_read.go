package schema

import (
	"bytes"
	"encoding/base64"
	"reflect"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/json"
)

// jsonStream tells whether src is JSON by its first sign, as kubectl does.
func jsonStream(src []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(src, " \t\r\n"), []byte("{"))
}

// readJSON reads one object after the other. It gives those before the first mistake, how many bytes
// they took, and the mistake, which is a *json.SyntaxError.
func readJSON(src []byte) (docs []*node, used int, err error) {
	p := placer{src: src}
	for at := json.Space(src, 0); at < len(src); at = json.Space(src, used) {
		v, end, err := json.Read(src, at)
		if err != nil {
			return docs, used, err
		}
		docs, used = append(docs, p.node(v)), end
	}
	return docs, len(src), nil
}

// placer turns JSON into nodes, and counts the lines on the way.
type placer struct {
	src       []byte
	line      int // before the place
	lineStart int
	at        int
}

func (p *placer) node(v *json.Value) *node {
	for ; p.at < v.At; p.at++ {
		if p.src[p.at] == '\n' {
			p.line, p.lineStart = p.line+1, p.at+1
		}
	}
	n := &node{kind: nodeKind(v.Kind), text: v.Text, line: p.line + 1, col: v.At - p.lineStart + 1}
	for i, item := range v.Items {
		if v.Kind == json.Map {
			key := p.node(v.Keys[i])
			n.set(key, p.node(item))
		} else {
			n.items = append(n.items, p.node(item))
		}
	}
	return n
}

// jsonCause is what kubectl says of JSON that is wrong.
func jsonCause(bad *json.SyntaxError) string {
	if bad.Ended {
		return "unexpected EOF"
	}
	return "json: offset " + strconv.Itoa(bad.Offset) + ": " + bad.Error()
}

// Unmarshal reads JSON into any Go value, as encoding/json does for types of texts, numbers, truth values, lists, maps and
// structs. Names are compared letter for letter; those nobody knows are passed over.
func Unmarshal(src []byte, into any) error {
	v, err := json.Parse(src)
	if err != nil {
		return err
	}
	var d decoder
	p := placer{src: src}
	d.value(p.node(v), reflect.ValueOf(into).Elem(), place{})
	switch {
	case d.broken != nil:
		return d.broken
	case d.mistyped != nil:
		return d.mistyped
	}
	return nil
}

// readBinary reads the base64 behind YAML's tag !!binary, and tells whether it could be read.
func (n *node) readBinary(value string) bool {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
	n.text = string(b)
	return err == nil
}
