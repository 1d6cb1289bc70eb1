package playground

import (
	"errors"
	"time"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate"
)

// after sends what a message has led to: output, whether there is a prompt again, and the picture.
func (h *Host) after() {
	if h.session == nil {
		return
	}
	for h.typed < len(h.session.transcript) {
		if out := h.session.transcript[h.typed]; out.Stream != Typed {
			h.sendOutput(out)
		}
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
	h.send(m)
}

func (h *Host) sendHistory() {
	s := h.session
	entries := make([]map[string]any, 0, len(s.inputs)+len(s.undone))
	add := func(in Input) {
		if in.isLine() {
			entries = append(entries, map[string]any{"ms": int64(in.At / time.Millisecond), "text": in.Text, "rev": uint64(s.cluster.RevisionAt(in.At))})
		}
	}
	for _, in := range s.inputs {
		add(in)
	}
	cursor := len(entries)
	for i := len(s.undone) - 1; i >= 0; i-- {
		add(s.undone[i].input)
	}
	branches := make([]map[string]any, 0, len(s.branches)+1)
	for i, b := range s.branches {
		branches = append(branches, map[string]any{"index": i, "label": b.Label(), "current": false})
	}
	if len(s.branches) > 0 {
		here := Branch{Inputs: s.inputs}
		branches = append(branches, map[string]any{"index": len(s.branches), "label": here.Label(), "current": true})
	}
	h.send(map[string]any{
		"type": "history", "entries": entries, "cursor": cursor, "undo": s.CanUndo(), "redo": s.CanRedo(), "branches": branches,
	})
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
	var log *LogError
	var livelock *orchestrate.LivelockError
	switch {
	case errors.As(err, &log):
		return "log"
	case errors.As(err, &livelock):
		return "livelock"
	}
	return "scenario"
}
