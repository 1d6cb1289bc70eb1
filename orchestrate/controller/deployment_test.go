package controller

import (
	"maps"
	"strconv"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func number(n int32) *int32 { return &n }

// amount reads 2, or 25%.
func amount(text string) *api.IntOrString {
	if n, err := strconv.Atoi(text); err == nil {
		v := api.IntOf(int32(n))
		return &v
	}
	v := api.TextOf(text)
	return &v
}

func deployment(replicas int32, surge, unavailable string) *api.Deployment {
	return &api.Deployment{
		ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default", UID: "d", Generation: 1},
		Spec: api.DeploymentSpec{
			Replicas: &replicas,
			Selector: &api.LabelSelector{MatchLabels: map[string]string{"app": "web"}},
			Template: template("v1"),
			Strategy: api.DeploymentStrategy{
				Type:          api.DeploymentRollingUpdate,
				RollingUpdate: &api.RollingUpdateDeployment{MaxSurge: amount(surge), MaxUnavailable: amount(unavailable)},
			},
			ProgressDeadlineSeconds: number(600), RevisionHistoryLimit: number(10),
		},
	}
}

func template(image string) api.PodTemplateSpec {
	return api.PodTemplateSpec{
		ObjectMeta: api.ObjectMeta{Labels: map[string]string{"app": "web"}},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "c", Image: image}}},
	}
}

func TestSurgeIsRoundedUpAndUnavailabilityDown(t *testing.T) {
	for _, test := range []struct {
		replicas           int32
		surge, unavailable string
		want               limits
	}{
		{4, "25%", "25%", limits{1, 1}},
		{3, "25%", "25%", limits{1, 0}},
		{10, "25%", "25%", limits{3, 2}},
		{10, "2", "1", limits{2, 1}},
		{10, "0", "0", limits{0, 1}},
		{4, "0%", "10%", limits{0, 1}},
		{4, "10%", "0%", limits{1, 0}},
		{3, "0", "5", limits{0, 3}},
		{0, "25%", "25%", limits{0, 0}},
	} {
		require.Equal(t, test.want, limitsOf(deployment(test.replicas, test.surge, test.unavailable)), "%+v", test)
	}
	recreate := deployment(4, "25%", "25%")
	recreate.Spec.Strategy = api.DeploymentStrategy{Type: api.DeploymentRecreate}
	require.Equal(t, limits{}, limitsOf(recreate))
}

// setOf is a ReplicaSet of an image in the middle of a rollout.
func setOf(name, image string, size, available int32, annotations map[string]string) *set {
	rs := &api.ReplicaSet{ObjectMeta: api.ObjectMeta{Name: name, Annotations: annotations}}
	rs.Spec.Replicas, rs.Spec.Template = &size, template(image)
	rs.Status = api.ReplicaSetStatus{Replicas: size, ReadyReplicas: available, AvailableReplicas: available, TerminatingReplicas: number(0)}
	return &set{rs: rs}
}

func TestAResizeInTheMiddleOfARolloutIsSharedInProportion(t *testing.T) {
	meant := func(desired, most int) map[string]string {
		return map[string]string{AnnotationDesiredReplicas: strconv.Itoa(desired), AnnotationMaxReplicas: strconv.Itoa(most)}
	}
	for _, test := range []struct {
		name     string
		replicas int32
		surge    string
		sizes    [2]int32 // old, new
		was      map[string]string
		want     [2]int32
	}{
		{"the example of the documentation", 15, "3", [2]int32{8, 5}, meant(10, 13), [2]int32{11, 7}},
		{"down by half", 5, "0", [2]int32{6, 4}, meant(10, 10), [2]int32{3, 2}},
		{"to nothing", 0, "3", [2]int32{8, 5}, meant(10, 13), [2]int32{0, 0}},
		{"what is left over goes to the largest", 11, "0", [2]int32{5, 5}, meant(10, 10), [2]int32{5, 6}},
		{"without a note of what was meant it is just a rollout", 20, "0", [2]int32{5, 4}, nil, [2]int32{5, 15}},
	} {
		t.Run(test.name, func(t *testing.T) {
			old, current := setOf("web-1", "v1", test.sizes[0], 0, test.was), setOf("web-2", "v2", test.sizes[1], 0, test.was)
			d := deployment(test.replicas, test.surge, "2")
			d.Spec.Template = template("v2")
			r := newRollout(d, []*set{old, current}, 100)
			r.decide()
			require.Equal(t, test.want, [2]int32{old.size(), current.size()})
		})
	}
}

