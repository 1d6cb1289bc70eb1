//go:build !engine || machine

package playground

import (
	"hash/fnv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/isolate/model"
	"github.com/slipway-dev/slipway/isolate/model/lab"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// machine is the model of a machine that the terminal is a shell on, in the place of a cluster. The cluster of such a session is empty: it
// is the clock. A machine cannot be copied, so going back is playing the log again from the beginning (decision 009), and one that is given
// up must be closed.
type machine struct {
	lab     *lab.Lab
	printed int    // bytes since the last input
	tired   uint64 // the work at which somebody who never rests is stopped
	stood   uint64 // see standing, and the work it was of
	stoodAt uint64
	seen    uint64        // the work that scenes are up to date with
	unasked bool          // something has happened that the goals were not asked about
	ask     time.Duration // when they may be asked again
	next    time.Duration // when to look again
	scenes  []scene
	keys    map[string]store.ID
}

// What a line may do before it is stopped, and what is kept of what it prints. A loop that never ends is stepped until then, and can be
// interrupted at any time; the bounds keep a session, which is played again to go back in it, from growing without one.
const (
	maxWork    = 8_000_000
	maxPrinted = 256 << 10
)

// answerTime is how much of the machine's time a line gets at once, and glance how often the goals and the picture look at the machine.
const (
	answerTime = 100 * time.Millisecond
	glance     = 250 * time.Millisecond
)

// crowd is how many processes make the goals wait for one glance more: a command that a goal is costs the more the more processes there are.
const crowd = 500

// chunk is how many steps are taken between two looks at the output, and tickWork how many in one call of Advance: time passes more
// slowly for a machine that works harder than it can be modelled.
const (
	chunk    = 10_000
	tickWork = 60_000
)

const hasMachine = true

func newMachine() *machine {
	m := &machine{lab: lab.Open(), next: glance, keys: map[string]store.ID{}}
	m.rest()
	return m
}

// rest begins to count anew what the next line does.
func (m *machine) rest() { m.printed, m.tired = 0, m.lab.Kernel().Work()+maxWork }

// idle tells whether a shell waits for a line, and inside whether it is another than the first.
func (m *machine) idle() bool { return m.lab.Idle() }

func (m *machine) inside() bool {
	p := m.lab.Reader()
	return p != nil && p != m.lab.Shell()
}

func (m *machine) now() time.Duration { return time.Duration(m.lab.Now()) }

// machineOptions are those of the empty world beside a machine: its clock shows the machine's time.
func machineOptions(seed uint64) orchestrate.Options {
	return orchestrate.Options{Seed: seed, Nodes: []orchestrate.NodeSpec{}, Epoch: time.Unix(lab.Epoch, 0).UTC(), Budget: 500_000}
}

// Close gives up what the session holds outside itself: a machine keeps its processes. A session that is dropped is closed first, and must
// not be used afterwards. Closing twice is allowed.
func (s *Session) Close() {
	if s.machine != nil {
		s.machine.lab.Close()
		s.machine = nil
	}
}

// Machine is the machine's model and its first shell, to be looked at; nil in a session with a cluster.
func (s *Session) Machine() *lab.Lab {
	if s.machine == nil {
		return nil
	}
	return s.machine.lab
}

// enterMachine carries out an input.
func (s *Session) enterMachine(in Input) {
	m := s.machine
	before := m.standing()
	m.rest()
	switch in.Kind {
	case "interrupt":
		s.say(Typed, "^C\n")
		m.lab.Interrupt()
	case "end":
		s.say(Typed, "^D\n")
		m.lab.End()
	default:
		s.say(Typed, in.Text+"\n")
		switch {
		case m.lab.Over():
			s.say(Err, overText)
		case m.lab.Idle() && strings.TrimSpace(in.Text) == "help":
			s.say(Out, machineHelp)
		default:
			m.lab.Type(in.Text)
		}
	}
	over := m.lab.Over()
	end := m.lab.Now() + int64(answerTime)
	for before := m.lab.Kernel().Work(); ; before = m.lab.Kernel().Work() {
		m.lab.Answer(end, m.steps())
		s.hear()
		s.stopTired()
		if m.lab.Kernel().Waiting() || m.lab.Now() >= end || m.lab.Kernel().Work() == before {
			break
		}
	}
	if m.lab.Over() && !over {
		s.say(Err, overText)
	}
	if m.standing() != before || in.isLine() && tellsTheShell(in.Text) {
		s.acted[len(s.acted)-1] = true
		if len(s.undone) > 0 {
			s.keepUndone()
		}
	}
	s.follow()
	s.glance()
}

// standing is the kernel's, which is asked again if anybody has worked since.
func (m *machine) standing() uint64 {
	if work := m.lab.Kernel().Work(); work != m.stoodAt || m.stood == 0 {
		m.stood, m.stoodAt = m.lab.Kernel().Standing(), work
	}
	return m.stood
}

// tellsTheShell tells whether a line may change what the shell keeps for itself, which no kernel sees.
func tellsTheShell(line string) bool {
	if assigns(line) || strings.Contains(line, "()") {
		return true
	}
	for _, word := range strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(" \t\n;&|(", c) }) {
		switch word {
		case "set", "shift", "alias", "unalias", "trap", ".", "source", "eval":
			return true
		}
	}
	return false
}

