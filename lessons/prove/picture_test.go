package prove_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/lessons/prove"
	"github.com/stretchr/testify/require"
)

// drawn is what is looked at of a picture.
type drawn struct {
	Pods struct {
		Add [][2]json.RawMessage `json:"add"`
	} `json:"pods"`
	Events, Goals []any
}

// pods are the states of the pods in a picture, by name; a made up name is cut to its stem.
func pods(t require.TestingT, p prove.Picture) map[string][]string {
	var d drawn
	require.NoError(t, json.Unmarshal(p.Patch, &d))
	require.Empty(t, d.Events)
	require.Empty(t, d.Goals)
	out := map[string][]string{}
	for _, slot := range d.Pods.Add {
		var pod struct{ Key, Name, State string }
		require.NoError(t, json.Unmarshal(slot[1], &pod))
		if stem, ok := p.Stems[pod.Key]; ok {
			pod.Name = stem + "*"
		}
		out[pod.Name] = append(out[pod.Name], pod.State)
	}
	return out
}

type nothing struct{}

func (nothing) Errorf(string, ...any) {}
func (nothing) FailNow()              {}

func ExamplePictures() {
	pictures, err := prove.Pictures(lesson(lessons.Step{
		ID: "run", Goals: []lessons.Goal{ready}, Solution: []string{"kubectl run web --image=nginx"},
	}))
	fmt.Println(err, pictures[0].Step, pictures[0].Show, pods(nothing{}, pictures[0]))
	// Output:
	// <nil> run cluster map[web:[Running]]
}

func breaking(picture string) []lessons.Step {
	return []lessons.Step{
		{ID: "make", Solution: []string{"kubectl create deployment web --image=nginx --replicas=2"},
			Goals: []lessons.Goal{{ID: "two", Resource: "deployment/web", For: "jsonpath={.status.readyReplicas}=2"}}},
		{ID: "look"},
		{ID: "break", Picture: picture, Solution: []string{"kubectl delete pods -l app=web"},
			Goals: []lessons.Goal{{ID: "missing", Resource: "deployment/web", For: "jsonpath={.status.unavailableReplicas}=2"}}},
	}
}

func TestAPictureIsOfTheWorldAtRestOrOfTheMoment(t *testing.T) {
	for _, test := range []struct {
		picture string
		moment  bool
	}{{"", false}, {lessons.PictureRest, false}, {lessons.PictureMoment, true}} {
		pictures, err := prove.Pictures(lesson(breaking(test.picture)...))
		require.NoError(t, err)
		require.Len(t, pictures, 2, "a step without goals has no picture")
		require.Equal(t, "break", pictures[1].Step)
		require.Len(t, pods(t, pictures[0]), 1, "pods of one template have one stem")
		for _, states := range pods(t, pictures[1]) {
			if test.moment {
				require.NotContains(t, states, "Running", "nothing has come back yet")
				continue
			}
			require.Equal(t, []string{"Running", "Running"}, states)
		}
	}
}

func TestALessonMayWantNoPictureOrOneOfLabels(t *testing.T) {
	pictures, err := prove.Pictures(lesson(breaking(lessons.PictureNone)...))
	require.NoError(t, err)
	require.Len(t, pictures, 1)
	pictures, err = prove.Pictures(lesson(breaking(lessons.PictureLabels)...))
	require.NoError(t, err)
	require.Empty(t, pictures[0].Labels)
	var panel struct {
		Type, Name string
		Chips      []any
	}
	require.NoError(t, json.Unmarshal(pictures[1].Labels, &panel))
	require.Equal(t, "panel labels 2", fmt.Sprint(panel.Type, " ", panel.Name, " ", len(panel.Chips)))
}

func TestWhatTheTextOfAStepWithoutGoalsDoesIsInWhatFollows(t *testing.T) {
	l := lesson(
		lessons.Step{ID: "look", Does: []string{"kubectl run extra --image=nginx"}},
		lessons.Step{ID: "run", Goals: []lessons.Goal{ready}, Solution: []string{"kubectl run web --image=nginx"}},
	)
	pictures, err := prove.Pictures(l)
	require.NoError(t, err)
	require.Equal(t, map[string][]string{"extra": {"Running"}, "web": {"Running"}}, pods(t, pictures[0]))
	findings, err := prove.Lesson(l)
	require.NoError(t, err)
	require.Empty(t, findings)
	l.Scenario.Steps[0].Does = []string{"kubectl run web --image=nginx"}
	findings, err = prove.Lesson(l)
	require.NoError(t, err)
	require.NotEmpty(t, findings, "what the text does may not reach a goal before its step")
}

func TestAMomentThatNeverComesIsRefused(t *testing.T) {
	_, err := prove.Pictures(lesson(lessons.Step{
		ID: "run", Picture: lessons.PictureMoment, Goals: []lessons.Goal{ready}, Solution: []string{"kubectl run web --image=nobody/has-this"},
	}))
	require.ErrorContains(t, err, "step run: its solution does not reach its goals")
}

func TestEveryLessonIsDrawnTheSameEachTime(t *testing.T) {
	names, err := lessons.Names(lessons.Content())
	require.NoError(t, err)
	for _, name := range names {
		l, err := lessons.Read(lessons.Content(), name)
		require.NoError(t, err)
		one, err := prove.Pictures(l)
		require.NoError(t, err)
		other, err := prove.Pictures(l)
		require.NoError(t, err)
		require.Equal(t, one, other)
		require.Equal(t, l.Scenario.Machine, len(one) == 0, name)
	}
}