func TestRemember(t *testing.T) {
	require.Equal(t, "1", remember("", "1"))
	require.Equal(t, "1,3", remember("1", "3"))
	long := ""
	for i := range 900 {
		long = remember(long, strconv.Itoa(i+100))
	}
	require.LessOrEqual(t, len(long), longestHistory)
	require.Equal(t, "999", long[len(long)-3:])
}

// play lets a Deployment and obedient ReplicaSets take turns. Which pods become available is drawn.
type play struct {
	d    *api.Deployment
	sets []*set
	now  api.Time
}

func (p *play) turn() bool {
	r := newRollout(p.d, p.sets, p.now)
	r.oldPods = func(current *set) bool {
		for _, s := range p.sets {
			if s != current && s.rs.Status.Replicas > 0 {
				return true
			}
		}
		return false
	}
	r.taken = func(string) *api.ReplicaSet { return nil }
	r.decide()
	next := r.next
	changed := len(r.touched) > 0 || !sameDeploymentStatus(&p.d.Status, &next.Status) || p.d.Annotations[AnnotationRevision] != next.Annotations[AnnotationRevision]
	p.d, p.sets = &next, nil
	for _, s := range r.sets {
		if !s.removed {
			p.sets = append(p.sets, &set{rs: s.rs})
		}
	}
	p.now++
	return changed
}

// obey makes each set have the pods it is asked for; of those that are there, some become available.
func (p *play) obey(become func(most int32) int32) {
	for _, s := range p.sets {
		rs := *s.rs
		have := min(rs.Status.AvailableReplicas, s.size())
		have += become(s.size() - have)
		rs.Status = api.ReplicaSetStatus{Replicas: s.size(), ReadyReplicas: have, AvailableReplicas: have, ObservedGeneration: rs.Generation, TerminatingReplicas: number(0)}
		s.rs = &rs
	}
}

func all(most int32) int32 { return most }

func (p *play) settle() {
	for range 200 {
		changed := p.turn()
		p.obey(all)
		if !changed && !p.turn() {
			return
		}
	}
}

func (p *play) totals() (size, available int32) {
	for _, s := range p.sets {
		size += s.size()
		available += s.rs.Status.AvailableReplicas
	}
	return size, available
}

// In the middle of a rollout to v2 the Deployment is given v3 and, at the same time, the size that its only active set happens to have.
func TestAResizeToTheSizeASetHasDoesNotHoldUpARollout(t *testing.T) {
	was := map[string]string{AnnotationDesiredReplicas: "4", AnnotationMaxReplicas: "7"}
	for _, test := range []struct {
		name     string
		strategy api.DeploymentStrategyType
		sizes    [2]int32
	}{
		{"one active set", api.DeploymentRollingUpdate, [2]int32{0, 3}},
		{"several, all to be replaced at once", api.DeploymentRecreate, [2]int32{1, 2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := deployment(3, "3", "1")
			d.Spec.Strategy.Type, d.Spec.Template = test.strategy, template("v3")
			p := &play{d: d, sets: []*set{setOf("web-1", "v1", test.sizes[0], 0, maps.Clone(was)), setOf("web-2", "v2", test.sizes[1], 0, maps.Clone(was))}}
			p.settle()
			require.Len(t, p.sets, 3, "a set for v3")
			require.Equal(t, []int32{0, 0, 3}, []int32{p.sets[0].size(), p.sets[1].size(), p.sets[2].size()})
		})
	}
}

func TestARolloutStaysWithinItsBoundsAndArrives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SampledFrom([]string{"0", "1", "3", "0%", "25%", "50%", "100%"})
		p := &play{d: deployment(rapid.Int32Range(0, 20).Draw(t, "replicas"), part.Draw(t, "surge"), part.Draw(t, "unavailable")), now: 100}
		p.settle()
		bounds := limitsOf(p.d)
		replicas := *p.d.Spec.Replicas
		for i := range rapid.IntRange(1, 4).Draw(t, "changes") {
			p.d.Spec.Template = template("v" + strconv.Itoa(2+i%3))
			p.d.Generation++
			for range rapid.IntRange(0, 12).Draw(t, "turns") {
				p.turn()
				size, available := p.totals()
				require.LessOrEqual(t, size, replicas+bounds.surge, "more pods than the surge allows")
				require.GreaterOrEqual(t, available, replicas-bounds.unavailable, "fewer pods than must be available")
				p.obey(func(most int32) int32 { return rapid.Int32Range(0, most).Draw(t, "available") })
				_, available = p.totals()
				require.GreaterOrEqual(t, available, replicas-bounds.unavailable)
			}
		}
		p.settle()
		require.False(t, p.turn(), "at rest nothing is left to do")
		size, available := p.totals()
		require.Equal(t, replicas, size)
		require.Equal(t, replicas, available)
		require.EqualValues(t, replicas, p.d.Status.UpdatedReplicas)
		require.Equal(t, reasonAvailable, conditionOf(p.d.Status.Conditions, api.DeploymentProgressing).Reason)
	})
}

