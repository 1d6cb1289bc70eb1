package schema

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonStream tells whether src is JSON by its first sign, as kubectl does.
func jsonStream(src []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(src, " \t\r\n"), []byte("{"))
}

// readJSON reads one object after the other. It gives those before the first mistake, how many bytes
// they took, and the mistake, which is a *jsonError.
func readJSON(src []byte) (docs []*node, used int, err error) {
	dec := json.NewDecoder(bytes.NewReader(src))
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			var syntax *json.SyntaxError
			switch {
			case err == io.EOF:
				return docs, len(src), nil
			case errors.As(err, &syntax):
				return docs, used, &jsonError{offset: int(syntax.Offset), err: err}
			}
			return docs, used, &jsonError{offset: len(src), err: err}
		}
		end := int(dec.InputOffset())
		p := jsonParser{src: src, pos: end - len(raw)}
		p.line, p.lineStart = 1+bytes.Count(src[:p.pos], []byte("\n")), bytes.LastIndexByte(src[:p.pos], '\n')+1
		docs, used = append(docs, p.value()), end
	}
}

type jsonError struct {
	offset int
	err    error
}

func (e *jsonError) Error() string {
	if errors.Is(e.err, io.ErrUnexpectedEOF) {
		return e.err.Error()
	}
	return fmt.Sprintf("json: offset %d: %s", e.offset, e.err)
}

// jsonParser walks over JSON that is known to be right, only to keep the positions.
type jsonParser struct {
	src             []byte
	pos             int
	line, lineStart int
}

func (p *jsonParser) space() {
	for p.pos < len(p.src) && strings.IndexByte(" \t\r\n,:", p.src[p.pos]) >= 0 {
		if p.src[p.pos] == '\n' {
			p.line, p.lineStart = p.line+1, p.pos+1
		}
		p.pos++
	}
}

func (p *jsonParser) value() *node {
	p.space()
	n := &node{line: p.line, col: p.pos - p.lineStart + 1}
	switch p.src[p.pos] {
	case '{':
		n.kind = nodeMap
		p.pos++
		for p.space(); p.src[p.pos] != '}'; p.space() {
			key := p.value()
			n.set(key, p.value())
		}
		p.pos++
	case '[':
		n.kind = nodeList
		p.pos++
		for p.space(); p.src[p.pos] != ']'; p.space() {
			n.items = append(n.items, p.value())
		}
		p.pos++
	case '"':
		n.kind, n.text = nodeText, p.text()
	default:
		start := p.pos
		for p.pos < len(p.src) && strings.IndexByte(" \t\r\n,:]}", p.src[p.pos]) < 0 {
			p.pos++
		}
		n.kind, n.text = jsonWord(string(p.src[start:p.pos]))
	}
	return n
}

func (p *jsonParser) text() string {
	start := p.pos
	for p.pos++; p.src[p.pos] != '"'; p.pos++ {
		if p.src[p.pos] == '\\' {
			p.pos++
		}
	}
	p.pos++
	var s string
	if err := json.Unmarshal(p.src[start:p.pos], &s); err != nil {
		panic("schema: bug: text that was valid JSON is not: " + err.Error())
	}
	return s
}

func jsonWord(s string) (nodeKind, string) {
	switch s {
	case "null":
		return nodeNull, ""
	case "true", "false":
		return nodeBool, s
	}
	return nodeNumber, s
}

// readBinary reads the base64 behind YAML's tag !!binary, and tells whether it could be read.
func (n *node) readBinary(value string) bool {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
	n.text = string(b)
	return err == nil
}
