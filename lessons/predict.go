package lessons

import "strings"

// Predict is a question asked before a step is done: what is going to happen? One choice is right.
type Predict struct {
	Question string   // Markdown
	Choices  []string // Markdown, two to five
	Right    int      // index in Choices
	Why      string   // Markdown: said once a choice is made
}

// The least and most choices a question may have.
const (
	minChoices = 2
	maxChoices = 5
)

// readPredict reads the lines of a block:
//
//	What happens to the pod?      the question, one line or several
//	- [ ] Nothing                 a choice
//	- [x] It is made anew         the choice that is right
//	> Because somebody promised.  why
//
// The problems are those of its form, each with the line in the block, from 0.
func readPredict(lines []string) (p Predict, problems map[int]string) {
	problems = map[int]string{}
	var question, why []string
	right := -1
	for i, line := range lines {
		choice, isChoice := strings.CutPrefix(line, "- [")
		said, isWhy := strings.CutPrefix(line, ">")
		switch {
		case isChoice && len(why) == 0:
			mark, text, closed := strings.Cut(choice, "]")
			if text = strings.TrimSpace(text); !closed || mark != " " && mark != "x" || text == "" {
				problems[i] = "a choice is written - [ ] text, the right one - [x] text"
			}
			if mark == "x" {
				if right >= 0 {
					problems[i] = "a second right choice; exactly one is right"
				}
				right = len(p.Choices)
			}
			p.Choices = append(p.Choices, text)
		case isWhy:
			why = append(why, strings.TrimPrefix(said, " "))
		case len(p.Choices) == 0 && len(why) == 0:
			question = append(question, line)
		case strings.TrimSpace(line) != "":
			problems[i] = "the question comes first, then the choices, then > why"
		}
	}
	p.Question, p.Why, p.Right = strings.TrimSpace(strings.Join(question, "\n")), strings.TrimSpace(strings.Join(why, "\n")), max(right, 0)
	switch {
	case p.Question == "":
		problems[0] = "the prediction asks nothing"
	case len(p.Choices) < minChoices || len(p.Choices) > maxChoices:
		problems[0] = "a prediction has two to five choices"
	case right < 0:
		problems[0] = "none of the choices is right; mark it with - [x]"
	case p.Why == "":
		problems[0] = "say why in lines that begin with >"
	}
	return p, problems
}

// predict reads a block of the step at hand.
func (r *textReader) predict(body []string, at int) {
	p, problems := readPredict(body)
	for i := range body {
		if text, ok := problems[i]; ok {
			r.problems.add(r.file, at+1+i, 1, "", "%s", text)
		}
	}
	if len(body) == 0 {
		r.problems.add(r.file, at, 1, "", "the prediction asks nothing")
	}
	if r.step.Predict != nil {
		r.problems.add(r.file, at, 1, "ask once a step", "a second prediction in one step")
	}
	r.step.Predict = &p
}

// comparePredictions holds the languages to each other: the same questions, the same choices, the same right one.
func comparePredictions(file string, first, other Text, lines map[string]int, problems *Problems) {
	of := map[string]*Predict{}
	for _, s := range first.Steps {
		of[s.ID] = s.Predict
	}
	for _, s := range other.Steps {
		a, b := of[s.ID], s.Predict
		switch {
		case (a == nil) != (b == nil):
			problems.add(file, lines[s.ID], 1, "", "the step %q asks for a prediction in one language only; compare with %s", s.ID, first.Lang)
		case a != nil && (len(a.Choices) != len(b.Choices) || a.Right != b.Right):
			problems.add(file, lines[s.ID], 1, "", "the prediction of step %q has other choices, or another right one, than in %s", s.ID, first.Lang)
		}
	}
}