const overText = "The machine has stopped: its first process has ended, and all others with it. undo brings it back.\n"

// steps is how many to take at once: the bound is met exactly, however time passes.
func (m *machine) steps() int {
	return int(min(chunk, m.tired-min(m.tired, m.lab.Kernel().Work())))
}

// hear takes what the machine has printed into the transcript.
func (s *Session) hear() {
	m := s.machine
	text := m.lab.Output()
	if text == "" || m.printed > maxPrinted {
		return
	}
	if m.printed+len(text) > maxPrinted {
		text = text[:maxPrinted-m.printed]
		s.say(Out, strings.ToValidUTF8(text, "\ufffd"))
		s.say(Err, "\n(The rest of what is printed is not shown. Ctrl-C stops it.)\n")
		m.printed = maxPrinted + 1
		return
	}
	m.printed += len(text)
	s.say(Out, strings.ToValidUTF8(text, "\ufffd"))
}

// stopTired ends what has worked for so long that nobody waits for it any more.
func (s *Session) stopTired() {
	m := s.machine
	if m.lab.Kernel().Work() < m.tired {
		return
	}
	m.tired += maxWork
	s.say(Err, "(stopped: "+number(maxWork)+" steps without a rest; this machine is only a model)\n")
	m.lab.StopWorkers()
}

// follow moves the session's clock to the machine's.
func (s *Session) follow() {
	if _, err := s.cluster.AdvanceUntil(s.machine.now(), nil); err != nil {
		panic("playground: bug: " + err.Error())
	}
}

// advanceMachine lets the machine work up to a moment, or for that many steps; 0 is any number.
func (s *Session) advanceMachine(end time.Duration, most uint64) {
	m := s.machine
	k := m.lab.Kernel()
	begun := k.Work()
	for m.now() < end {
		until := min(end, m.next)
		for m.lab.Advance(int64(until), m.steps()) && (most == 0 || k.Work()-begun < most) {
			s.hear()
			s.stopTired()
		}
		s.hear()
		s.stopTired()
		s.follow()
		if m.now() >= m.next {
			m.next = m.now().Truncate(glance) + glance
			s.glance()
		}
		if most > 0 && k.Work()-begun >= most {
			return
		}
	}
	s.follow()
}

// due is when the machine goes on by itself; false if it does nothing before somebody types.
func (m *machine) due() (time.Duration, bool) {
	if !m.lab.Kernel().Waiting() {
		return m.now(), true
	}
	at, ok := m.lab.Due()
	if due := time.Duration(at); !m.unasked || ok && due < m.ask {
		return due, ok
	}
	return m.ask, true
}

