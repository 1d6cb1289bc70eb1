package workload

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

const (
	// maxAge is longer than any world lives: a hundred years.
	maxAge = 100 * 365 * 24 * time.Hour
	never  = time.Duration(-1)
	// maxOps bounds the commands one look at a script may go through, maxLines what it may print, and maxText how long a word of it is.
	maxOps   = 20_000
	maxLines = 10_000
	maxText  = 4 << 10
)

// What a command costs: those of the shell itself almost nothing, others a new process.
const (
	builtinTime = 50 * time.Microsecond
	commandTime = 2 * time.Millisecond
)

// run is a script that was carried out up to some age of its container.
type run struct {
	b       *Behaviour
	horizon time.Duration // no further than this
	term    time.Duration // when SIGTERM comes; never
	care    time.Duration // nobody asks what was before: whole rounds of a loop may be left out
	now     time.Duration
	code    int32
	ops     int
	depth   int  // of $( ) in $( )
	weight  int  // of the words of the last command: long ones count as many commands
	stopped bool // at the horizon, or for good
	ended   bool // by itself
	forever bool // it will not end by itself
	leave   bool // break was said
	trapped bool // SIGTERM has a trap, and it was carried out
	trap    list
	hasTrap bool
	vars    []api.EnvVar
	given   int // how many of vars it was started with
	marks   []mark
	lines   []Line
	text    string   // what was printed without a line feed yet
	server  *Program // what runs beside or instead of the shell
	idle    time.Duration
}

// mark is a file that was written or removed.
type mark struct {
	at   time.Duration
	name string
	text string
	gone bool
}

// run carries the script out up to an age. SIGTERM comes at term.
func (b *Behaviour) run(horizon, term time.Duration) *run { return b.runCaring(horizon, term, horizon) }

func (b *Behaviour) runCaring(horizon, term, care time.Duration) *run {
	r := &run{b: b, horizon: horizon, term: term, care: care}
	if term != never {
		r.care = min(care, term)
	}
	r.list(*b.script)
	if !r.stopped {
		r.stopped, r.ended = true, true
	}
	r.flush()
	return r
}

// served is what runs for good at the end of the run; nil if it is only the script.
func (r *run) served() *Program {
	if r.ended && !r.forever {
		return nil
	}
	return r.server
}

// list carries out steps; false if nothing comes after them.
func (r *run) list(l list) bool {
	for i := range l {
		s := &l[i]
		if s.join == '&' && r.code != 0 || s.join == '|' && r.code == 0 {
			continue
		}
		if !r.step(s) || r.leave {
			return false
		}
		if s.not {
			r.code = 1 - min(r.code, 1)
		}
	}
	return true
}

func (r *run) step(s *step) bool {
	if r.signal(); r.stopped {
		return false
	}
	if r.ops += 1 + r.weight; r.ops > maxOps {
		r.stopped, r.forever = true, true
		return false
	}
	from := len(r.lines)
	before, began := r.text, r.now
	ok := r.one(s)
	if s.back {
		r.idle, r.now, r.code = max(r.idle, r.now), began, 0
	}
	if s.into != "" || s.piped {
		r.redirect(s, from, before)
	}
	return ok
}

func (r *run) one(s *step) bool {
	switch s.kind {
	case whileLoop, untilLoop:
		return r.loop(s)
	case forLoop:
		for _, word := range r.words(s.words) {
			r.set(s.name, word)
			if !r.list(s.body) {
				return r.left()
			}
		}
		return true
	case ifThen:
		if !r.list(s.test) {
			return false
		}
		if r.code == 0 {
			return r.list(s.body)
		}
		r.code = 0
		return r.list(s.other)
	case group:
		return r.list(s.body)
	}
	if s.plain {
		return r.command(s.words, s.back)
	}
	return r.command(r.words(s.words), s.back)
}

// left tells whether a loop whose body ended early was only left by break, so that the script goes on.
func (r *run) left() bool {
	if r.leave && !r.stopped {
		r.leave = false
		return true
	}
	return false
}

