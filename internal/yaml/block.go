package yaml

// block reads a text behind a bar, as it stands, or behind a >, its lines folded.
func (s *scanner) block(literal bool) {
	at := s.mark
	s.skip(1)
	b := blockText{literal: literal}
	b.header(s)
	if s.err != nil {
		return
	}
	end := s.mark
	b.breaks(s, &end)
	for s.err == nil && s.col == b.indent && !s.ended() {
		b.line(s)
		end = s.mark
		b.breaks(s, &end)
	}
	if s.err != nil {
		return
	}
	if b.chomp != '-' {
		b.out = append(b.out, b.ended...)
	}
	if b.chomp == '+' {
		b.out = append(b.out, b.empty...)
	}
	t := s.add(tokScalar, at)
	t.text, t.end, t.style = string(b.out), end, Folded
	if literal {
		t.style = Literal
	}
}

// blockText is what is known of a text while its lines are read.
type blockText struct {
	literal bool
	chomp   byte // '-' keeps no line end at the end, '+' keeps all, 0 keeps one
	indent  int  // 0 until it is known
	out     []byte
	ended   string // the end of the last line that was not empty
	empty   []byte // line ends of the empty lines that follow it
	blank   bool   // that line began with a blank
}

func (b *blockText) header(s *scanner) {
	for range 2 {
		switch c := s.src[s.pos]; {
		case b.chomp == 0 && (c == '+' || c == '-'):
			b.chomp = c
		case b.indent == 0 && c >= '0' && c <= '9':
			if c == '0' {
				s.fail("found an indentation indicator equal to 0", s.mark)
				return
			}
			b.indent = max(s.indent, 0) + int(c-'0')
		default:
			continue
		}
		s.skip(1)
	}
	s.blanks()
	if s.src[s.pos] == '#' {
		s.rest()
	}
	if s.lineEnd() == "" && !s.ended() {
		s.fail("did not find expected comment or line break", s.mark)
	}
}

// line reads one line that is not empty, and joins it to those before it.
func (b *blockText) line(s *scanner) {
	blank := isBlank(s.src[s.pos])
	switch {
	case b.literal || b.ended != "\n" || b.blank || blank:
		b.out = append(b.out, b.ended...)
	case len(b.empty) == 0:
		b.out = append(b.out, ' ')
	}
	b.out = append(b.out, b.empty...)
	b.blank, b.empty = blank, b.empty[:0]
	from := s.pos
	s.rest()
	b.out = append(b.out, s.src[from:s.pos]...)
	b.ended = s.lineEnd()
}

// breaks goes over empty lines and the indentation of the next, which the first line that is not empty
// decides about.
func (b *blockText) breaks(s *scanner, end *mark) {
	deepest := 0
	for {
		for (b.indent == 0 || s.col < b.indent) && s.src[s.pos] == ' ' {
			s.skip(1)
		}
		deepest = max(deepest, s.col)
		if (b.indent == 0 || s.col < b.indent) && s.src[s.pos] == '\t' {
			s.fail("found a tab character where an indentation space is expected", s.mark)
			return
		}
		if s.breakAt(s.pos) == 0 {
			break
		}
		b.empty = append(b.empty, s.lineEnd()...)
		*end = s.mark
	}
	if b.indent == 0 {
		b.indent = max(deepest, s.indent+1, 1)
	}
}