func TestRecreateWaitsUntilTheLastOldPodIsGone(t *testing.T) {
	d := deployment(3, "1", "1")
	d.Spec.Strategy = api.DeploymentStrategy{Type: api.DeploymentRecreate}
	p := &play{d: d, now: 100}
	p.settle()
	p.d.Spec.Template = template("v2")
	p.turn()
	require.Len(t, p.sets, 1, "the new set waits")
	require.Zero(t, p.sets[0].size())
	p.turn()
	require.Len(t, p.sets, 1, "pods still run")
	p.obey(all)
	p.turn()
	require.Len(t, p.sets, 2)
	require.EqualValues(t, 3, p.sets[1].size())
}

func TestHistoryIsForgottenBeyondItsLimit(t *testing.T) {
	p := &play{d: deployment(1, "1", "0"), now: 100}
	p.d.Spec.RevisionHistoryLimit = number(2)
	for i := range 6 {
		p.d.Spec.Template = template("v" + strconv.Itoa(i))
		p.d.Generation++
		p.settle()
	}
	var revisions []int64
	for _, s := range p.sets {
		revisions = append(revisions, revisionOf(s.rs))
	}
	require.Equal(t, []int64{4, 5, 6}, revisions)
}

func TestGoingBackGivesTheOldSetANewRevision(t *testing.T) {
	p := &play{d: deployment(2, "1", "0"), now: 100}
	p.settle()
	p.d.Spec.Template = template("v2")
	p.settle()
	p.d.Spec.Template = template("v1")
	p.settle()
	require.Equal(t, "3", p.sets[0].rs.Annotations[AnnotationRevision])
	require.Equal(t, "1", p.sets[0].rs.Annotations[AnnotationRevisionHistory])
	require.Equal(t, "3", p.d.Annotations[AnnotationRevision])
	require.EqualValues(t, 2, p.sets[0].size())
}

func TestPauseHoldsARolloutAndItsDeadline(t *testing.T) {
	p := &play{d: deployment(2, "1", "0"), now: 100}
	p.settle()
	p.d.Spec.Paused = true
	p.d.Spec.Template = template("v2")
	p.settle()
	require.Len(t, p.sets, 1)
	require.Equal(t, reasonPaused, conditionOf(p.d.Status.Conditions, api.DeploymentProgressing).Reason)
	p.d.Spec.Replicas = number(4)
	p.settle()
	require.EqualValues(t, 4, p.sets[0].size(), "scaling works while it is paused")
	p.d.Spec.Paused = false
	p.turn()
	require.Len(t, p.sets, 2)
	p.settle()
	require.EqualValues(t, 4, p.sets[1].size())
}

func TestARolloutThatStandsStillMissesItsDeadline(t *testing.T) {
	p := &play{d: deployment(2, "1", "0"), now: 100}
	p.settle()
	p.d.Spec.Template = template("v2")
	for range 10 {
		p.turn()
		p.obey(func(int32) int32 { return 0 })
	}
	since := conditionOf(p.d.Status.Conditions, api.DeploymentProgressing).LastUpdateTime
	r := newRollout(p.d, p.sets, p.now)
	r.decide()
	require.EqualValues(t, int64(since)+600-int64(p.now)+1, r.after, "it asks to be looked at when the deadline is over")
	p.now = since + 600
	p.turn()
	require.Equal(t, reasonUpdated, conditionOf(p.d.Status.Conditions, api.DeploymentProgressing).Reason)
	p.now = since + 601
	p.turn()
	c := conditionOf(p.d.Status.Conditions, api.DeploymentProgressing)
	require.Equal(t, api.ConditionFalse, c.Status)
	require.Equal(t, reasonDeadline, c.Reason)
	require.Contains(t, c.Message, "has timed out progressing.")
}

func TestATakenNameIsPassedBy(t *testing.T) {
	r := newRollout(deployment(1, "1", "0"), nil, 100)
	r.taken = func(string) *api.ReplicaSet { return &api.ReplicaSet{} }
	r.decide()
	require.Nil(t, r.current)
	require.True(t, r.failed)
	require.EqualValues(t, 1, *r.next.Status.CollisionCount)
	first := ""
	r.taken = func(name string) *api.ReplicaSet { first = name; return nil }
	again := newRollout(&r.next, nil, 101)
	again.taken = r.taken
	again.decide()
	require.NotEqual(t, first, "")
	require.Equal(t, again.current.rs.Name, first)
}
