package schedule

import (
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// wishes are what a pod says about other pods, ready to match; nil if it says nothing.
//
// Source: Kubernetes documentation, "Inter-pod affinity and anti-affinity"; k8s.io/kubernetes, plugin InterPodAffinity.
type wishes struct {
	near, apart []term // required
	prefer      []term // with weights, negative for anti-affinity
}

// term is a set of pods, and the node label in whose values to be near them or not.
type term struct {
	key        string
	weight     int64
	namespaces []string
	among      labels.Selector // further namespaces
	selector   labels.Selector
}

func wishesOf(p *api.Pod) *wishes {
	a := p.Spec.Affinity
	if a == nil || a.PodAffinity == nil && a.PodAntiAffinity == nil {
		return nil
	}
	w := &wishes{}
	w.near = w.read(p, a.PodAffinity, 1)
	w.apart = w.read(p, a.PodAntiAffinity, -1)
	return w
}

// read gives the required terms and appends the preferred ones to w.prefer.
func (w *wishes) read(p *api.Pod, a *api.PodAffinity, sign int64) (required []term) {
	if a == nil {
		return nil
	}
	for i := range a.RequiredDuringSchedulingIgnoredDuringExecution {
		required = append(required, termOf(p, &a.RequiredDuringSchedulingIgnoredDuringExecution[i], 1))
	}
	for i := range a.PreferredDuringSchedulingIgnoredDuringExecution {
		wish := &a.PreferredDuringSchedulingIgnoredDuringExecution[i]
		w.prefer = append(w.prefer, termOf(p, &wish.PodAffinityTerm, sign*int64(wish.Weight)))
	}
	return required
}

func termOf(p *api.Pod, t *api.PodAffinityTerm, weight int64) term {
	selector := like(compile(t.LabelSelector), p, t.MatchLabelKeys, labels.In)
	selector = like(selector, p, t.MismatchLabelKeys, labels.NotIn)
	out := term{t.TopologyKey, weight, t.Namespaces, compile(t.NamespaceSelector), selector}
	if len(t.Namespaces) == 0 && t.NamespaceSelector == nil {
		out.namespaces = []string{p.Namespace}
	}
	return out
}

// matches tells whether a pod is one of the term's.
func (t *term) matches(p *api.Pod, d *digest) bool {
	if !t.selector.Matches(labels.Set(p.Labels)) {
		return false
	}
	return slices.Contains(t.namespaces, p.Namespace) || t.among.Matches(labels.Set(d.namespaces[p.Namespace]))
}

// matchesAll tells whether a pod is one of every term's.
func matchesAll(terms []term, p *api.Pod, d *digest) bool {
	for i := range terms {
		if !terms[i].matches(p, d) {
			return false
		}
	}
	return true
}

// matchesAny tells whether a pod is one of some term's.
func matchesAny(terms []term, p *api.Pod, d *digest) bool {
	for i := range terms {
		if terms[i].matches(p, d) {
			return true
		}
	}
	return false
}

// pull is by how much a pod that is there draws the pod to where the label of this key has the same value: its own wishes, and
// those of the pod that is there, whose required affinity counts one.
func (n *need) pull(there *kin, key string, d *digest) (sum int64) {
	if n.wishes != nil {
		sum += weights(n.wishes.prefer, key, there.pod, d)
	}
	if there.wishes != nil {
		sum += weights(there.wishes.near, key, n.pod, d) + weights(there.wishes.prefer, key, n.pod, d)
	}
	return sum
}

func weights(terms []term, key string, p *api.Pod, d *digest) (sum int64) {
	for i := range terms {
		if terms[i].key == key && terms[i].matches(p, d) {
			sum += terms[i].weight
		}
	}
	return sum
}
