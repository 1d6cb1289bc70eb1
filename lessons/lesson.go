package lessons

import (
	"cmp"
	"embed"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Lesson is a lesson in all its languages.
type Lesson struct {
	Scenario Scenario
	Texts    []Text // by language
}

//go:embed content
var content embed.FS

// Content holds the lessons of this repository, a folder each.
func Content() fs.FS {
	sub, err := fs.Sub(content, "content")
	if err != nil {
		panic("lessons: bug: " + err.Error())
	}
	return sub
}

// Names are the folders of lessons in the order in which they are meant to be done: by the order their scenarios give,
// then by name. One that cannot be read comes first, so that checking it says why.
func Names(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(order(files, a), order(files, b)) })
	return names, nil
}

// order is the place a lesson's scenario gives it.
func order(files fs.FS, folder string) int {
	problems := &Problems{}
	source, err := read(files, path.Join(folder, "scenario.yaml"), problems)
	if err != nil {
		return 0
	}
	return readScenario(path.Join(folder, "scenario.yaml"), folder, source, problems).sc.Order
}

// maxFile is how long a file of a lesson may be, in bytes.
const maxFile = 1 << 20

// Read reads the lesson in a folder and checks its form. What is wrong with it is [Problems], all at once; another error
// means that a file could not be read. The files are named by their path within files.
func Read(files fs.FS, folder string) (*Lesson, error) {
	problems := &Problems{}
	source, err := read(files, path.Join(folder, "scenario.yaml"), problems)
	if err != nil {
		return nil, err
	}
	sc := readScenario(path.Join(folder, "scenario.yaml"), path.Base(folder), source, problems)
	l := &Lesson{Scenario: sc.sc}
	names, err := fs.Glob(files, path.Join(folder, "lesson.*.md"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		problems.add(path.Join(folder, "lesson.en.md"), 0, 0, "", "the lesson has no text in any language")
	}
	for _, name := range names {
		lang := strings.TrimSuffix(strings.TrimPrefix(path.Base(name), "lesson."), ".md")
		source, err := read(files, name, problems)
		if err != nil {
			return nil, err
		}
		r := readText(name, lang, source, problems)
		r.compare(sc)
		if len(l.Texts) > 0 {
			comparePredictions(name, l.Texts[0], r.text, r.lines, problems)
		}
		l.Texts = append(l.Texts, r.text)
	}
	return l, problems.sorted()
}

func read(files fs.FS, name string, problems *Problems) (string, error) {
	b, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		problems.add(name, 0, 0, "a lesson is a folder with scenario.yaml and lesson.LANG.md", "there is no such file")
		return "", problems.sorted()
	}
	if len(b) > maxFile {
		problems.add(name, 0, 0, "", "the file has %d bytes; a lesson's file has at most %d", len(b), maxFile)
		return "", problems.sorted()
	}
	return string(b), err
}

// compare holds the text to the scenario: the same steps in the same order, and a text for each goal.
func (r *textReader) compare(sc *scenarioReader) {
	texts := map[string]StepText{}
	for _, s := range r.text.Steps {
		texts[s.ID] = s
		if sc.steps[s.ID] == nil && s.ID != "" {
			r.problems.add(r.file, r.lines[s.ID], 1, didYouMean(s.ID, slices.Sorted(maps.Keys(sc.steps))), "the scenario has no step %q", s.ID)
		}
	}
	var ordered []StepText
	for _, step := range sc.sc.Steps {
		s, ok := texts[step.ID]
		if !ok {
			r.problems.add(r.file, 0, 0, "write a section ## Heading {#"+step.ID+"}", "the step %q has no text", step.ID)
			continue
		}
		r.compareGoals(step, s)
		ordered = append(ordered, s)
	}
	r.text.Steps = ordered
}

func (r *textReader) compareGoals(step Step, s StepText) {
	known := map[string]bool{}
	for _, g := range step.Goals {
		known[g.ID] = true
		if _, ok := s.Goals[g.ID]; !ok {
			r.problems.add(r.file, r.lines[s.ID], 1, "write a block ```goal "+g.ID, "the goal %q has no text", g.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.Goals)) {
		if !known[id] && id != "" {
			r.problems.add(r.file, r.lines[s.ID], 1, didYouMean(id, slices.Sorted(maps.Keys(known))), "the step %q has no goal %q", s.ID, id)
		}
	}
}
