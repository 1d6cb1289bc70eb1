package shell

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
)

// String prints the script in canonical form: one list a line, here-documents behind their line, comments left out.
// Parsing what it prints gives the same script again, offsets aside.
func (s *Script) String() string {
	var b strings.Builder
	for _, l := range s.Lists {
		b.WriteString(l.String())
	}
	return b.String()
}

// String prints the list on one line, with the newline and the here-documents that follow it.
func (l List) String() string {
	var b strings.Builder
	b.WriteString(l.line())
	b.WriteByte('\n')
	for _, h := range heredocsOf([]List{l}, nil) {
		h.print(&b)
	}
	return b.String()
}

// line is the list without what follows it.
func (l List) line() string {
	var b strings.Builder
	for _, p := range l.Pipelines {
		b.WriteString(map[Join]string{IfOK: " && ", IfFailed: " || "}[p.Join])
		if p.Not {
			b.WriteString("! ")
		}
		for i, c := range p.Commands {
			if i > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(c.String())
		}
	}
	return b.String()
}

// String prints the command: assignments, words, redirections; without the bodies of here-documents.
func (c Command) String() string {
	var pieces []string
	if c.Compound != nil {
		pieces = append(pieces, c.Compound.String())
	}
	for _, a := range c.Assigns {
		pieces = append(pieces, a.Name+"="+a.Value.String())
	}
	for _, w := range c.Words {
		pieces = append(pieces, w.String())
	}
	for _, r := range c.Redirects {
		pieces = append(pieces, r.String())
	}
	return strings.Join(pieces, " ")
}

// String prints the redirection; of a here-document only the operator and the delimiter.
func (r Redirect) String() string {
	fd := ""
	if r.FD == 2 {
		fd = "2"
	}
	switch r.Op {
	case Read:
		return "<" + r.Target.String()
	case Write:
		return fd + ">" + r.Target.String()
	case Append:
		return fd + ">>" + r.Target.String()
	case Duplicate:
		return fd + ">&" + strconv.Itoa(r.Source)
	}
	op := "<<"
	if r.Here.StripTabs {
		op = "<<-"
	}
	if r.Here.Literal {
		return op + singleQuoted(r.Here.Delimiter)
	}
	return op + r.Here.Delimiter
}

// print writes the body and the line that ends it.
func (h *Heredoc) print(b *strings.Builder) {
	for _, p := range h.Body.Parts {
		switch {
		case !p.plain():
			b.WriteString(p.expansion())
		case h.Literal:
			b.WriteString(p.Text)
		default:
			b.WriteString(replace.All(p.Text, hereEscapes...))
		}
	}
	b.WriteString(h.Delimiter + "\n")
}

// String prints the word with the quotes it was written with.
func (w Word) String() string {
	var b strings.Builder
	open := false
	for _, p := range w.Parts {
		if open != (p.Quote == Double) {
			b.WriteByte('"')
			open = !open
		}
		switch {
		case !p.plain():
			b.WriteString(p.expansion())
		case p.Quote == Escaped:
			b.WriteString(`\` + p.Text)
		case p.Quote == Single:
			b.WriteString("'" + p.Text + "'")
		case p.Quote == Double:
			b.WriteString(replace.All(p.Text, doubleEscapes...))
		default:
			b.WriteString(p.Text)
		}
	}
	if open {
		b.WriteByte('"')
	}
	return b.String()
}

var (
	doubleEscapes = []string{`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`"}
	hereEscapes   = []string{`\`, `\\`, "$", `\$`, "`", "\\`"}
)

// Quoted writes text as one word that a shell reads back as exactly that text: as it is where nothing in it means
// anything to a shell, in single quotes otherwise.
func Quoted(text string) string {
	plain := text != "" && !reserved(text) && text != "!" && text[0] != '~' && text[0] != '#'
	for i := 0; plain && i < len(text); i++ {
		plain = !isMeta(text[i]) && strings.IndexByte("\\'\"$`*?[=", text[i]) < 0
	}
	if plain {
		return text
	}
	return singleQuoted(text)
}

// singleQuoted puts text between single quotes.
func singleQuoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
