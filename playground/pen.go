package playground

import "strconv"

// pen appends JSON and sets the commas. It is for what is written often: docs/wire.md says what it must look like.
type pen struct{ b []byte }

// comma separates what comes next from what is there, if need be.
func (p *pen) comma() {
	if n := len(p.b); n > 0 {
		switch p.b[n-1] {
		case '{', '[', ':', ',':
		default:
			p.b = append(p.b, ',')
		}
	}
}

// name begins a field; without a name it begins an item of a list.
func (p *pen) name(name string) {
	p.comma()
	if name != "" {
		p.b = append(appendString(p.b, name), ':')
	}
}

// begin opens an object with '{' or a list with '['.
func (p *pen) begin(name string, bracket byte) {
	p.name(name)
	p.b = append(p.b, bracket)
}

// end closes with '}' or ']'.
func (p *pen) end(bracket byte) { p.b = append(p.b, bracket) }

func (p *pen) text(name, value string) {
	p.name(name)
	p.b = appendString(p.b, value)
}

func (p *pen) number(name string, value int64) {
	p.name(name)
	p.b = strconv.AppendInt(p.b, value, 10)
}

func (p *pen) truth(name string, value bool) {
	p.name(name)
	p.b = strconv.AppendBool(p.b, value)
}

func (p *pen) texts(name string, values []string) {
	p.begin(name, '[')
	for _, v := range values {
		p.text("", v)
	}
	p.end(']')
}
