package playground

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// Complete offers what could stand at a cursor: the byte offset at which the word to replace begins, and the words,
// sorted.
func (s *Session) Complete(line string, cursor int) (from int, items []kubectl.Completion) {
	if r := s.room(); r != nil {
		return inside{s, r}.complete(line, cursor)
	}
	return s.completeHere(line, cursor)
}

// completeHere is the same for the session's own command line.
func (s *Session) completeHere(line string, cursor int) (from int, items []kubectl.Completion) {
	if s.machine != nil {
		from, words := s.machine.complete(line, cursor)
		return from, matching("", words)
	}
	place, ok := shell.At(line, cursor, s.vars)
	if !ok {
		return cursor, nil
	}
	if len(place.Args) > 0 {
		place.Args = s.unaliased(place.Args)
	}
	switch {
	case place.File:
		return place.From, matching(place.Word, s.Names())
	case len(place.Args) == 0:
		return place.From, described(matching(place.Word, append(slices.Sorted(maps.Keys(s.aliases)), programs()...)), programDoc)
	case place.Args[0] == "fault":
		return place.From, s.completeFault(place.Args, place.Word)
	case place.Args[0] == "traffic":
		return place.From, s.completeTraffic(place.Args, place.Word)
	case place.Args[0] == "kubectl" || place.Args[0] == "k" || place.Args[0] == "why":
		return place.From, kubectl.Complete(s.env(nil), append(slices.Clone(place.Args), place.Word))
	}
	return place.From, matching(place.Word, s.Names())
}

// complete offers what could stand at a cursor in a container's shell: programs, and files.
func (x inside) complete(line string, cursor int) (from int, items []kubectl.Completion) {
	place, ok := shell.At(line, cursor, x.r.vars)
	if !ok {
		return cursor, nil
	}
	if len(place.Args) == 0 && !place.File {
		names := append(filter.Names(), strings.Fields("cd date echo env exit hostname ls mkdir nslookup ps pwd rm sleep touch wget whoami")...)
		slices.Sort(names)
		return place.From, matching(place.Word, names)
	}
	dir := place.Word[:strings.LastIndexByte(place.Word, '/')+1]
	args := []string{"ls"}
	if dir != "" {
		args = append(args, dir)
	}
	res, _ := x.do(x.r.vars, "", args)
	var names []string
	for _, name := range strings.Fields(res.Out) {
		names = append(names, dir+name)
	}
	return place.From, matching(place.Word, names)
}

// programs are the names of all commands, sorted.
func programs() []string {
	names := slices.Concat(slices.Sorted(maps.Keys(tools)), filter.Names(), shell.Builtins(), timeCommands,
		[]string{"compare", "curl", "help", "kubectl", "nslookup", "traffic", "watch", "wget", "why", "xargs"})
	slices.Sort(names)
	return names
}

// programDocs say in a few words what the commands do that are not everybody's.
var programDocs = [...][2]string{
	{"at", "look at a moment: at -30s"}, {"compare", "what changed between two moments"}, {"curl", "ask a web server"},
	{"fault", "break something, and mend it"}, {"fork", "go on from the moment on show"}, {"help", "what there is to type"},
	{"kubectl", "talk to the cluster"}, {"live", "back to the present"}, {"nslookup", "what a name stands for"},
	{"redo", "bring a line back"}, {"sleep", "let time pass"}, {"traffic", "a stream of requests"}, {"undo", "take back the last change"},
	{"watch", "run a command again and again"}, {"wget", "ask a web server"}, {"why", "why an object is as it is"},
}

func programDoc(name string) string {
	for _, d := range programDocs {
		if d[0] == name {
			return d[1]
		}
	}
	return ""
}

// faultDoc says what a word after fault does.
func faultDoc(word string) string {
	for _, d := range orchestrate.FaultDocs() {
		switch word {
		case d.Break:
			return d.Doc
		case d.Mend:
			return "mends " + d.Break
		}
	}
	return ""
}

// described puts a few words beside completions.
func described(items []kubectl.Completion, doc func(string) string) []kubectl.Completion {
	for i := range items {
		items[i].Hint = doc(items[i].Text)
	}
	return items
}

func matching(prefix string, words []string) []kubectl.Completion {
	var out []kubectl.Completion
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			out = append(out, kubectl.Completion{Text: w})
		}
	}
	return out
}

// complete answers with completions.
func (h *Host) complete(m message) {
	complete := h.session.Complete
	if m.Aside {
		complete = h.session.completeHere
	}
	from, items := complete(m.Text, m.Cursor)
	out := make([]map[string]string, 0, len(items))
	for _, it := range items {
		out = append(out, map[string]string{"text": it.Text, "hint": it.Hint})
	}
	h.send(map[string]any{"type": "completions", "id": m.ID, "from": from, "items": out})
}
