package playground

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/internal/shell"
)

// timeCommands are the lines that move through time instead of being part of it. They are not in the log.
var timeCommands = []string{"at", "fork", "live", "redo", "undo"}

func timeCommand(name string) bool { return slices.Contains(timeCommands, name) }

// Travel carries out a line that moves through time or only looks at it: undo, redo, at MOMENT, live, fork and compare. It tells false for any
// other line, which is for [Session.Type]. The text is what to tell the person.
func (s *Session) Travel(line string) (text string, moved bool, err error) {
	words := strings.Fields(line)
	if len(words) > 0 && words[0] == "compare" && s.machine == nil && !strings.ContainsAny(line, "|<>;&$") {
		told := compare(s, shell.Invocation{Args: words})
		return told.Stdout + told.Stderr, true, nil
	}
	if len(words) == 0 || !timeCommand(words[0]) {
		return "", false, nil
	}
	if s.frozen != nil {
		return words[0] + ": " + errReadOnly.Error() + "\n", true, nil
	}
	if len(words) > 1 && words[0] != "at" {
		return words[0] + ": it takes no arguments\n", true, nil
	}
	switch words[0] {
	case "undo":
		in, err := s.Undo()
		return s.told(undone, in, err)
	case "redo":
		in, err := s.Redo()
		return s.told("done again: ", in, err)
	case "live":
		s.GoLive()
		return "this is the present again, " + s.clock(s.cluster.Now()) + "\n", true, nil
	case "fork":
		if !s.looking {
			return "fork: this is the present; look at an earlier moment first: at -30s\n", true, nil
		}
		err := s.forkHere()
		return "the present is now " + s.clock(s.cluster.Now()) + "; what came after is kept as a branch\n", true, err
	}
	if len(words) != 2 {
		return "at: which moment? at 02:00:05, or at -30s for half a minute ago\n", true, nil
	}
	at, ok := s.moment(words[1])
	if !ok {
		return "at: '" + words[1] + "' is no moment; write 02:00:05, or -30s for half a minute ago\n", true, nil
	}
	if at > s.cluster.Now() {
		return "at: " + s.clock(at) + " lies ahead; now it is " + s.clock(s.cluster.Now()) + "\n", true, nil
	}
	s.Seek(at)
	return "this is " + s.clock(s.Shown()) + "; live goes back to the present, and typing goes on from here\n", true, nil
}

const undone = "undone: "

// told is what to say of an input that was taken back or brought back.
func (s *Session) told(what string, in Input, err error) (string, bool, error) {
	switch {
	case err == ErrNothing && what == undone:
		return "nothing has been changed that could be taken back\n", true, nil
	case err == ErrNothing:
		return "nothing was taken back that could be done again\n", true, nil
	case err != nil:
		return "", true, err
	case in.Kind == "interrupt":
		return what + "Ctrl-C\n", true, nil
	case in.Kind == "end":
		return what + "Ctrl-D\n", true, nil
	}
	return what + firstLine(in.Text) + "\n", true, nil
}

// clock is a moment as the world's clock shows it.
func (s *Session) clock(at time.Duration) string {
	return calendar.Text(s.cluster.Wall(at).Std(), calendar.Clock)
}

// moment reads a time of day since the session's beginning, or a distance from what is on show: -30s, +5s.
func (s *Session) moment(text string) (time.Duration, bool) {
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		d, ok := seconds(text[1:])
		if text[0] == '-' {
			d = -d
		}
		return max(0, s.Shown()+d), ok
	}
	day, ok := calendar.TimeOfDay(text)
	if !ok {
		return 0, false
	}
	begin := s.cluster.Wall(0).Std()
	midnight := begin.Truncate(24 * time.Hour)
	at := midnight.Add(day).Sub(begin)
	if at < 0 {
		at += 24 * time.Hour
	}
	return at, true
}
