package playground

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// What an editor of manifests asks. None of it is an input: the world and the log stay as they are.

// explain sends what a field of a kind is for, and the fields below it. Without a kind it sends the kinds there are.
func (h *Host) explain(m message) {
	out := map[string]any{"type": "explained", "id": m.ID, "path": m.Names}
	fields := []map[string]any{}
	if res := schema.Find(m.Kind); res != nil {
		f, missing, _ := schema.Explain(res, m.Names)
		if missing == "" {
			for _, f := range f.Fields() {
				if len(m.Names) == 0 && f.Name == "apiVersion" {
					f.Values = []string{res.APIVersion()}
				}
				fields = append(fields, fieldMessage(f))
			}
			out["field"] = fieldMessage(f)
		}
	} else if m.Kind == "" {
		for _, r := range schema.Resources() {
			f, _, _ := schema.Explain(r, nil)
			f.Type = r.APIVersion()
			fields = append(fields, fieldMessage(f))
		}
	}
	out["fields"] = fields
	h.send(out)
}

func fieldMessage(f schema.Field) map[string]any {
	return map[string]any{"name": f.Name, "type": f.Type, "text": f.Text, "required": f.Required, "values": append([]string{}, f.Values...)}
}

// check sends what apply would refuse in a manifest.
func (h *Host) check(m message) {
	found := []map[string]any{}
	for _, f := range kubectl.Check(h.session.env(nil), m.Text) {
		found = append(found, map[string]any{"line": f.Line, "column": f.Column, "text": f.Text, "hint": f.Hint})
	}
	h.send(map[string]any{"type": "checked", "id": m.ID, "found": found})
}

// diff sends what apply would change.
func (h *Host) diff(m message) {
	res := kubectl.Run(h.session.env([]byte(m.Text)), []string{"diff", "-f", "-"})
	h.send(map[string]any{"type": "compared", "id": m.ID, "text": res.Stdout + res.Stderr})
}

// edit hands a kubectl edit that stands alone on a line to the editor of the page. What comes of it is an input: the same line, with
// the text on its standard input.
func (h *Host) edit(line string) bool {
	words := strings.Fields(line)
	if len(words) < 3 || words[0] != "kubectl" && words[0] != "k" || words[1] != "edit" || strings.ContainsAny(line, "|<>;&$`'\"\\\n") || h.session.Busy() || h.session.frozen != nil {
		return false
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
