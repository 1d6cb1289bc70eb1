package yaml

// item reads a node, or gives an empty one at a mark if the next token is one of those that end an entry.
func (p *parser) item(at mark, block, indentless bool, ends ...tokenKind) *Node {
	if p.at(ends...) {
		return at.node(Scalar)
	}
	return p.node(block, indentless)
}

func (p *parser) blockSequence(n *Node) *Node {
	p.next()
	for p.at(tokBlockEntry) {
		dash := p.next()
		n.Content = append(n.Content, p.item(dash.end, true, false, tokBlockEntry, tokBlockEnd))
	}
	if !p.take(tokBlockEnd) {
		return p.expected("'-' indicator")
	}
	return n
}

// indentless reads a list whose dashes stand in the column of the key it belongs to.
func (p *parser) indentless(n *Node) *Node {
	for p.at(tokBlockEntry) {
		dash := p.next()
		n.Content = append(n.Content, p.item(dash.end, true, false, tokBlockEntry, tokKey, tokValue, tokBlockEnd))
	}
	return n
}

func (p *parser) blockMapping(n *Node) *Node {
	p.next()
	for p.at(tokKey) {
		mark := p.next()
		key := p.item(mark.end, true, true, tokKey, tokValue, tokBlockEnd)
		n.Content = append(n.Content, key, p.blockValue())
	}
	if !p.take(tokBlockEnd) {
		return p.expected("key")
	}
	return n
}

func (p *parser) blockValue() *Node {
	if !p.at(tokValue) {
		return p.peek().at.node(Scalar)
	}
	colon := p.next()
	return p.item(colon.end, true, true, tokKey, tokValue, tokBlockEnd)
}

func (p *parser) flowSequence(n *Node) *Node {
	p.next()
	for !p.at(tokFlowSequenceEnd, tokBroken) {
		if len(n.Content) > 0 {
			if !p.take(tokFlowEntry) {
				return p.unclosed(n, "',' or ']'")
			}
			if p.at(tokFlowSequenceEnd) {
				break
			}
		}
		if p.at(tokKey) {
			n.Content = append(n.Content, p.pair())
		} else {
			n.Content = append(n.Content, p.node(false, false))
		}
	}
	p.next()
	return n
}

// pair reads a mapping of one entry that stands in a flow sequence without braces.
func (p *parser) pair() *Node {
	n := p.next().at.node(Mapping)
	n.Style = Flow
	var key *Node
	if p.at(tokValue, tokFlowEntry, tokFlowSequenceEnd) {
		// The reader kubectl uses swallows the colon here, and what stands in its place.
		key = p.next().end.node(Scalar)
	} else {
		key = p.node(false, false)
	}
	at := p.peek().at
	n.Content = append(n.Content, key, nil)
	if p.take(tokValue) {
		n.Content[1] = p.item(at, false, false, tokFlowEntry, tokFlowSequenceEnd)
	} else {
		n.Content[1] = at.node(Scalar)
	}
	return n
}

func (p *parser) flowMapping(n *Node) *Node {
	p.next()
	for !p.at(tokFlowMappingEnd, tokBroken) {
		if len(n.Content) > 0 {
			if !p.take(tokFlowEntry) {
				return p.unclosed(n, "',' or '}'")
			}
			if p.at(tokFlowMappingEnd) {
				break
			}
		}
		if p.take(tokKey) {
			key := p.item(p.peek().at, false, false, tokValue, tokFlowEntry, tokFlowMappingEnd)
			n.Content = append(n.Content, key, p.flowValue())
		} else {
			n.Content = append(n.Content, p.node(false, false), p.peek().at.node(Scalar))
		}
	}
	p.next()
	return n
}

// flowValue reads the value of an entry between braces.
func (p *parser) flowValue() *Node {
	if p.take(tokValue) && !p.at(tokFlowEntry, tokFlowMappingEnd) {
		return p.node(false, false)
	}
	return p.peek().at.node(Scalar)
}
