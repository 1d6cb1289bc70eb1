package playground

import (
	"errors"
	"slices"
	"time"
	"unsafe"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate"
)

// after sends what a message has led to: output, whether there is a prompt again, and the picture.
func (h *Host) after() {
	if h.session == nil {
		return
	}
	for h.typed < len(h.session.transcript) {
		out := &h.session.transcript[h.typed]
		if out.Stream != Typed {
			h.sendOutput(*out)
		}
		out.Text = kept(out.Text)
		h.typed++
	}
	if busy, prompt := h.session.Busy(), h.session.Prompt(); busy != h.busy || prompt != h.prompt || h.asked {
		h.busy, h.prompt, h.asked = busy, prompt, false
		h.send(map[string]any{"type": "prompt", "text": prompt, "busy": busy})
	}
	patch := h.painter.paint()
	if patch != nil {
		h.emit(patch)
	}
	// Panels come with patches, so at most once for each one the page has drawn.
	if patch != nil || h.panels.asked {
		h.panels.write(h.session, h.emit)
	}
}

// sendOutput tells a piece of the transcript.
func (h *Host) sendOutput(out Output) {
	m := map[string]any{"type": "output", "stream": out.Stream, "text": out.Text}
	if out.Prompt != "" {
		m["prompt"] = out.Prompt
	}
	long := len(out.Text) >= longText
	if long {
		delete(m, "text")
		m["long"] = true
	}
	h.send(m)
	if long {
		h.emit(unsafe.Slice(unsafe.StringData(out.Text), len(out.Text)))
	}
}

// longText is how many bytes of output come as they are, behind their message: to write megabytes as JSON, and to read them again, takes
// longer than to print them.
const longText = 16 << 10

// sendHistory tells the log, what undo and redo would do, and the branches.
func (h *Host) sendHistory() {
	s, p := h.session, &pen{}
	p.begin("", '{')
	p.text("type", "history")
	p.begin("entries", '[')
	cursor := s.writeEntries(p, s.inputs)
	for _, u := range slices.Backward(s.undone) {
		s.writeEntries(p, u.inputs)
	}
	p.end(']')
	p.number("cursor", cursor)
	p.truth("undo", s.CanUndo())
	p.truth("redo", s.CanRedo())
	p.text("undoes", s.undoes())
	p.begin("branches", '[')
	for i := range s.branches {
		p.branch(i, &s.branches[i], false)
	}
	if n := len(s.branches); n > 0 {
		p.branch(n, &Branch{Inputs: s.inputs}, true)
	}
	p.end(']')
	p.end('}')
	h.emit(p.b)
}

// writeEntries writes the lines of a log, and counts them.
func (s *Session) writeEntries(p *pen, inputs []Input) (n int64) {
	for i := range inputs {
		if in := &inputs[i]; in.isLine() {
			p.begin("", '{')
			p.number("ms", int64(in.At/time.Millisecond))
			p.text("text", in.Text)
			p.number("rev", int64(s.cluster.RevisionAt(in.At)))
			p.end('}')
			n++
		}
	}
	return n
}

func (p *pen) branch(i int, b *Branch, current bool) {
	p.begin("", '{')
	p.number("index", int64(i))
	p.text("label", b.Label())
	p.truth("current", current)
	p.end('}')
}

func (h *Host) send(m map[string]any) {
	b, err := json.Marshal(m)
	if err != nil {
		panic("playground: bug: " + err.Error())
	}
	h.emit(b)
}

func (h *Host) fail(id int, code string, err error) {
	m := map[string]any{"type": "error", "code": code, "message": err.Error()}
	if id != 0 {
		m["id"] = id
	}
	h.send(m)
}

// codeOf is the word of docs/wire.md for an error.
func codeOf(err error) string {
	if _, ok := errors.AsType[*LogError](err); ok {
		return "log"
	}
	if _, ok := errors.AsType[*orchestrate.LivelockError](err); ok {
		return "livelock"
	}
	return "scenario"
}
