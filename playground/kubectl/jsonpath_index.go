package kubectl

import (
	"errors"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
)

// index reads what stands in brackets: an index, a slice, keys in quotes, or several of these.
func (p *pathParser) index() (*pathNode, error) {
	end := strings.IndexAny(p.in[p.pos:], "]\n")
	if end < 0 || p.in[p.pos+end] == '\n' {
		return nil, errors.New("unterminated array")
	}
	text := p.in[p.pos : p.pos+end]
	p.pos += end + 1
	if !strings.Contains(text, ",") {
		return indexNode(text)
	}
	union := &pathNode{kind: pathUnion}
	for part := range strings.SplitSeq(text, ",") {
		n, err := indexNode(strings.Trim(part, " "))
		if err != nil {
			return nil, err
		}
		union.parts = append(union.parts, n)
	}
	return union, nil
}

func indexNode(text string) (*pathNode, error) {
	if text == "*" {
		text = ":"
	}
	if n := len(text); n >= 2 && text[0] == '\'' && text[n-1] == '\'' && !strings.Contains(text[1:n-1], "'") {
		return path("." + text[1:n-1])
	}
	bounds := strings.Split(text, ":")
	if len(bounds) > 3 {
		return nil, fmt.Errorf("invalid array index %s", text)
	}
	n := &pathNode{kind: pathSlice}
	for i, bound := range bounds {
		if strings.Trim(strings.TrimPrefix(bound, "-"), "0123456789") != "" {
			return nil, fmt.Errorf("invalid array index %s", text)
		}
		if bound == "" {
			continue
		}
		v, err := strconv.Atoi(bound)
		if err != nil {
			return nil, fmt.Errorf("array index %s is not a number", bound)
		}
		n.slice.value[i], n.slice.known[i] = v, true
	}
	if len(bounds) == 1 {
		n.slice.value[1], n.slice.known[1], n.slice.one = n.slice.value[0]+1, true, true
	}
	return n, nil
}

// filterNode reads [?(left operator right)] behind its opening.
func (p *pathParser) filterNode() (*pathNode, error) {
	start := p.pos
	quote := pathEnd
	for {
		r := p.next()
		if r == pathEnd || r == '\n' {
			return nil, errors.New("unterminated filter")
		}
		switch {
		case quote != pathEnd:
			if r == '\\' {
				p.next()
			} else if r == quote {
				quote = pathEnd
			}
		case r == '"' || r == '\'':
			quote = r
		case r == ')':
			text := p.in[start : p.pos-1]
			if p.next() != ']' {
				return nil, errors.New("unclosed array expect ]")
			}
			return newFilter(text)
		}
	}
}

func newFilter(text string) (*pathNode, error) {
	n := &pathNode{kind: pathFilter, text: "exists"}
	left, right := text, ""
	if at := strings.IndexAny(text, "!<>="); at > 0 {
		end := at
		for end < len(text) && strings.IndexByte("!<>=", text[end]) >= 0 {
			end++
		}
		if end < len(text) {
			left, n.text, right = text[:at], text[at:end], text[end:]
		}
	}
	for _, side := range []string{left, right} {
		part, err := path(side)
		if err != nil {
			return nil, err
		}
		n.parts = append(n.parts, part)
	}
	return n, nil
}

// codePoint is a character as U+0041 'A'.
func codePoint(r rune) string {
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(hex))) + hex + " '" + string(r) + "'"
}