// tickMachine lets time pass while a page shows it: with a bound for the work of one call.
func (s *Session) tickMachine(end time.Duration) { s.advanceMachine(end, tickWork) }

// stepMachine lets time pass up to the next thing to be seen: something printed, another picture.
func (s *Session) stepMachine() {
	m := s.machine
	end, said, drawn := m.now()+longestStep, len(s.transcript), len(m.scenes)
	for m.now() < end && len(s.transcript) == said && len(m.scenes) == drawn {
		due, ok := m.due()
		if !ok {
			due = end
		}
		s.advanceMachine(min(end, max(due, m.now())+glance), tickWork)
	}
}

// settleMachine lets time pass until a shell waits for a line and nobody works, until a moment at most. What works in the background gets
// a few seconds.
func (s *Session) settleMachine(end time.Duration) {
	m := s.machine
	const background = 5 * time.Second
	for left := background; m.now() < end && (!m.lab.Idle() || !m.lab.Kernel().Waiting() && left > 0); {
		if m.lab.Idle() {
			left -= glance
		}
		s.advanceMachine(min(end, m.now()+glance), 0)
	}
}

// glance looks at the machine if something has happened: for the goals, and for the picture of the past.
func (s *Session) glance() {
	m := s.machine
	if work := m.lab.Kernel().Work(); work != m.seen || len(m.scenes) == 0 {
		m.seen, m.unasked = work, true
		m.remember()
	}
	if m.unasked && m.now() >= m.ask {
		m.unasked, m.ask = false, m.now()+glance*time.Duration(m.lab.Kernel().Count()/crowd)
		s.checkGoals()
	}
}

// printsWhatItShould tells whether a goal that is a command prints what it should.
func (s *Session) printsWhatItShould(g Goal) bool {
	if s.machine == nil {
		return false
	}
	text, ok := s.machine.lab.Ask(g.Run, g.Inside)
	return ok && strings.TrimSpace(text) == strings.TrimSpace(g.Prints)
}

// hash tells two machines apart.
func (m *machine) hash() string {
	h := fnv.New64a()
	for _, it := range m.view(nil) {
		h.Write([]byte(it.key))
		h.Write(it.text)
	}
	h.Write([]byte(number(m.lab.Now())))
	h.Write([]byte(number(int64(m.lab.Kernel().Work()))))
	return number(int64(h.Sum64() >> 1))
}

// worldHash is the hash a saved session must come out with.
func (s *Session) worldHash() string {
	if s.machine != nil {
		return s.machine.hash()
	}
	return s.cluster.Fingerprint()
}

// prompt is what stands before the next line.
func (m *machine) prompt() string {
	if p := m.lab.Reader(); p != nil && p.SignalAction(model.SIGINT) == model.Caught {
		return m.lab.Prompt()
	}
	return ""
}

// complete offers commands and files, as the innermost shell sees them.
func (m *machine) complete(line string, cursor int) (int, []string) {
	head := line[:min(max(cursor, 0), len(line))]
	from := strings.LastIndexAny(head, " \t;|&<>($`") + 1
	word, before := head[from:], strings.TrimRight(head[:from], " \t")
	if strings.ContainsAny(word, "'\\\n*?[") {
		return cursor, nil
	}
	dir := word[:strings.LastIndexByte(word, '/')+1]
	pattern, cut := "'"+word+"'*", dir
	if dir == "" && (before == "" || strings.ContainsAny(before[len(before)-1:], ";|&(")) {
		pattern, cut = "/bin/'"+word+"'*", "/bin/"
	}
	text, _ := m.lab.Ask("for f in "+pattern+`; do [ -e "$f" ] && echo "$f"; done`, true)
	var found []string
	for name := range strings.Lines(text) {
		found = append(found, strings.TrimPrefix(strings.TrimSuffix(name, "\n"), cut))
	}
	if cut == dir {
		for i := range found {
			found[i] = dir + found[i]
		}
	}
	return from, found
}
