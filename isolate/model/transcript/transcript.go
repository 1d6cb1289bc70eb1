// Package transcript replays recorded sessions of a shell in the model kernel: the real kernel is the judge of the model.
//
// A transcript is a text: a title, then command lines behind "$ ", each with what it printed and its exit status. [Parse] reads one,
// [Transcript.Replay] types its lines to a fresh lab, and [Report] says what came out otherwise. testdata/FORMAT.md describes the format and
// the machine the recordings come from.
package transcript

import (
	"errors"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model/lab"
)

// Transcript is a recorded session.
type Transcript struct {
	Name, Title string
	Steps       []Step
}

// Step is a line that was typed, and what came of it.
type Step struct {
	Command string
	Output  string
	Status  int
}

// Parse reads a transcript. Errors name the line.
func Parse(text string) (Transcript, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	title, ok := strings.CutPrefix(lines[0], "# ")
	name, sentence, named := strings.Cut(title, ": ")
	if !ok || !named {
		return Transcript{}, errors.New("transcript: line 1: want \"# NAME: sentence\"")
	}
	t := Transcript{Name: name, Title: sentence}
	for i, l := range lines[1:] {
		if command, ok := strings.CutPrefix(l, "$ "); ok {
			t.Steps = append(t.Steps, Step{Command: command})
			continue
		}
		if len(t.Steps) == 0 {
			return t, errors.New("transcript: line " + strconv.Itoa(i+2) + ": want a line that begins with \"$ \"")
		}
		now := &t.Steps[len(t.Steps)-1]
		if code, ok := strings.CutPrefix(l, "[exit "); ok && strings.HasSuffix(code, "]") && (i+2 == len(lines) || strings.HasPrefix(lines[i+2], "$ ")) {
			now.Status, _ = strconv.Atoi(strings.TrimSuffix(code, "]"))
			continue
		}
		now.Output += l + "\n"
	}
	return t, nil
}

// String is the transcript as it is written.
func (t Transcript) String() string {
	var b strings.Builder
	b.WriteString("# " + t.Name + ": " + t.Title + "\n")
	for _, s := range t.Steps {
		b.WriteString("$ " + s.Command + "\n" + s.Output)
		if s.Status != 0 {
			b.WriteString("[exit " + strconv.Itoa(s.Status) + "]\n")
		}
	}
	return b.String()
}

// Replay types the lines to a fresh lab and returns what came of them.
func (t Transcript) Replay() Transcript {
	l := lab.New()
	defer l.Close()
	got := Transcript{Name: t.Name, Title: t.Title}
	for _, s := range t.Steps {
		out, status := l.Run(s.Command)
		if out != "" && !strings.HasSuffix(out, "\n") {
			out += "\n"
		}
		got.Steps = append(got.Steps, Step{s.Command, out, status})
	}
	return got
}

// Area is the part of the name in front of the first "-": "cg" of "cg-tree-kill".
func (t Transcript) Area() string {
	area, _, _ := strings.Cut(t.Name, "-")
	return area
}
