package kubectl

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// parseJSONPath compiles a template: text, with paths in braces.
func parseJSONPath(source string) (*jsonPath, error) {
	p := &pathParser{in: source}
	nodes, err := p.template()
	if err != nil {
		return nil, err
	}
	if deepest := 100; nestsDeeper(nodes, deepest) {
		return nil, errors.New("more than 100 ranges in each other")
	}
	root, _ := nest(nodes, 0)
	return &jsonPath{source: source, root: root}, nil
}

// relaxedPath puts what people write where only a path is possible (x.y, .x.y, {x.y}, {.x.y}) into the form {.x.y}.
//
// Source: k8s.io/kubectl/pkg/cmd/get, RelaxedJSONPathExpression.
func relaxedPath(s string) (string, error) {
	inner := s
	if strings.HasPrefix(s, "{") != strings.HasSuffix(s, "}") {
		return "", errPathSpec
	}
	if strings.HasPrefix(s, "{") {
		if len(s) < 2 {
			return "", errPathSpec
		}
		inner = s[1 : len(s)-1]
	}
	if inner = strings.TrimPrefix(inner, "."); inner == "" || strings.ContainsAny(inner, "{}") {
		return "", errPathSpec
	}
	return "{." + inner + "}", nil
}

var errPathSpec = errors.New("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'")

// nestsDeeper tells whether more than so many ranges are open at once.
func nestsDeeper(nodes []*pathNode, most int) bool {
	open := 0
	for _, n := range nodes {
		switch opening(n) {
		case "range":
			if open++; open > most {
				return true
			}
		case "end":
			open = max(0, open-1)
		}
	}
	return false
}

// opening is the word an action begins with; "" if it begins with none.
func opening(n *pathNode) string {
	if n.kind == pathList && len(n.parts) > 0 && n.parts[0].kind == pathWord {
		return n.parts[0].text
	}
	return ""
}

// nest puts the nodes between {range} and {end} into the range's body. An {end} without its range stays where it is, and
// is an error once the template is executed.
func nest(nodes []*pathNode, depth int) (out, rest []*pathNode) {
	for len(nodes) > 0 {
		n := nodes[0]
		nodes = nodes[1:]
		switch opening(n) {
		case "range":
			body, after := nest(nodes, depth+1)
			out = append(out, &pathNode{kind: pathRange, parts: n.parts[1:], body: body})
			nodes = after
		case "end":
			if depth > 0 {
				return out, nodes
			}
			out = append(out, n)
		default:
			out = append(out, n)
		}
	}
	return out, nil
}

// pathParser reads a template from left to right.
type pathParser struct {
	in  string
	pos int
}

const pathEnd = rune(-1)

func (p *pathParser) peek() rune {
	if p.pos >= len(p.in) {
		return pathEnd
	}
	r, _ := utf8.DecodeRuneInString(p.in[p.pos:])
	return r
}

func (p *pathParser) next() rune {
	if p.pos >= len(p.in) {
		return pathEnd
	}
	r, size := utf8.DecodeRuneInString(p.in[p.pos:])
	p.pos += size
	return r
}

func (p *pathParser) template() ([]*pathNode, error) {
	var nodes []*pathNode
	for p.pos < len(p.in) {
		text, _, open := strings.Cut(p.in[p.pos:], "{")
		if text != "" {
			nodes = append(nodes, &pathNode{kind: pathText, text: text})
		}
		p.pos += len(text)
		if !open {
			break
		}
		p.pos++
		list, err := p.action(true)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, list)
	}
	return nodes, nil
}

// path reads a path that stands alone, as inside a filter.
func path(in string) (*pathNode, error) {
	p := &pathParser{in: in}
	return p.action(false)
}

// action reads the parts of a path up to the closing brace, or to the end where there are no braces.
func (p *pathParser) action(braces bool) (*pathNode, error) {
	list := &pathNode{kind: pathList}
	for {
		start := p.pos
		var n *pathNode
		var err error
		switch r := p.next(); {
		case r == '}' && braces:
			return list, nil
		case r == pathEnd && !braces:
			return list, nil
		case r == pathEnd, r == '\n', r == '\r':
			return nil, errors.New("unclosed action")
		case r == ' ', r == '@', r == '$':
			continue
		case r == '[' && strings.HasPrefix(p.in[p.pos:], "?("):
			p.pos += 2
			n, err = p.filterNode()
		case r == '[':
			n, err = p.index()
		case r == '"', r == '\'':
			n, err = p.quoted(start, r)
		case r == '.' && p.peek() == '.':
			p.next()
			list.parts = append(list.parts, &pathNode{kind: pathRecursive})
			if !fieldRune(p.peek()) {
				continue
			}
			n = p.fieldNode()
		case r == '.':
			n = p.fieldNode()
		case r == '+', r == '-', unicode.IsDigit(r):
			p.pos = start
			n, err = p.number()
		case fieldRune(r):
			p.pos = start
			n = wordNode(p.word())
		default:
			return nil, fmt.Errorf("unrecognized character in action: %s", codePoint(r))
		}
		if err != nil {
			return nil, err
		}
		list.parts = append(list.parts, n)
	}
}

func fieldRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// word reads up to the next rune that cannot be part of a name; a backslash makes any rune part of it.
func (p *pathParser) word() string {
	start := p.pos
	for {
		at := p.pos
		switch r := p.next(); r {
		case '\\':
			p.next()
		case pathEnd, ' ', '\t', '\n', '\r', '.', ',', '[', ']', '$', '@', '{', '}':
			p.pos = at
			return p.in[start:at]
		}
	}
}

func (p *pathParser) fieldNode() *pathNode {
	name := p.word()
	if name == "*" {
		return &pathNode{kind: pathWildcard}
	}
	return &pathNode{kind: pathField, text: strings.ReplaceAll(name, "\\", "")}
}

func wordNode(word string) *pathNode {
	if word == "true" || word == "false" {
		return &pathNode{kind: pathBool, value: word == "true"}
	}
	return &pathNode{kind: pathWord, text: word}
}

func (p *pathParser) number() (*pathNode, error) {
	start := p.pos
	for r := p.peek(); r == '+' || r == '-' || r == '.' || unicode.IsDigit(r); r = p.peek() {
		p.next()
	}
	text := p.in[start:p.pos]
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return &pathNode{kind: pathNumber, value: i}, nil
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return &pathNode{kind: pathNumber, value: f}, nil
	}
	return nil, fmt.Errorf("cannot parse number %s", text)
}

func (p *pathParser) quoted(start int, quote rune) (*pathNode, error) {
	for {
		switch p.next() {
		case pathEnd, '\n':
			return nil, errors.New("unterminated quoted string")
		case '\\':
			p.next()
		case quote:
			text, err := unquote(p.in[start:p.pos])
			if err != nil {
				return nil, fmt.Errorf("unquote string %s error %v", p.in[start:p.pos], err)
			}
			return &pathNode{kind: pathText, text: text}, nil
		}
	}
}

// unquote reads text in single or double quotes with Go's escapes.
func unquote(s string) (string, error) {
	quote := s[0]
	s = s[1 : len(s)-1]
	var b strings.Builder
	for s != "" {
		r, multibyte, rest, err := strconv.UnquoteChar(s, quote)
		if err != nil {
			return "", err
		}
		s = rest
		if r < utf8.RuneSelf || !multibyte {
			b.WriteByte(byte(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}