// loop goes round until its test says otherwise. If a round begins as the one before it did, all rounds are equal: those
// nobody asks about are left out, and if there is no end to them the loop runs forever.
func (r *run) loop(s *step) bool {
	var last rounds
	for {
		if !r.list(s.test) {
			return false
		}
		if (r.code == 0) != (s.kind == whileLoop) {
			r.code = 0
			return true
		}
		if !r.list(s.body) {
			return r.left()
		}
		here := rounds{r.now, slices.Clone(r.vars), len(r.marks), r.hasTrap, true}
		if period := here.after(last); period > 0 {
			if n := (r.care - r.now) / period; n > 0 {
				r.now += n * period
				here.now = r.now
			}
			if r.horizon >= maxAge && r.care >= maxAge {
				r.stopped, r.forever = true, true
				return false
			}
		}
		last = here
	}
}

// rounds is what the state was at the end of a round of a loop.
type rounds struct {
	now   time.Duration
	vars  []api.EnvVar
	marks int
	trap  bool
	some  bool
}

// after is how long a round takes if it changed nothing; 0 if it did.
func (a rounds) after(b rounds) time.Duration {
	if !b.some || a.marks != b.marks || a.trap != b.trap || !slices.EqualFunc(a.vars, b.vars, sameVar) {
		return 0
	}
	return a.now - b.now
}

func sameVar(a, b api.EnvVar) bool { return a.Name == b.Name && a.Value == b.Value }

// pass lets time go by; false if that was the end of what is looked at.
func (r *run) pass(d time.Duration) bool {
	if d >= r.horizon-r.now {
		r.now, r.stopped = r.horizon, true
		return false
	}
	r.now += d
	return true
}

// signal carries out the trap for SIGTERM if it is time.
func (r *run) signal() {
	if r.term == never || r.now < r.term || r.trapped || !r.hasTrap || r.stopped {
		return
	}
	r.trapped = true
	r.list(r.trap)
}

// exit ends the script.
func (r *run) exit(code int32) bool {
	r.code, r.stopped, r.ended = code, true, true
	return false
}

func (r *run) get(name string) string {
	for i := range r.vars {
		if r.vars[i].Name == name {
			return r.vars[i].Value
		}
	}
	return r.b.env(name)
}

func (r *run) set(name, value string) {
	value = value[:min(len(value), maxText)]
	for i := range r.vars {
		if r.vars[i].Name == name {
			r.vars[i].Value = value
			return
		}
	}
	r.vars = append(r.vars, api.EnvVar{Name: name, Value: value})
}

// path is the whole name of a file: a relative one begins where cd went.
func (r *run) path(name string) string {
	if !strings.HasPrefix(name, "/") {
		name = r.get("PWD") + "/" + name
	}
	if !strings.Contains(name+"/", "/.") && !strings.Contains(name, "//") {
		return name
	}
	var parts []string
	for _, part := range strings.Split(name, "/") {
		switch part {
		case "", ".":
		case "..":
			parts = parts[:max(len(parts)-1, 0)]
		default:
			parts = append(parts, part)
		}
	}
	return "/" + strings.Join(parts, "/")
}

// file is what was last written to a file; false if there is none.
func (r *run) file(name string) (string, bool) { return r.entry(r.path(name)) }

// entry is the same for a whole name; one that ends in a slash is a folder that was made.
func (r *run) entry(name string) (string, bool) {
	var found *mark
	for _, list := range [2][]mark{r.b.files, r.marks} {
		for i := range list {
			if m := &list[i]; m.name == name && m.at <= r.now && (found == nil || m.at >= found.at) {
				found = m
			}
		}
	}
	if found == nil {
		return "", false
	}
	return found.text, !found.gone
}

// write notes a change of a file, if it is one.
func (r *run) write(name, text string, gone bool) { r.note(r.path(name), text, gone) }

// note is the same for a whole name.
func (r *run) note(name, text string, gone bool) {
	if was, there := r.entry(name); there == !gone && (gone || was == text) {
		return
	}
	if len(r.marks) < maxLines {
		r.marks = append(r.marks, mark{r.now, name, text[:min(len(text), maxText)], gone})
	}
}
