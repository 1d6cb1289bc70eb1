package yaml

// fetch finds at least one more token.
func (s *scanner) fetch() {
	before := s.mark
	s.toToken()
	s.look(4)
	s.unroll(s.col, before)
	if s.ended() {
		s.streamEnd()
		return
	}
	if s.col == 0 && s.src[s.pos] == '%' {
		s.outside()
		s.directive()
		return
	}
	if s.marker() {
		kind := tokDocumentStart
		if s.src[s.pos] == '.' {
			kind = tokDocumentEnd
		}
		s.outside()
		s.sign(kind, 3)
		return
	}
	if !s.structure() && !s.scalar() {
		s.fail("found character that cannot start any token", s.mark)
	}
}

// toToken goes over blanks, comments and line ends. A tab may not stand where indentation counts.
func (s *scanner) toToken() {
	for {
		for s.src[s.pos] == ' ' || s.src[s.pos] == '\t' && (s.flow() > 0 || !s.keyAllowed) {
			s.skip(1)
		}
		if s.src[s.pos] == '#' {
			s.rest()
		}
		if s.lineEnd() == "" {
			return
		}
		if s.flow() == 0 {
			s.keyAllowed = true
		}
	}
}

// sign adds a token of n characters.
func (s *scanner) sign(kind tokenKind, n int) {
	at := s.mark
	s.skip(n)
	s.add(kind, at)
}

// structure finds tokens of collections and properties.
func (s *scanner) structure() bool {
	c, gap := s.src[s.pos], s.gap(s.pos+1)
	switch {
	case c == '[':
		s.open(tokFlowSequence)
	case c == '{':
		s.open(tokFlowMapping)
	case c == ']':
		s.close(tokFlowSequenceEnd)
	case c == '}':
		s.close(tokFlowMappingEnd)
	case c == ',':
		s.dropKey()
		s.keyAllowed = true
		s.sign(tokFlowEntry, 1)
	case c == '-' && gap:
		s.blockEntry()
	case c == '?' && (s.flow() > 0 || gap):
		s.key()
	case c == ':' && (s.flow() > 0 || gap):
		s.value()
	case c == '*':
		s.anchor(tokAlias)
	case c == '&':
		s.anchor(tokAnchor)
	case c == '!':
		s.property()
		s.tag()
	default:
		return false
	}
	return true
}

// scalar finds the texts.
func (s *scanner) scalar() bool {
	c := s.src[s.pos]
	switch {
	case s.flow() == 0 && (c == '|' || c == '>'):
		s.dropKey()
		s.keyAllowed = true
		s.block(c == '|')
	case c == '\'' || c == '"':
		s.property()
		s.quoted(c)
	case s.plainAt():
		s.property()
		s.plain()
	default:
		return false
	}
	return true
}

// property prepares for a token with which a key may begin.
func (s *scanner) property() {
	s.saveKey()
	s.keyAllowed = false
}

// streamEnd adds the end. It counts as a line of its own, also where the last line has no end.
func (s *scanner) streamEnd() {
	really := s.mark
	if s.col != 0 {
		s.line, s.col = s.line+1, 0
	}
	s.outside()
	s.add(tokStreamEnd, s.mark).end = really
}

// outside leaves every block.
func (s *scanner) outside() {
	s.unroll(-1, s.mark)
	s.dropKey()
	s.keyAllowed = false
}

func (s *scanner) open(kind tokenKind) {
	s.saveKey()
	if s.keys = append(s.keys, candidate{token: s.tail()}); s.flow() > MaxDepth {
		s.tooDeep()
		return
	}
	s.keyAllowed = true
	at := s.mark
	s.skip(1)
	s.add(kind, at)
}

func (s *scanner) close(kind tokenKind) {
	s.dropKey()
	if flow := s.flow(); flow > 0 {
		// What opened an empty pair of brackets is passed on at once, though it may be a key: the reader
		// kubectl uses does so, and finds other mistakes than it would if it waited.
		if outer := &s.keys[flow-1]; outer.token == s.keys[flow].token {
			outer.passed = true
		}
		s.keys = s.keys[:flow]
	}
	s.keyAllowed = false
	s.sign(kind, 1)
}

func (s *scanner) tooDeep() { s.fail(TooDeep, s.mark) }

func (s *scanner) blockEntry() {
	if s.flow() == 0 {
		if !s.keyAllowed {
			s.fail("block sequence entries are not allowed in this context", s.mark)
			return
		}
		s.roll(s.col, s.tail(), tokBlockSequence, s.mark)
	}
	s.dropKey()
	s.keyAllowed = true
	s.sign(tokBlockEntry, 1)
}

// key is a question mark.
func (s *scanner) key() {
	if s.flow() == 0 {
		if !s.keyAllowed {
			s.fail("mapping keys are not allowed in this context", s.mark)
			return
		}
		s.roll(s.col, s.tail(), tokBlockMapping, s.mark)
	}
	s.dropKey()
	s.keyAllowed = s.flow() == 0
	s.sign(tokKey, 1)
}

// value is a colon: what was found before it becomes a key if it can be one.
func (s *scanner) value() {
	k := &s.keys[s.flow()]
	switch {
	case s.live(k):
		s.insert(k.token, token{kind: tokKey, at: k.mark, end: k.mark})
		s.roll(k.col, k.token, tokBlockMapping, k.mark)
		k.possible, s.keyAllowed = false, false
	case s.flow() == 0 && !s.keyAllowed:
		s.fail("mapping values are not allowed in this context", s.mark)
		return
	default:
		s.roll(s.col, s.tail(), tokBlockMapping, s.mark)
		s.keyAllowed = s.flow() == 0
	}
	s.sign(tokValue, 1)
}

// roll opens a block at a column, if it is further in, before the token with the number.
func (s *scanner) roll(col, number int, kind tokenKind, at mark) {
	if s.flow() > 0 || s.indent >= col {
		return
	}
	s.indents, s.indent = append(s.indents, s.indent), col
	if len(s.indents) > MaxDepth {
		s.tooDeep()
		return
	}
	s.insert(number, token{kind: kind, at: at, end: at})
}

// unroll closes the blocks further in than a column. They end at the mark.
func (s *scanner) unroll(col int, at mark) {
	for s.flow() == 0 && s.indent > col {
		last := len(s.indents) - 1
		s.indent, s.indents = s.indents[last], s.indents[:last]
		s.add(tokBlockEnd, at)
	}
}

// saveKey notes that a key may begin with the next token.
func (s *scanner) saveKey() {
	if !s.keyAllowed {
		return
	}
	s.dropKey()
	s.saved = s.flow() + 1
	s.keys[s.flow()] = candidate{mark: s.mark, possible: true, required: s.flow() == 0 && s.indent == s.col, token: s.tail()}
}

// dropKey gives up on the key that may have begun at this level.
func (s *scanner) dropKey() {
	k := &s.keys[s.flow()]
	if k.possible && k.required {
		s.fail("could not find expected ':'", k.mark)
	}
	k.possible = false
}

// live tells whether a key can still be one: it has to fit in a line, and in 1024 characters.
func (s *scanner) live(k *candidate) bool {
	if !k.possible {
		return false
	}
	if k.line < s.line || k.col+1024 < s.col {
		if k.required {
			s.fail("could not find expected ':'", k.mark)
		}
		k.possible = false
	}
	return k.possible
}
