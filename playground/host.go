package playground

import (
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
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
	prompt  string
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
	Aside    bool      `json:"aside"`
	Bit      bool      `json:"bit"`
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
		if n := len(m.Text); n > maxInput {
			return h.travelled(fmt.Sprintf("sh: %d bytes are too long for one line; at most %d are taken\n", n, maxInput), nil)
		}
		if text, moved, err := h.session.Travel(m.Text); moved {
			return h.travelled(text, err)
		}
		if h.edit(m.Text, m.Aside) {
			return nil
		}
		enter := h.session.Type
		if m.Aside {
			enter = h.session.Aside
		}
		_, err := enter(m.Text)
		h.asked = true
		h.sendHistory()
		return err
	case "interrupt":
		_, err := h.session.Interrupt()
		h.asked = true
		h.sendHistory()
		return err
	case "end":
		_, err := h.session.HangUp()
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
		if m.Index > 0 {
			_, err = h.session.TakeBack(m.Index)
		} else {
			_, err = h.session.Undo()
		}
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
	if err == ErrNothing {
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
	if h.session != nil {
		h.session.Close()
	}
	h.session, h.painter = s, newPainter(s)
	h.typed, h.busy, h.asked = len(s.transcript), false, true
	h.panels.forget()
	h.send(map[string]any{"type": "opened", "epoch": s.cluster.Wall(0).String(), "prompt": h.session.Prompt()})
	if tell || s.frozen != nil {
		for _, out := range s.transcript {
			h.sendOutput(out)
		}
	}
	h.sendHistory()
}

// prompt is what stands before the cursor.
const prompt = "$ "

func (h *Host) save(m message) error {
	if m.Bit && !h.session.ReadOn() {
		h.send(map[string]any{"type": "saved", "id": m.ID, "log": ""})
		return nil
	}
	log, err := h.session.Save()
	if err != nil {
		return err
	}
	h.send(map[string]any{"type": "saved", "id": m.ID, "log": string(log)})
	return nil
}
