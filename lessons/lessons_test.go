package lessons_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/stretchr/testify/require"
)

const goodScenario = `name: x
seed: 1
nodes: [{name: node-1}]
steps:
- id: run
  goals: [{id: ready, resource: pod/web, for: condition=Ready}]
  solution: [kubectl run web --image=nginx]
`

const goodText = "---\ntitle: T\nsummary: S\n---\n\n## Run {#run}\n\nProse.\n\n```goal ready\nThe pod is ready\n```\n\n```hint\nType it.\n```\n"

func predict(choices string) string { return "\n```predict\nWhat now?\n" + choices + "\n```\n" }

func folder(scenario, text string) fstest.MapFS {
	return fstest.MapFS{"x/scenario.yaml": {Data: []byte(scenario)}, "x/lesson.en.md": {Data: []byte(text)}}
}

func ExampleRead() {
	_, err := lessons.Read(folder(strings.Replace(goodScenario, "seed:", "sead:", 1), goodText), "x")
	fmt.Println(err)
	// Output:
	// x/scenario.yaml:1:1: the scenario lacks the key "seed"
	// x/scenario.yaml:2:1: unknown key "sead" in the scenario; did you mean "seed"?
}

func TestReadGivesTheLesson(t *testing.T) {
	l, err := lessons.Read(folder(goodScenario, goodText), "x")
	require.NoError(t, err)
	require.Equal(t, "run", l.Scenario.Steps[0].ID)
	step := l.Texts[0].Steps[0]
	require.Equal(t, "Prose.", step.Markdown)
	require.Equal(t, "The pod is ready", step.Goals["ready"])
	require.Equal(t, []string{"Type it."}, step.Hints)
}

