package controller

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// tally counts pods.
type tally struct{ active, ready, terminating, labeled int32 }

// shape counts the pods of a group that have the same labels.
type shape struct {
	tally
	labels map[string]string
	next   *shape // another label set with the same fingerprint
}

// group is what pods that belong together add up to. Pods with equal labels are counted together, so that a selector is
// asked once for each label set and not once for each pod.
type group map[uint64]*shape

// fingerprint is the same for equal label sets.
func fingerprint(labels map[string]string) uint64 {
	var sum uint64
	//order:irrelevant a sum
	for k, v := range labels {
		h := uint64(14695981039346656037) // FNV-1a, 64 bit
		for i := range len(k) {
			h = (h ^ uint64(k[i])) * 1099511628211
		}
		h *= 1099511628211
		for i := range len(v) {
			h = (h ^ uint64(v[i])) * 1099511628211
		}
		sum += h
	}
	return sum
}

// count adds n times a pod. print is the fingerprint of its labels.
func (g group) count(p *api.Pod, print uint64, n int32) {
	s := g[print]
	for s != nil && !maps.Equal(s.labels, p.Labels) {
		s = s.next
	}
	if s == nil {
		s = &shape{labels: p.Labels, next: g[print]}
		g[print] = s
	}
	switch {
	case active(p):
		s.active += n
		if ready(p) {
			s.ready += n
		}
	case terminating(p):
		s.terminating += n
	}
	if s.active == 0 && s.terminating == 0 && s.next == nil && g[print] == s {
		delete(g, print)
	}
}

// place is where pods that nobody manages are found: by namespace and one of their labels, or by namespace alone.
type place struct{ namespace, key, value string }

// members is a digest of all pods: what those of each controller add up to, and what those add up to that nobody manages.
// It holds nothing that the store does not.
type members struct {
	managed map[api.UID]group
	free    map[place]group
}

func newMembers() members { return members{map[api.UID]group{}, map[place]group{}} }

// observe follows a change of a pod.
func (m *members) observe(c store.Change) {
	old, was := c.Old.(*api.Pod)
	now, is := c.New.(*api.Pod)
	if was && is && countsAlike(old, now) {
		return
	}
	if is {
		m.count(now, 1)
	}
	if was {
		m.count(old, -1)
	}
}

func (m *members) count(p *api.Pod, n int32) {
	print := fingerprint(p.Labels)
	if ref := controllerOf(p); ref != nil {
		countIn(m.managed, ref.UID, p, print, n)
		return
	}
	countIn(m.free, place{namespace: p.Namespace}, p, print, n)
	//order:irrelevant each label has a group of its own
	for k, v := range p.Labels {
		countIn(m.free, place{p.Namespace, k, v}, p, print, n)
	}
}

func countIn[K comparable](groups map[K]group, key K, p *api.Pod, print uint64, n int32) {
	g := groups[key]
	if g == nil {
		g = group{}
		groups[key] = g
	}
	g.count(p, print, n)
	if len(g) == 0 {
		delete(groups, key)
	}
}

// total is what the pods of a ReplicaSet add up to that its selector finds. stray tells that it manages one the selector
// does not find.
func (m *members) total(rs *api.ReplicaSet) (t tally, stray bool) {
	//order:irrelevant sums
	for _, s := range m.managed[rs.UID] {
		for ; s != nil; s = s.next {
			if !selects(rs.Spec.Selector, s.labels) {
				stray = stray || s.active > 0
				continue
			}
			t.active += s.active
			t.ready += s.ready
			t.terminating += s.terminating
			if contains(s.labels, rs.Spec.Template.Labels) {
				t.labeled += s.active
			}
		}
	}
	return t, stray
}

// orphans tells whether nobody manages a pod that the selector of a ReplicaSet finds.
func (m *members) orphans(rs *api.ReplicaSet) bool {
	at := place{namespace: rs.Namespace}
	if s := rs.Spec.Selector; s != nil && len(s.MatchLabels) > 0 {
		at.key = slices.Sorted(maps.Keys(s.MatchLabels))[0]
		at.value = s.MatchLabels[at.key]
	}
	//order:irrelevant one is enough
	for _, s := range m.free[at] {
		for ; s != nil; s = s.next {
			if s.active > 0 && selects(rs.Spec.Selector, s.labels) {
				return true
			}
		}
	}
	return false
}
