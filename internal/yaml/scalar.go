package yaml

// joiner puts the text of a scalar together. What is one piece in the source stays one, uncopied.
type joiner struct {
	src        string
	done       []byte
	begun      bool // something is in done
	from, upto int  // the piece at hand
}

// keep takes the source from one place to another behind what there is.
func (j *joiner) keep(from, upto int) {
	if from == j.upto && j.upto > j.from {
		j.upto = upto
		return
	}
	j.flush()
	j.from, j.upto = from, upto
}

func (j *joiner) flush() {
	if j.upto > j.from {
		j.done, j.begun = append(j.done, j.src[j.from:j.upto]...), true
	}
	j.from = j.upto
}

func (j *joiner) add(s string) {
	j.flush()
	if s != "" {
		j.done, j.begun = append(j.done, s...), true
	}
}

func (j *joiner) String() string {
	if !j.begun {
		return j.src[j.from:j.upto]
	}
	j.flush()
	return string(j.done)
}

// gapText is what stands between two words of a scalar: blanks, or line ends that are folded.
type gapText struct {
	from, upto int    // blanks of one line
	first      string // the first line end
	more       []byte // those that follow it
	broken     bool   // there was a line end
}

// join puts what stands between two words between them.
func (g *gapText) join(j *joiner) {
	switch {
	case !g.broken:
		if g.upto > g.from {
			j.keep(g.from, g.upto)
		}
	case g.first != "\n":
		j.add(g.first)
		j.add(string(g.more))
	case len(g.more) == 0:
		j.add(" ")
	default:
		j.add(string(g.more))
	}
}

// lineEnd takes a line end into the gap.
func (g *gapText) lineEnd(text string) {
	if !g.broken {
		g.broken, g.first = true, text
		return
	}
	g.more = append(g.more, text...)
}

// blanksAndEnds goes over what stands between two words. A tab before column least is a mistake, of which at tells
// the place; -1 allows all.
func (s *scanner) blanksAndEnds(g *gapText, least int) {
	g.from, g.upto = s.pos, s.pos
	for {
		switch {
		case isBlank(s.src[s.pos]):
			if g.broken && s.col < least && s.src[s.pos] == '\t' {
				s.fail("found a tab character that violates indentation", s.mark)
				return
			}
			s.skip(1)
			if !g.broken {
				g.upto = s.pos
			}
		case s.breakAt(s.pos) > 0:
			g.lineEnd(s.lineEnd())
		default:
			return
		}
	}
}

// plainAt tells whether a text without quotes begins here.
func (s *scanner) plainAt() bool {
	c := s.src[s.pos]
	switch c {
	case '?', ':':
		return s.flow() == 0 && !s.gap(s.pos+1)
	case '-':
		return !s.gap(s.pos + 1)
	case ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return false
	}
	return !s.gap(s.pos)
}

// plainEnds tells whether a text without quotes ends before the character.
func (s *scanner) plainEnds() bool {
	switch s.src[s.pos] {
	case ':':
		return s.gap(s.pos + 1)
	case ',', '?', '[', ']', '{', '}':
		return s.flow() > 0
	}
	return false
}

func (s *scanner) plain() {
	at, end := s.mark, s.mark
	j := joiner{src: s.src, from: s.pos, upto: s.pos}
	var g gapText
	for !s.marker() && s.src[s.pos] != '#' {
		s.look(4)
		from := s.pos
		for !s.gap(s.pos) && !s.plainEnds() {
			s.char()
		}
		if s.pos > from {
			g.join(&j)
			g = gapText{}
			j.keep(from, s.pos)
			end = s.mark
		}
		if !s.gap(s.pos) || s.ended() {
			break
		}
		s.blanksAndEnds(&g, s.indent+1)
		if s.err != nil {
			return
		}
		if s.flow() == 0 && s.col < s.indent+1 {
			break
		}
	}
	if g.broken {
		s.keyAllowed = true
	}
	t := s.add(tokScalar, at)
	t.text, t.end = j.String(), end
}
