package playground

import (
	"errors"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Host speaks the wire of docs/wire.md for one page: a message in, messages out. It holds no clock and waits for
// nothing, so the same messages always give the same answers.
type Host struct {
	emit    func([]byte)
	session *Session
	painter *painter
	panels  panels
	typed   int  // how much of the transcript the page has
	asked   bool // the page waits for a prompt
	busy    bool // what the page believes
}

// NewHost is a host that answers through emit. The bytes are only valid during the call.
func NewHost(emit func([]byte)) *Host {
	h := &Host{emit: emit}
	h.send(map[string]any{"type": "ready", "engine": orchestrate.Version})
	return h
}

// message is what a page may ask.
type message struct {
	Op       string    `json:"op"`
	ID       int       `json:"id"`
	Scenario *Scenario `json:"scenario"`
	Log      string    `json:"log"`
	Text     string    `json:"text"`
	Cursor   int       `json:"cursor"`
	Ms       float64   `json:"ms"`
	Seq      uint64    `json:"seq"`
	Index    int       `json:"index"`
	Names    []string  `json:"names"`
	Kind     string    `json:"kind"`
	Object   string    `json:"object"`
	Selector string    `json:"selector"`
	Tell     bool      `json:"tell"`
}

// Handle answers one message. Whatever is wrong with it is answered with an error message. It panics only when it is asked
// to, by op crash, with which a page tests that it survives the end of its engine.
func (h *Host) Handle(text []byte) {
	var m message
	if err := schema.Unmarshal(text, &m); err != nil {
		h.fail(0, "wire", fmt.Errorf("playground: not a message: %w", err))
		return
	}
	if h.session == nil && m.Op != "open" && m.Op != "load" {
		h.fail(m.ID, "wire", fmt.Errorf("playground: %q came before open", m.Op))
		return
	}
	if err := h.do(m); err != nil {
		h.fail(m.ID, codeOf(err), err)
	}
	h.after()
}

// longestTick is how much virtual time one tick may ask for.
const longestTick = time.Hour

func (h *Host) do(m message) error {
	switch m.Op {
	case "open":
		return h.open(m)
	case "load":
		return h.load(m)
	case "line":
		if text, moved, err := h.session.Travel(m.Text); moved {
			return h.travelled(text, err)
		}
		if h.edit(m.Text) {
			return nil
		}
		_, err := h.session.Type(m.Text)
		h.asked = true
		h.sendHistory()
		return err
	case "interrupt":
		_, err := h.session.Interrupt()
		h.asked = true
		h.sendHistory()
		return err
	case "tick":
		_, err := h.session.Advance(milliseconds(m.Ms, longestTick))
		return err
	case "step":
		return h.session.Step()
	case "ack":
		if h.painter.seq == m.Seq {
			h.painter.acked = true
		}
		return nil
	case "seek":
		h.session.Seek(milliseconds(m.Ms, maxEnd))
		return nil
	case "live":
		h.session.GoLive()
		return nil
	case "panels":
		h.panels.ask(m)
		return nil
	case "complete":
		h.complete(m)
		return nil
	case "explain":
		h.explain(m)
		return nil
	case "check":
		h.check(m)
		return nil
	case "diff":
		h.diff(m)
		return nil
	case "save":
		return h.save(m)
	case "crash":
		panic("playground: the page asked the engine to crash")
	}
	return h.travel(m)
}

// milliseconds is a number from outside as a duration between 0 and most.
func milliseconds(ms float64, most time.Duration) time.Duration {
	if !(ms > 0) {
		return 0
	}
	limit := float64(most / time.Millisecond)
	//float:exact a bound that nothing is ordered by
	if ms >= limit {
		return most
	}
	return time.Duration(ms * float64(time.Millisecond))
}

// travel is undo, redo, reset and branch: what rewrites history.
func (h *Host) travel(m message) error {
	var err error
	switch m.Op {
	case "undo":
		_, err = h.session.Undo()
	case "redo":
		_, err = h.session.Redo()
	case "reset":
		err = h.session.Reset()
	case "resetStep":
		err = h.session.ResetStep()
	case "branch":
		err = h.session.Switch(m.Index)
	default:
		return fmt.Errorf("playground: unknown op %q", m.Op)
	}
	if errors.Is(err, ErrNothing) {
		err = nil
	}
	h.typed = len(h.session.transcript)
	h.sendHistory()
	return err
}

// travelled answers a typed line that moved through time. What it says is no part of the session's own transcript.
func (h *Host) travelled(text string, err error) error {
	h.typed, h.asked = len(h.session.transcript), true
	if err == nil {
		h.send(map[string]any{"type": "output", "stream": Out, "text": text})
	}
	h.sendHistory()
	return err
}

func (h *Host) open(m message) error {
	if m.Scenario == nil {
		return &LogError{"open without a scenario"}
	}
	if m.Log != "" {
		return h.load(m)
	}
	s, err := Open(*m.Scenario)
	if err != nil {
		return err
	}
	h.begin(s, false)
	return nil
}

// load opens a saved session; if that fails, the one at hand stays as it is.
func (h *Host) load(m message) error {
	s, err := Load([]byte(m.Log))
	if err != nil {
		return err
	}
	h.begin(s, m.Tell)
	return nil
}

// begin makes a session the one at hand; tell says again what was said in it so far.
func (h *Host) begin(s *Session, tell bool) {
	h.session, h.painter = s, newPainter(s)
	h.typed, h.busy, h.asked = len(s.transcript), false, true
	h.panels.forget()
	h.send(map[string]any{"type": "opened", "epoch": s.cluster.Wall(0).String(), "prompt": prompt})
	if tell || s.frozen != nil {
		for _, out := range s.transcript {
			h.send(map[string]any{"type": "output", "stream": out.Stream, "text": out.Text})
		}
	}
	h.sendHistory()
}

// prompt is what stands before the cursor.
const prompt = "$ "

func (h *Host) save(m message) error {
	log, err := h.session.Save()
	if err != nil {
		return err
	}
	h.send(map[string]any{"type": "saved", "id": m.ID, "log": string(log)})
	return nil
}

func (h *Host) complete(m message) {
	from, items := h.session.Complete(m.Text, m.Cursor)
	out := make([]map[string]string, 0, len(items))
	for _, it := range items {
		out = append(out, map[string]string{"text": it.Text, "hint": it.Hint})
	}
	h.send(map[string]any{"type": "completions", "id": m.ID, "from": from, "items": out})
}

// after sends what a message has led to: output, whether there is a prompt again, and the picture.
func (h *Host) after() {
	if h.session == nil {
		return
	}
	for h.typed < len(h.session.transcript) {
		if out := h.session.transcript[h.typed]; out.Stream != Typed {
			h.send(map[string]any{"type": "output", "stream": out.Stream, "text": out.Text})
		}
		h.typed++
	}
	if busy := h.session.Busy(); busy != h.busy || h.asked {
		h.busy, h.asked = busy, false
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

func (h *Host) sendHistory() {
	s := h.session
	entries := make([]map[string]any, 0, len(s.inputs)+len(s.undone))
	add := func(in Input) {
		if in.Kind == "line" {
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