func TestProblemsSayWhereAndHow(t *testing.T) {
	swap := func(text, old, new string) string {
		require.Contains(t, text, old)
		return strings.Replace(text, old, new, 1)
	}
	for _, test := range []struct{ name, scenario, text, want string }{
		{"a heading without a step", goodScenario, swap(goodText, " {#run}", ""), "x/lesson.en.md:6:1: the heading names no step"},
		{"a step nobody knows", goodScenario, swap(goodText, "{#run}", "{#runn}"), `the scenario has no step "runn"; did you mean "run"?`},
		{"a step without text", swap(goodScenario, "steps:", "steps:\n- id: more"), goodText, `the step "more" has no text`},
		{"a goal without text", goodScenario, swap(goodText, "```goal ready\nThe pod is ready\n```\n", ""), `the goal "ready" has no text`},
		{"a goal nobody knows", goodScenario, swap(goodText, "goal ready", "goal raedy"), `the step "run" has no goal "raedy"`},
		{"no front matter", goodScenario, strings.TrimPrefix(goodText, "---\n"), "there is no front matter"},
		{"no title", goodScenario, swap(goodText, "title: T\n", ""), `lacks the key "title"`},
		{"a block without end", goodScenario, swap(goodText, "Type it.\n```\n", "Type it.\n"), "the block has no end"},
		{"text before the first step", goodScenario, swap(goodText, "## Run", "Hello.\n\n## Run"), "text before the first step"},
		{"another name", swap(goodScenario, "name: x", "name: y"), goodText, `name "y" differs from the folder's name "x"`},
		{"not YAML", "a: b: c", goodText, "not YAML"},
		{"a goal that cannot be waited for", swap(goodScenario, "condition=Ready", "ready"), goodText, `for "ready" is nothing to wait for`},
		{"a prediction without a right choice", goodScenario, goodText + predict("- [ ] a\n- [ ] b\n> Why."), "x/lesson.en.md:19:1: none of the choices is right"},
		{"a prediction with two", goodScenario, goodText + predict("- [x] a\n- [x] b\n> Why."), "x/lesson.en.md:21:1: a second right choice"},
		{"a prediction with one choice", goodScenario, goodText + predict("- [x] a\n> Why."), "two to five choices"},
		{"a prediction without a reason", goodScenario, goodText + predict("- [x] a\n- [ ] b"), "say why"},
		{"a choice with another mark", goodScenario, goodText + predict("- [y] a\n- [x] b\n> Why."), "a choice is written"},
		{"two predictions", goodScenario, goodText + predict("- [x] a\n- [ ] b\n> W.") + predict("- [x] a\n- [ ] b\n> W."), "a second prediction"},
		{"an empty prediction", goodScenario, goodText + "```predict\n```\n", "asks nothing"},
		{"nodes as a number", swap(goodScenario, "[{name: node-1}]", "2"), goodText, `x/scenario.yaml:3:8: nodes must be a list, found "2"; write each on a line of its own: - name: node-1`},
		{"a solution that is no list", swap(goodScenario, "[kubectl run web --image=nginx]", "kubectl run web --image=nginx"), goodText, "own: - kubectl run web --image=nginx"},
		{"start as a list", goodScenario + "start: [pod.yaml]\n", goodText, "x/scenario.yaml:8:8: start must be the text of manifests, found a list; write start: |"},
		{"lines for another shell", goodScenario, goodText + "\n```bash\nls\n```\n", "x/lesson.en.md:18:1: a block marked bash; mark it sh"},
		{"does beside goals", swap(goodScenario, "  solution:", "  does: [kubectl get pods]\n  solution:"), goodText, `step "run" has goals, and does for a step without`},
		{"a solution without goals", goodScenario + "- {id: more, solution: [ls]}\n", goodText, "write does"},
		{"an unknown picture", swap(goodScenario, "- id: run", "- id: run\n  picture: lables"), goodText, `x/scenario.yaml:6:12: unknown picture "lables"; did you mean "labels"?`},
		{"a picture of nothing", goodScenario + "- {id: more, picture: none}\n", goodText, `step "more" has a picture and no goals`},
		{"news without a unit", "staleness: 2\n" + goodScenario, goodText, `x/scenario.yaml:1:12: staleness must be a time from 0s to 5s in whole milliseconds, found "2"; write it as 500ms or 2s`},
		{"news that never comes", "staleness: 1h\n" + goodScenario, goodText, `found "1h"`},
		{"two steps of one name", swap(goodScenario, "steps:", "steps:\n- id: run"), goodText, `a second step "run"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := lessons.Read(folder(test.scenario, test.text), "x")
			var problems lessons.Problems
			require.ErrorAs(t, err, &problems)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestAPictureAndStalenessAreRead(t *testing.T) {
	l, err := lessons.Read(folder("staleness: 1500ms\n"+strings.Replace(goodScenario, "- id: run", "- id: run\n  picture: moment", 1), goodText), "x")
	require.NoError(t, err)
	require.Equal(t, int64(1500), l.Scenario.Staleness)
	require.Equal(t, lessons.PictureMoment, l.Scenario.Steps[0].Picture)
}

func TestAPredictionIsRead(t *testing.T) {
	l, err := lessons.Read(folder(goodScenario, goodText+predict("- [ ] Nothing\n- [x] A `pod`\n> Because.\n> Really.")), "x")
	require.NoError(t, err)
	require.Equal(t, &lessons.Predict{Question: "What now?", Choices: []string{"Nothing", "A `pod`"}, Right: 1, Why: "Because.\nReally."},
		l.Texts[0].Steps[0].Predict)
}

func TestPredictionsAgreeAcrossLanguages(t *testing.T) {
	one, other := predict("- [ ] a\n- [x] b\n> W."), predict("- [x] a\n- [ ] b\n> W.")
	for _, test := range []struct{ en, vi, want string }{
		{one, other, "another right one"}, {one, "", "in one language only"}, {"", one, "in one language only"}, {one, one, ""},
	} {
		files := folder(goodScenario, goodText+test.en)
		files["x/lesson.vi.md"] = &fstest.MapFile{Data: []byte(goodText + test.vi)}
		_, err := lessons.Read(files, "x")
		if test.want == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, test.want)
	}
}

func TestEveryLessonIsWellFormedInEnglishAndVietnamese(t *testing.T) {
	names, err := lessons.Names(lessons.Content())
	require.NoError(t, err)
	for _, name := range names {
		l, err := lessons.Read(lessons.Content(), name)
		require.NoError(t, err)
		var languages []string
		for _, text := range l.Texts {
			languages = append(languages, text.Lang)
		}
		require.Equal(t, []string{"en", "vi"}, languages, name)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(goodScenario, goodText)
	f.Add("", "")
	f.Add("a: [", "---\n---\n## {#}\n```goal\n")
	f.Fuzz(func(t *testing.T, scenario, text string) {
		l, err := lessons.Read(folder(scenario, text), "x")
		if err == nil && len(l.Scenario.Steps) != len(l.Texts[0].Steps) {
			t.Errorf("a good lesson has a text for each step")
		}
	})
}
