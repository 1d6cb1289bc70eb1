package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Outcome is what became of one scenario, or of one case of a special folder.
type Outcome struct {
	// Name is that of the scenario; a case has its folder in front. Area is what it is about.
	Name, Area string
	// Steps is how many steps it has, and Equal how many of them were as recorded.
	Steps, Equal int
	// Missing are the kinds it needs that this cluster does not have, sorted.
	Missing []string
	// Diffs tell what was otherwise, step by step.
	Diffs []string
}

// Same tells whether everything was as recorded.
func (o *Outcome) Same() bool { return o.Steps == o.Equal && len(o.Missing) == 0 && len(o.Diffs) == 0 }

// Replay plays a scenario and compares.
func Replay(s *Scenario) (out *Outcome) {
	out = &Outcome{Name: s.Name, Area: s.Area, Steps: len(s.Steps), Missing: needs(s)}
	at := 0
	defer func() {
		if r := recover(); r != nil {
			out.Diffs = append(out.Diffs, fmt.Sprintf("step %d: panic: %v", at+1, r))
		}
	}()
	w, err := newWorld(s.Dir, s.Area, s.PodView, s.Nodes)
	if err != nil {
		out.Diffs = append(out.Diffs, err.Error())
		return out
	}
	w.zones = usesZones(s)
	c := newComparer()
	for at = range s.Steps {
		w.play(s, at, c, out)
	}
	return out
}

// play does one step and compares it.
func (w *world) play(s *Scenario, at int, c *comparer, out *Outcome) {
	st, want := &s.Steps[at], &s.Expected[at]
	c.diffs = nil
	w.look()
	w.seen.reset()
	result, err := w.do(st)
	switch {
	case err != nil:
	case st.NoSettle:
		err = w.cluster.Advance(glance)
	default:
		err = w.settle(w.after(st))
	}
	if err != nil {
		c.diffs = append(c.diffs, err.Error())
	}
	w.look()
	state := map[string]any{}
	for part := range want.State {
		state[part] = w.state(part)
	}
	w.compareStep(c, w.classes(s.Expected), want, result, state)
	if len(c.diffs) == 0 {
		out.Equal++
		return
	}
	head := fmt.Sprintf("step %d, %s %s", at+1, st.Op, strings.Join(append([]string{st.File, st.Method, st.Path, st.Action, st.Name}, st.Args...), " "))
	out.Diffs = append(out.Diffs, strings.Join(strings.Fields(head), " "))
	for _, d := range c.diffs {
		out.Diffs = append(out.Diffs, "    "+d)
	}
}

// usesZones tells whether a recording tells zones in place of nodes.
func usesZones(s *Scenario) bool {
	for _, e := range s.Expected {
		for _, p := range list(e.State["placement"]) {
			if strings.HasPrefix(text(get(p, "node")), "zone ") {
				return true
			}
		}
	}
	return false
}

// needs are the kinds of a scenario's manifests and states that the cluster does not have.
func needs(s *Scenario) []string {
	var out []string
	for _, e := range s.Expected {
		for part := range e.State {
			out = append(out, missing(part)...)
		}
	}
	files, err := filepath.Glob(filepath.Join(s.Dir, "*.yaml"))
	if err != nil {
		return out
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		out = append(out, missingKinds(b)...)
	}
	for _, st := range s.Steps {
		for _, text := range append(slices.Clone(st.Docs), st.Text) {
			out = append(out, missingKinds([]byte(text))...)
		}
		out = append(out, missingMade(st.Args)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// makers are the command lines of kubectl that make an object of a kind, and its kind.
var makers = map[string]string{
	"autoscale": "HorizontalPodAutoscaler", "create job": "Job", "create cronjob": "CronJob", "create role": "Role", "create rolebinding": "RoleBinding",
	"create clusterrole": "ClusterRole", "create clusterrolebinding": "ClusterRoleBinding", "create ingress": "Ingress", "create quota": "ResourceQuota",
	"create poddisruptionbudget": "PodDisruptionBudget", "create pdb": "PodDisruptionBudget", "create priorityclass": "PriorityClass",
}

// missingMade is the kind that a command line makes, if the cluster does not have it.
func missingMade(args []string) []string {
	for n := min(len(args), 2); n > 0; n-- {
		if kind, ok := makers[strings.Join(args[:n], " ")]; ok && !has(kind) {
			return []string{kind}
		}
	}
	return nil
}

// missingKinds are the kinds in manifests that the cluster does not have.
func missingKinds(src []byte) []string {
	docs, _ := schema.Decode(src, "")
	var out []string
	for _, d := range docs {
		if d.Resource == nil && d.Kind != "" && d.APIVersion != "" {
			out = append(out, d.Kind)
		}
	}
	return out
}
