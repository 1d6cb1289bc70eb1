package yaml

import "strings"

// anchor reads an anchor or an alias.
func (s *scanner) anchor(kind tokenKind) {
	s.property()
	at := s.mark
	s.skip(1)
	name := s.word()
	if name == "" || !s.gap(s.pos) && strings.IndexByte("?:,]}%@`", s.src[s.pos]) < 0 {
		s.fail("did not find expected alphabetic or numeric character", s.mark)
		return
	}
	s.add(kind, at).text = name
}

// word reads letters, digits, _ and -.
func (s *scanner) word() string {
	from := s.pos
	for isWord(s.src[s.pos]) {
		s.skip(1)
	}
	return s.src[from:s.pos]
}

// tag reads a tag: !<uri>, !handle!suffix, !suffix or a bare exclamation mark.
func (s *scanner) tag() {
	at := s.mark
	handle, suffix := "", ""
	if s.src[s.pos+1] == '<' {
		s.skip(2)
		if suffix = s.uri(""); s.err != nil {
			return
		}
		if s.src[s.pos] != '>' {
			s.fail("did not find the expected '>'", s.mark)
			return
		}
		s.skip(1)
	} else {
		handle = s.handle()
		if len(handle) > 1 && handle[len(handle)-1] == '!' {
			suffix = s.uri("")
		} else {
			handle, suffix = "!", s.uri(handle)
		}
		if suffix == "" {
			handle, suffix = "", "!"
		}
	}
	if s.err == nil && !s.gap(s.pos) {
		s.fail("did not find expected whitespace or line break", s.mark)
		return
	}
	t := s.add(tokTag, at)
	t.handle, t.text = handle, suffix
}

// handle reads an exclamation mark, a word and perhaps a second mark.
func (s *scanner) handle() string {
	from := s.pos
	s.skip(1)
	s.word()
	if s.src[s.pos] == '!' {
		s.skip(1)
	}
	return s.src[from:s.pos]
}

// uri reads what a tag refers to. It may have begun with what was taken for a handle.
func (s *scanner) uri(handle string) string {
	var out []byte
	if handle != "" {
		out = append(out, handle[1:]...)
	}
	from := s.pos
	for isWord(s.src[s.pos]) || s.src[s.pos] != 0 && strings.IndexByte(";/?:@&=+$,.!~*'()[]%", s.src[s.pos]) >= 0 {
		if s.src[s.pos] != '%' {
			out = append(out, s.src[s.pos])
			s.skip(1)
			continue
		}
		if out = s.octets(out); s.err != nil {
			return ""
		}
	}
	if s.pos == from && handle == "" {
		s.fail("did not find expected tag URI", s.mark)
	}
	return string(out)
}

// octets reads a character that is written as %xx for each of its bytes.
func (s *scanner) octets(out []byte) []byte {
	for size, i := 1, 0; i < size; i++ {
		s.look(3)
		high, low := digit(s.src[s.pos+1]), 16
		if high < 16 {
			low = digit(s.src[s.pos+2])
		}
		if s.src[s.pos] != '%' || low > 15 {
			s.fail("did not find URI escaped octet", s.mark)
			return nil
		}
		c := byte(high<<4 | low)
		if i == 0 {
			if size = octetsOf(c); size == 0 {
				s.fail("found an incorrect leading UTF-8 octet", s.mark)
				return nil
			}
		} else if c&0xc0 != 0x80 {
			s.fail("found an incorrect trailing UTF-8 octet", s.mark)
			return nil
		}
		out = append(out, c)
		s.skip(3)
	}
	return out
}

// octetsOf is how many bytes a character has that begins with c; 0 if none does.
func octetsOf(c byte) int {
	switch {
	case c < 0x80:
		return 1
	case c&0xe0 == 0xc0:
		return 2
	case c&0xf0 == 0xe0:
		return 3
	case c&0xf8 == 0xf0:
		return 4
	}
	return 0
}

// directive reads a line that begins with a percent sign.
func (s *scanner) directive() {
	at := s.mark
	s.skip(1)
	name := s.word()
	t := token{at: at}
	switch {
	case name == "":
		s.fail("could not find expected directive name", s.mark)
	case !s.gap(s.pos):
		s.fail("found unexpected non-alphabetical character", s.mark)
	case name == "YAML":
		t.kind = tokVersion
		s.version(&t)
	case name == "TAG":
		t.kind = tokTagDirective
		s.tagDirective(&t)
	default:
		s.fail("found unknown directive name", s.mark)
	}
	if s.err != nil {
		return
	}
	s.blanks()
	if s.src[s.pos] == '#' {
		s.rest()
	}
	if s.lineEnd() == "" && !s.ended() {
		s.fail("did not find expected comment or line break", s.mark)
		return
	}
	s.queue = append(s.queue, t)
}

// version reads the two numbers behind %YAML. Only 1.1 is known.
func (s *scanner) version(t *token) {
	s.blanks()
	major := s.number()
	if s.err == nil && s.src[s.pos] != '.' {
		s.fail("did not find expected digit or '.' character", s.mark)
	}
	if s.err != nil {
		return
	}
	s.skip(1)
	t.handle = major + "." + s.number()
}

// number reads digits, and leaves out zeros in front.
func (s *scanner) number() string {
	from := s.pos
	for s.src[s.pos] >= '0' && s.src[s.pos] <= '9' {
		if s.pos-from == 2 {
			s.fail("found extremely long version number", s.mark)
			return ""
		}
		s.skip(1)
	}
	if s.pos == from {
		s.fail("did not find expected version number", s.mark)
	}
	return strings.TrimLeft(s.src[from:s.pos], "0")
}

// tagDirective reads the handle and the prefix behind %TAG.
func (s *scanner) tagDirective(t *token) {
	s.blanks()
	if s.src[s.pos] != '!' {
		s.fail("did not find expected '!'", s.mark)
		return
	}
	t.handle = s.handle()
	if t.handle != "!" && t.handle[len(t.handle)-1] != '!' {
		s.fail("did not find expected '!'", s.mark)
		return
	}
	if !isBlank(s.src[s.pos]) {
		s.fail("did not find expected whitespace", s.mark)
		return
	}
	s.blanks()
	if t.text = s.uri(""); s.err == nil && !s.gap(s.pos) {
		s.fail("did not find expected whitespace or line break", s.mark)
	}
}
