package orchestrate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

// story is a world with one node, told by what its events say and when.
type story struct {
	t testing.TB
	*orchestrate.Cluster
}

func tell(t testing.TB, nodes int, pods ...*api.Pod) story {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(nodes), VerifyFrozen: true})
	require.NoError(t, apply(c, pods...))
	return story{t, c}
}

// after lets time pass.
func (s story) after(d time.Duration) story {
	s.t.Helper()
	require.NoError(s.t, s.Advance(d))
	require.NoError(s.t, s.VerifyFrozen())
	return s
}

// events are those about a pod that came in a stretch of time, one a line, with their counts.
func (s story) events(name string) string {
	var b strings.Builder
	for _, o := range s.Snapshot().List(api.KindEvent) {
		if e := o.(*api.Event); e.InvolvedObject.Name == name && e.Source.Component == "kubelet" {
			count := ""
			if e.Count > 1 {
				count = fmt.Sprintf(" (x%d)", e.Count)
			}
			fmt.Fprintf(&b, "%s %s: %s%s\n", e.Type, e.Reason, strings.TrimSuffix(e.Message, "\n"), count)
		}
	}
	return b.String()
}

// status is what kubectl get would put in its columns: ready containers, what the first one does, restarts.
func (s story) status(name string) string {
	p := find(s.Cluster, name)
	if p == nil {
		return "gone"
	}
	ready := 0
	what, restarts := string(p.Status.Phase), int32(0)
	for _, c := range p.Status.ContainerStatuses {
		if c.Ready {
			ready++
		}
		restarts += c.RestartCount
		switch {
		case c.State.Waiting != nil:
			what = c.State.Waiting.Reason
		case c.State.Terminated != nil:
			what = c.State.Terminated.Reason
		}
	}
	if p.Status.Reason != "" {
		what = p.Status.Reason
	}
	if p.DeletionTimestamp != 0 {
		what = "Terminating"
	}
	return fmt.Sprintf("%d/%d %s %d", ready, len(p.Spec.Containers), what, restarts)
}

func (s story) remove(name string) {
	_, err := s.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: name})
	require.NoError(s.t, err)
}

// until runs the world on until something holds, and says how long it took.
func (s story) until(holds func() bool) time.Duration {
	start := s.Now()
	stopped, err := s.AdvanceUntil(start+time.Hour, holds)
	require.NoError(s.t, err)
	require.True(s.t, stopped, "it does not come to that within an hour")
	return s.Now() - start
}

func run(name, image string, command ...string) *api.Pod {
	p := newPod(name, image)
	p.Spec.Containers[0].Command = command
	return p
}

func every(seconds int32, handler api.ProbeHandler) *api.Probe {
	return &api.Probe{ProbeHandler: handler, PeriodSeconds: seconds}
}

func execs(command ...string) api.ProbeHandler {
	return api.ProbeHandler{Exec: &api.ExecAction{Command: command}}
}

func gets(path string, port int32) api.ProbeHandler {
	return api.ProbeHandler{HTTPGet: &api.HTTPGetAction{Path: path, Port: api.IntOf(port)}}
}

func memory(p *api.Pod, limit string) *api.Pod {
	p.Spec.Containers[0].Resources.Limits = api.ResourceList{api.ResourceMemory: api.MustQuantity(limit)}
	return p
}
