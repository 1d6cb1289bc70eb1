package transcript

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Outcome is a transcript beside its replay, both masked.
type Outcome struct {
	Want, Got Transcript
}

// Compare replays a transcript. Masks number namespaces through the whole text, so that they are put on it as a whole.
func Compare(t Transcript) Outcome {
	mask := func(t Transcript) Transcript {
		m, err := Parse(Mask(t.String()))
		if err != nil || len(m.Steps) != len(t.Steps) {
			return t // output that looks like a command: it cannot be equal
		}
		for i := range m.Steps {
			m.Steps[i].Command = t.Steps[i].Command
		}
		return m
	}
	return Outcome{mask(t), mask(t.Replay())}
}

// Commands are how many lines came out equal, of how many.
func (o Outcome) Commands() (equal, all int) {
	for i, s := range o.Want.Steps {
		if i < len(o.Got.Steps) && s == o.Got.Steps[i] {
			equal++
		}
	}
	return equal, len(o.Want.Steps)
}

// Equal tells whether every line came out equal.
func (o Outcome) Equal() bool {
	equal, all := o.Commands()
	return equal == all
}

// Diff shows each line that came out otherwise.
func (o Outcome) Diff() string {
	var b strings.Builder
	for i, want := range o.Want.Steps {
		var got Step
		if i < len(o.Got.Steps) {
			got = o.Got.Steps[i]
		}
		if want == got {
			continue
		}
		b.WriteString("  $ " + want.Command + "\n")
		side := func(mark string, s Step) {
			for _, l := range strings.Split(strings.TrimSuffix(s.Output, "\n"), "\n") {
				if s.Output != "" {
					b.WriteString("  " + mark + l + "\n")
				}
			}
			if s.Status != 0 {
				b.WriteString("  " + mark + "[exit " + strconv.Itoa(s.Status) + "]\n")
			}
		}
		side("-", want)
		side("+", got)
	}
	return b.String()
}

// Report is what make transcripts prints: a diff for each transcript that differs, equal commands and transcripts by area, and a last line
// with the sum.
func Report(outcomes []Outcome) string {
	var b strings.Builder
	type sum struct{ commands, allCommands, equal, all int }
	areas := map[string]*sum{}
	total := 0
	for _, o := range outcomes {
		a := areas[o.Want.Area()]
		if a == nil {
			a = &sum{}
			areas[o.Want.Area()] = a
		}
		equal, all := o.Commands()
		a.commands += equal
		a.allCommands += all
		a.all++
		if o.Equal() {
			a.equal++
			total++
			continue
		}
		b.WriteString(o.Want.Name + " differs (- the kernel, + the model)\n" + o.Diff() + "\n")
	}
	n := strconv.Itoa
	for _, name := range slices.Sorted(maps.Keys(areas)) {
		a := areas[name]
		b.WriteString(name + ": commands " + n(a.commands) + " of " + n(a.allCommands) + ", transcripts " + n(a.equal) + " of " + n(a.all) + "\n")
	}
	b.WriteString("transcripts: " + n(total) + " of " + n(len(outcomes)) + " equal\n")
	return b.String()
}
