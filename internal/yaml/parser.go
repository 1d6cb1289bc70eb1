package yaml

// Parse reads the first document. The result is nil if there is none. The error is an *[Error].
func Parse(src []byte) (*Node, error) {
	t := decode(src)
	p := parser{scanner: newScanner(t), anchors: map[string]*Node{}, tags: map[string]string{}}
	root := p.document()
	if p.look(1); t.wrong != "" && p.seen > t.known {
		at := t.end()
		return nil, &Error{Text: "yaml: " + t.wrong, Line: at.line + 1, Column: at.col + 1}
	}
	if p.err != nil {
		return nil, p.err
	}
	return root, nil
}

// parser makes a tree of tokens.
type parser struct {
	*scanner
	anchors map[string]*Node
	tags    map[string]string // prefixes by handle
}

// expected fails at a token that cannot stand where it stands. Here the line in the text counts from 0.
func (p *parser) expected(what string) *Node {
	t := p.peek()
	if p.err == nil {
		p.wrong("did not find expected "+what, t)
	}
	return nil
}

// unclosed fails at a token that cannot stand between the brackets of n. If it is the end, the place is that of the
// bracket that was opened.
func (p *parser) unclosed(n *Node, what string) *Node {
	ended := p.at(tokStreamEnd)
	if p.expected(what); ended {
		p.err.Line, p.err.Column = n.Line, n.Column
	}
	return nil
}

func (p *parser) wrong(problem string, t *token) {
	at := t.at
	if t.kind == tokStreamEnd {
		at = t.end
	}
	p.err = newError(problem, t.at.line, at)
	if t.at.line == 0 {
		p.err.Text = "yaml: " + problem
	}
}

// at tells whether the next token is one of these.
func (p *parser) at(kinds ...tokenKind) bool {
	kind := p.peek().kind
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// take takes the next token if it is of the kind.
func (p *parser) take(kind tokenKind) bool {
	if p.peek().kind != kind {
		return false
	}
	p.next()
	return true
}

func (p *parser) document() *Node {
	if p.at(tokStreamEnd) {
		return nil
	}
	if p.at(tokVersion, tokTagDirective, tokDocumentStart) {
		p.directives()
		if !p.take(tokDocumentStart) {
			return p.expected("<document start>")
		}
		if p.at(tokVersion, tokTagDirective, tokDocumentStart, tokDocumentEnd, tokStreamEnd) {
			return p.peek().at.node(Scalar)
		}
	}
	root := p.node(true, false)
	p.take(tokDocumentEnd)
	return root
}

func (p *parser) directives() {
	seen := false
	for p.at(tokVersion, tokTagDirective) {
		t := p.peek()
		_, known := p.tags[t.handle]
		switch {
		case t.kind == tokVersion && seen:
			p.wrong("found duplicate %YAML directive", t)
		case t.kind == tokVersion && t.handle != "1.1":
			p.wrong("found incompatible YAML document", t)
		case t.kind == tokTagDirective && known:
			p.wrong("found duplicate %TAG directive", t)
		case t.kind == tokTagDirective:
			p.tags[t.handle] = t.text
		}
		seen = seen || t.kind == tokVersion
		p.next()
	}
}

// node reads a node: in a block, or between brackets. In a mapping the dashes of a list may stand below its key.
func (p *parser) node(block, indentless bool) *Node {
	t := *p.peek()
	if t.kind == tokAlias {
		p.next()
		return p.alias(t)
	}
	n := &Node{Line: t.at.line + 1, Column: t.at.col + 1}
	marked := p.properties(n)
	if p.err != nil {
		return nil
	}
	return p.content(n, marked, block, indentless)
}

func (p *parser) alias(t token) *Node {
	n := t.at.node(Alias)
	n.Value, n.Target = t.text, p.anchors[t.text]
	if n.Target == nil && p.err == nil {
		p.err = &Error{Text: "yaml: unknown anchor '" + t.text + "' referenced", Line: n.Line, Column: n.Column}
	}
	return n
}

// properties reads the anchor and the tag of n, in any order, and tells whether there was one.
func (p *parser) properties(n *Node) bool {
	var tag *token
	for range 2 {
		t := *p.peek()
		switch {
		case t.kind == tokAnchor && n.Anchor == "":
			n.Anchor = t.text
		case t.kind == tokTag && tag == nil:
			tag = &t
		default:
			continue
		}
		p.next()
	}
	p.peek()
	if tag != nil && p.err == nil {
		n.Tag = p.resolve(tag)
	}
	if n.Anchor != "" {
		p.anchors[n.Anchor] = n
	}
	return tag != nil || n.Anchor != ""
}

const standard = "tag:yaml.org,2002:"

// resolve is the tag as the document means it: !!str for one of YAML's own, "" for a mark alone.
func (p *parser) resolve(t *token) string {
	tag := t.text
	if t.handle != "" {
		prefix, ok := p.tags[t.handle]
		switch {
		case ok:
		case t.handle == "!":
			prefix = "!"
		case t.handle == "!!":
			prefix = standard
		default:
			p.wrong("found undefined tag handle", t)
			return ""
		}
		tag = prefix + t.text
	}
	if len(tag) > len(standard) && tag[:len(standard)] == standard {
		return "!!" + tag[len(standard):]
	}
	if tag == "!" {
		return ""
	}
	return tag
}

func (p *parser) content(n *Node, marked, block, indentless bool) *Node {
	t := p.peek()
	switch t.kind {
	case tokScalar:
		n.Kind, n.Style, n.Value = Scalar, t.style, t.text
		p.next()
		return n
	case tokFlowSequence:
		n.Kind, n.Style = Sequence, Flow
		return p.flowSequence(n)
	case tokFlowMapping:
		n.Kind, n.Style = Mapping, Flow
		return p.flowMapping(n)
	}
	switch {
	case t.kind == tokBlockEntry && indentless:
		n.Kind = Sequence
		return p.indentless(n)
	case t.kind == tokBlockSequence && block:
		n.Kind = Sequence
		return p.blockSequence(n)
	case t.kind == tokBlockMapping && block:
		n.Kind = Mapping
		return p.blockMapping(n)
	case marked: // an empty text
		n.Kind = Scalar
		return n
	}
	return p.expected("node content")
}
