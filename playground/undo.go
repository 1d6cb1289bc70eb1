package playground

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
)

// Undo takes back the last line that changed something: the world, or the shell it was typed into. Lines that only asked since then go
// with it, and come back with it; those typed after an undo are no reason to forget what redo would bring back.

// undo is a part of the log that was taken back: everything from place base on, up to the moment end.
type undo struct {
	inputs []Input
	end    time.Duration
	base   int
}

// CanUndo and CanRedo tell whether the next call would do something.
func (s *Session) CanUndo() bool { return slices.Contains(s.acted, true) && s.frozen == nil }

// CanRedo tells whether something was undone that can be brought back.
func (s *Session) CanRedo() bool { return len(s.undone) > 0 }

// undoes is the line that Undo would take back; "" if there is none.
func (s *Session) undoes() string {
	for i, acted := range slices.Backward(s.acted) {
		if acted && s.frozen == nil {
			return s.inputs[i].Text
		}
	}
	return ""
}

// Undo takes back the last input that changed something: the session stands where it stood just before. The result is that input.
func (s *Session) Undo() (Input, error) {
	if !s.CanUndo() {
		return Input{}, ErrNothing
	}
	from := len(s.acted) - 1
	for !s.acted[from] {
		from--
	}
	return s.takeBack(from)
}

// TakeBack undoes the last n inputs, whatever they did, as one.
func (s *Session) TakeBack(n int) (Input, error) {
	if n < 1 || len(s.inputs) == 0 || s.frozen != nil {
		return Input{}, ErrNothing
	}
	return s.takeBack(max(len(s.inputs)-n, 0))
}

func (s *Session) takeBack(from int) (Input, error) {
	gone := s.inputs[from:]
	if n := len(s.undone); n > 0 && s.undone[n-1].base > from {
		gone = s.inputs[from:s.undone[n-1].base] // what was only asked after the undo before stays away
	}
	u := undo{slices.Clone(gone), s.cluster.Now(), from}
	if err := s.replay(s.inputs[:from], u.inputs[0].At); err != nil {
		return Input{}, err
	}
	s.undone = append(s.undone, u)
	return u.inputs[0], nil
}

// Redo brings back what was undone last, up to the moment at which it was undone. The world is the same again: lines that only asked
// since the undo are not in its log.
func (s *Session) Redo() (Input, error) {
	if !s.CanRedo() {
		return Input{}, ErrNothing
	}
	u := s.undone[len(s.undone)-1]
	inputs := append(slices.Clone(s.inputs[:u.base]), u.inputs...)
	if err := s.replay(inputs, max(u.end, inputs[len(inputs)-1].At)); err != nil {
		return Input{}, err
	}
	s.undone = s.undone[:len(s.undone)-1]
	return u.inputs[0], nil
}

// keepUndone keeps as a branch what redo would bring back, and forgets it otherwise.
func (s *Session) keepUndone() {
	n := len(s.undone)
	b := Branch{Inputs: slices.Clone(s.inputs[:s.undone[n-1].base]), End: s.cluster.Now()}
	for _, u := range slices.Backward(s.undone) {
		b.Inputs = append(b.Inputs, u.inputs...)
		b.End = max(b.End, u.end)
	}
	s.undone = nil
	s.addBranch(b)
}

// memory is what an input can change, as it was before.
type memory struct {
	asked          int
	namespace      string
	files, aliases map[string]string
	vars           shell.Vars
	room           *room
}

func (s *Session) memory() memory {
	m := memory{s.cluster.Asked(), s.namespace, s.files, s.aliases, s.shellVars().Clone(), s.room()}
	return m
}

// shellVars are the variables of the shell that lines go to.
func (s *Session) shellVars() shell.Vars {
	if r := s.room(); r != nil {
		return r.vars
	}
	return s.vars
}

// note marks the last input as one that changed something, if it did. What was undone before is then another course of events.
func (s *Session) note(m memory) {
	last := len(s.acted) - 1
	if last < 0 || s.acted[last] || !s.changedSince(m) {
		return
	}
	s.acted[last] = true
	if len(s.undone) > 0 {
		s.keepUndone()
	}
}

func (s *Session) changedSince(m memory) bool {
	if s.cluster.Asked() != m.asked || s.namespace != m.namespace || (s.room() == nil) != (m.room == nil) ||
		!maps.Equal(s.files, m.files) || !maps.Equal(s.aliases, m.aliases) {
		return true
	}
	return assigns(s.inputs[len(s.inputs)-1].Text) && !sameVars(s.shellVars(), m.vars)
}

// sameVars compares variables but for the status of the last command.
func sameVars(a, b shell.Vars) bool {
	a, b = a.Clone(), b.Clone()
	delete(a, "?")
	delete(b, "?")
	return maps.Equal(a, b)
}

// assigns tells whether a line is about variables: the one a loop walks with is no reason to undo it.
func assigns(line string) bool {
	for _, word := range strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(" \t\n;&|(", c) }) {
		name, _, ok := strings.Cut(word, "=")
		if ok && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789") == "" ||
			word == "export" || word == "unset" || word == "read" || word == "cd" {
			return true
		}
	}
	return false
}
