package lessons

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Text is a lesson in one language.
type Text struct {
	Lang, Title, Summary string
	Steps                []StepText // in the order of the scenario
}

// StepText is the text of one step.
type StepText struct {
	ID       string
	Heading  string
	Markdown string            // what stands below the heading, without goals, hints and prediction
	Goals    map[string]string // the goals' texts, by id
	Hints    []string          // Markdown
	Real     []string          // Markdown: the same on a real machine
	Predict  *Predict          // nil if nothing is asked
}

// textReader reads a lesson.LANG.md line by line.
type textReader struct {
	file     string
	problems *Problems
	text     Text
	step     *StepText
	prose    []string
	lines    map[string]int // where each step begins
}

// readText reads the Markdown of one language.
func readText(file, lang, source string, problems *Problems) *textReader {
	r := &textReader{file: file, problems: problems, text: Text{Lang: lang}, lines: map[string]int{}}
	lines := strings.Split(strings.ReplaceAll(source, "\r\n", "\n"), "\n")
	at := r.frontMatter(lines)
	for at < len(lines) {
		switch fence, info := openFence(lines[at]); {
		case fence != "":
			at = r.block(lines, at, fence, info)
		case strings.HasPrefix(lines[at], "## "):
			r.heading(lines[at], at+1)
			at++
		default:
			r.line(lines[at], at+1)
			at++
		}
	}
	r.close()
	return r
}

// frontMatter reads the YAML between the first two lines of three hyphens, and tells where the text begins.
func (r *textReader) frontMatter(lines []string) int {
	if lines[0] != "---" {
		r.problems.add(r.file, 1, 1, "begin with ---, title: ..., summary: ..., ---", "there is no front matter")
		return 0
	}
	end := slices.Index(lines[1:], "---") + 1
	if end == 0 {
		r.problems.add(r.file, 1, 1, "close it with a line ---", "the front matter has no end")
		return len(lines)
	}
	d := decoder{file: r.file, line: 1, problems: r.problems}
	if root := d.root(strings.Join(lines[1:end], "\n")); root != nil {
		d.mapping(root, "the front matter",
			field{"title", true, func(n *yaml.Node) { d.text(n, "title", &r.text.Title) }},
			field{"summary", true, func(n *yaml.Node) { d.text(n, "summary", &r.text.Summary) }},
		)
	}
	return end + 1
}

// openFence is the fence a line opens and the words behind it; "" if it opens none.
func openFence(line string) (fence, info string) {
	n := len(line) - len(strings.TrimLeft(line, "`"))
	if n < 3 || strings.Contains(line[n:], "`") {
		return "", ""
	}
	return line[:n], strings.TrimSpace(line[n:])
}

// heading begins a step: "## Heading {#id}".
func (r *textReader) heading(line string, at int) {
	r.close()
	title, rest, ok := strings.Cut(strings.TrimPrefix(line, "## "), "{#")
	id, tail, closed := strings.Cut(rest, "}")
	if !ok || !closed || strings.TrimSpace(tail) != "" || !validID(id) {
		r.problems.add(r.file, at, 1, "end it with the step's id: ## Heading {#step}", "the heading names no step")
		id = ""
	}
	if first, twice := r.lines[id]; twice && id != "" {
		r.problems.add(r.file, at, 1, "", "a second text for step %q; the first is on line %d", id, first)
	}
	r.lines[id] = at
	r.step = &StepText{ID: id, Heading: strings.TrimSpace(title), Goals: map[string]string{}}
}

// line is a line of prose.
func (r *textReader) line(line string, at int) {
	if r.step == nil {
		if strings.TrimSpace(line) != "" {
			r.problems.add(r.file, at, 1, "put it below a heading", "text before the first step")
		}
		return
	}
	r.prose = append(r.prose, line)
}

// block reads a fenced block and tells where the text goes on.
func (r *textReader) block(lines []string, at int, fence, info string) int {
	end := at + 1
	for end < len(lines) && !(strings.HasPrefix(lines[end], fence) && strings.Trim(lines[end], "` ") == "") {
		end++
	}
	if end == len(lines) {
		r.problems.add(r.file, at+1, 1, "close it with a line "+fence, "the block has no end")
	}
	body := lines[min(at+1, len(lines)):end]
	kind, id, _ := strings.Cut(info, " ")
	switch {
	case r.step == nil:
		r.problems.add(r.file, at+1, 1, "put it below a heading", "a block before the first step")
	case kind == "goal":
		r.goal(id, strings.TrimSpace(strings.Join(body, " ")), at+1)
	case kind == "predict":
		r.predict(body, at+1)
	case kind == "hint":
		r.step.Hints = append(r.step.Hints, strings.Join(body, "\n"))
	case kind == "real":
		r.step.Real = append(r.step.Real, strings.Join(body, "\n"))
	default:
		if shells[kind] {
			r.problems.add(r.file, at+1, 1, "mark it sh, and its lines can be clicked", "a block marked %s", kind)
		}
		r.prose = append(r.prose, lines[at:min(end+1, len(lines))]...)
	}
	return end + 1
}

// shells are marks that people use for lines to type, and that mean nothing here.
var shells = map[string]bool{"bash": true, "console": true, "shell": true, "zsh": true}

func (r *textReader) goal(id, text string, at int) {
	switch _, twice := r.step.Goals[id]; {
	case id == "":
		r.problems.add(r.file, at, 1, "write ```goal and the goal's id", "the goal has no id")
	case twice:
		r.problems.add(r.file, at, 1, "", "a second text for goal %q", id)
	case text == "":
		r.problems.add(r.file, at, 1, "say in one line what is to be reached", "the goal %q has no text", id)
	}
	r.step.Goals[id] = text
}

// close ends the step at hand.
func (r *textReader) close() {
	if r.step != nil {
		r.step.Markdown = strings.Trim(strings.Join(r.prose, "\n"), "\n")
		r.text.Steps = append(r.text.Steps, *r.step)
	}
	r.step, r.prose = nil, nil
}
