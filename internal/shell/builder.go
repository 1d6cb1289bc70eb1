package shell

// builder puts a word together, joining parts that print as one. Text is collected in a buffer, so that a long
// here-document costs as much as it is long.
type builder struct {
	parts []Part
	text  []byte // of the last part
}

// add appends a part.
func (b *builder) add(p Part) {
	if n := len(b.parts); n > 0 {
		last := &b.parts[n-1]
		if last.plain() && p.plain() && last.Quote == p.Quote && p.Quote != Escaped {
			b.text = append(b.text, p.Text...)
			return
		}
		if last.Quote == Double && p.Quote == Double {
			if p.plain() && p.Text == "" {
				return // "$X""" is "$X"
			}
			if last.plain() && len(b.text) == 0 {
				b.parts = b.parts[:n-1] // """$X" is "$X"
			}
		}
	}
	b.flush()
	b.parts = append(b.parts, p)
	b.text = append(b.text[:0], p.Text...)
}

// plain tells whether a part is text that stands for itself.
func (p *Part) plain() bool { return !p.Var && p.Sub == nil && p.Sum == nil }

// flush puts the collected text into the last part.
func (b *builder) flush() {
	if n := len(b.parts); n > 0 && len(b.text) > 0 {
		b.parts[n-1].Text = string(b.text)
		b.text = b.text[:0]
	}
}

// done is the finished word; the builder is empty afterwards.
func (b *builder) done() []Part {
	b.flush()
	parts := b.parts
	*b = builder{}
	return parts
}
