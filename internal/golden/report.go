package golden

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ReplayAll plays every recording in a folder, by name, and gives each outcome as it comes.
func ReplayAll(dir string, each func(*Outcome)) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		outcomes, err := replayFolder(filepath.Join(dir, e.Name()))
		if err != nil {
			outcomes = []*Outcome{{Name: e.Name(), Area: "unreadable", Steps: 1, Diffs: []string{err.Error()}}}
		}
		for _, o := range outcomes {
			each(o)
		}
	}
	return nil
}

// replayFolder plays one recording; a folder of another form gives one outcome a case, one without a recording none.
func replayFolder(dir string) ([]*Outcome, error) {
	if _, err := os.Stat(filepath.Join(dir, "expected.json")); err != nil {
		return nil, nil
	}
	if _, err := os.Stat(filepath.Join(dir, "steps.json")); err != nil {
		return replaySpecial(dir)
	}
	s, err := Load(dir)
	if err != nil {
		return []*Outcome{{Name: filepath.Base(dir), Area: "unreadable", Steps: 1, Diffs: []string{err.Error()}}}, nil
	}
	return []*Outcome{Replay(s)}, nil
}

// tally counts outcomes.
type tally struct{ steps, stepsEqual, scenarios, equal int }

func (t *tally) add(o *Outcome) {
	t.steps += o.Steps
	t.stepsEqual += o.Equal
	t.scenarios++
	if o.Same() {
		t.equal++
	}
}

// Report writes what became of the recordings of a folder: for each that differs what differs, then a line an area, and at
// last "golden: P of N scenarios equal".
func Report(w io.Writer, dir string) error {
	areas := map[string]*tally{}
	var all tally
	err := ReplayAll(dir, func(o *Outcome) {
		if areas[o.Area] == nil {
			areas[o.Area] = &tally{}
		}
		areas[o.Area].add(o)
		all.add(o)
		if !o.Same() {
			fmt.Fprintln(w, o)
		}
	})
	if err != nil {
		return err
	}
	names := make([]string, 0, len(areas))
	for name := range areas {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintf(w, "%-14s %14s %14s\n", "area", "steps", "scenarios")
	for _, name := range names {
		t := areas[name]
		fmt.Fprintf(w, "%-14s %6d of %4d %6d of %4d\n", name, t.stepsEqual, t.steps, t.equal, t.scenarios)
	}
	_, err = fmt.Fprintf(w, "golden: %d of %d scenarios equal\n", all.equal, all.scenarios)
	return err
}

// String is what differs, for people.
func (o *Outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "differs: %s (%s), %d of %d steps equal\n", o.Name, o.Area, o.Equal, o.Steps)
	if len(o.Missing) > 0 {
		fmt.Fprintf(&b, "  needs a kind that is not here: %s\n", strings.Join(o.Missing, ", "))
	}
	for _, d := range o.Diffs {
		b.WriteString("  " + d + "\n")
	}
	return b.String()
}
