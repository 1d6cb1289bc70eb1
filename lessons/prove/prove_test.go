package prove_test

import (
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/lessons/prove"
	"github.com/stretchr/testify/require"
)

func lesson(steps ...lessons.Step) *lessons.Lesson {
	return &lessons.Lesson{Scenario: lessons.Scenario{Name: "x", Nodes: []lessons.Node{{Name: "node-1"}}, Steps: steps}}
}

var ready = lessons.Goal{ID: "ready", Resource: "pod/web", For: "condition=Ready"}

func ExampleLesson() {
	findings, err := prove.Lesson(lesson(lessons.Step{
		ID: "run", Goals: []lessons.Goal{ready},
		Solution: []string{"kubectl get nodes", "kubectl run web --image=nginx"},
	}))
	fmt.Println(err)
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// <nil>
	// step run: line 1 of the solution is not needed: kubectl get nodes
}

func TestEveryLessonKeepsItsPromises(t *testing.T) {
	names, err := lessons.Names(lessons.Content())
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			l, err := lessons.Read(lessons.Content(), name)
			require.NoError(t, err)
			findings, err := prove.Lesson(l)
			require.NoError(t, err)
			require.Empty(t, findings)
		})
	}
}

func TestFindings(t *testing.T) {
	for _, test := range []struct {
		name, want string
		step       lessons.Step
	}{
		{"met from the start", "it is met before its step is begun",
			lessons.Step{ID: "a", Goals: []lessons.Goal{{ID: "gone", Resource: "pod/web", For: "delete"}}, Solution: []string{"echo"}}},
		{"never met", "the solution does not reach it",
			lessons.Step{ID: "a", Goals: []lessons.Goal{ready}, Solution: []string{"kubectl run web --image=nobody/has-this"}}},
		{"a picture that shows nothing", "its picture shows nothing of it",
			lessons.Step{ID: "a", Goals: []lessons.Goal{{ID: "made", Resource: "configmap/c", For: "create"}}, Solution: []string{"kubectl create configmap c"}}},
		{"labels that show nothing", "its picture shows nothing of it",
			lessons.Step{ID: "a", Picture: lessons.PictureLabels, Goals: []lessons.Goal{{ID: "made", Resource: "configmap/c", For: "create"}}, Solution: []string{"kubectl create configmap c"}}},
		{"cannot be judged", "it cannot be judged",
			lessons.Step{ID: "a", Goals: []lessons.Goal{{ID: "x", Resource: "podd/web", For: "create"}}, Solution: []string{"echo"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			findings, err := prove.Lesson(lesson(test.step))
			require.NoError(t, err)
			require.NotEmpty(t, findings)
			require.Contains(t, findings[0].Text, test.want)
		})
	}
}
