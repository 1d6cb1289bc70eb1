package playground

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// What an editor of manifests asks. None of it is an input: the world and the log stay as they are.

// explain sends what a field of a kind is for, and the fields below it. Without a kind it sends the kinds there are.
func (h *Host) explain(m message) {
	p := answer("explained", m.ID)
	p.texts("path", m.Names)
	var fields []schema.Field
	if res := schema.Find(m.Kind); res != nil {
		f, missing, _ := schema.Explain(res, m.Names)
		if missing == "" {
			p.begin("field", '{')
			p.field(f)
			fields = f.Fields()
		}
		for i := range fields {
			if len(m.Names) == 0 && fields[i].Name == "apiVersion" {
				fields[i].Values = []string{res.APIVersion()}
			}
		}
	} else if m.Kind == "" {
		for _, r := range schema.Resources() {
			f, _, _ := schema.Explain(r, nil)
			f.Type = r.APIVersion()
			fields = append(fields, f)
		}
	}
	p.begin("fields", '[')
	for _, f := range fields {
		p.begin("", '{')
		p.field(f)
	}
	p.end(']')
	p.end('}')
	h.emit(p.b)
}

// answer begins a message that answers one with an id.
func answer(kind string, id int) *pen {
	p := &pen{}
	p.begin("", '{')
	p.text("type", kind)
	p.number("id", int64(id))
	return p
}

// field writes a field of a kind into an object, and ends it.
func (p *pen) field(f schema.Field) {
	p.text("name", f.Name)
	p.text("type", f.Type)
	p.text("text", f.Text)
	p.truth("required", f.Required)
	p.texts("values", f.Values)
	p.end('}')
}

// check sends what apply would refuse in a manifest.
func (h *Host) check(m message) {
	p := answer("checked", m.ID)
	p.begin("found", '[')
	for _, f := range kubectl.Check(h.session.env(nil), m.Text) {
		p.begin("", '{')
		p.number("line", int64(f.Line))
		p.number("column", int64(f.Column))
		p.text("text", f.Text)
		p.text("hint", f.Hint)
		p.end('}')
	}
	p.end(']')
	p.end('}')
	h.emit(p.b)
}

// diff sends what apply would change.
func (h *Host) diff(m message) {
	res := kubectl.Run(h.session.env([]byte(m.Text)), []string{"diff", "-f", "-"})
	p := answer("compared", m.ID)
	p.text("text", res.Stdout+res.Stderr)
	p.end('}')
	h.emit(p.b)
}

// edits tells whether a command of kubectl opens an editor.
func edits(words []string) bool {
	return words[0] == "edit" || words[0] == "apply" && words[1] == "edit-last-applied" || words[0] == "create" && slices.Contains(words, "--edit")
}

// edit hands a kubectl edit that stands alone on a line to the editor of the page. What comes of it is an input: the same line, with
// the text on its standard input.
func (h *Host) edit(line string, aside bool) bool {
	words := strings.Fields(line)
	if len(words) < 3 || words[0] != "kubectl" && words[0] != "k" || !edits(words[1:]) || strings.ContainsAny(line, "|<>;&$`'\"\\\n") || h.session.exec != nil && (!aside || h.session.room() == nil) || h.session.frozen != nil {
		return false
	}
	if !h.session.Live() { // as any command in the past
		if h.session.forkHere() != nil {
			return false
		}
		h.typed = len(h.session.transcript)
		h.sendHistory()
	}
	text := ""
	env := h.session.env(nil)
	env.Editor = &text
	kubectl.Run(env, words[1:])
	if text == "" {
		return false // whatever is wrong with it, running it says so
	}
	h.asked = true
	h.send(map[string]any{"type": "edit", "line": strings.Join(words, " "), "text": text})
	return true
}
