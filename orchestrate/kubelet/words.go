package kubelet

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// words keeps texts and lists that many pods have in common, so that they are made once and shared. Nothing is decided by them:
// without them the same is made again.
type words struct {
	images map[string]*reference
	texts  map[string]string
	paths  [2]map[string]string  // of containers and init containers, in Events
	lists  [4][]api.PodCondition // the last that were new
	oldest int
	queued []string
	hosts  []host // by number
}

// reference is what a kubelet makes of the name of an image.
type reference struct {
	name    string // as a runtime writes it
	id      string // of the content it means
	pulling string // what Events say
	present string
	upper   bool // a capital letter makes it no name
}

// host is the address of a version of a node.
type host struct {
	node    *api.Node
	address string
}

// host is internalIP of a node, kept together with those of the others: a kubelet asks at each look at a pod, and in a large world
// reading the node for it would each time be several waits for memory.
func (w *words) host(id store.ID, n *api.Node) string {
	if id >= 4*mostWords {
		return internalIP(n)
	}
	if int(id) >= len(w.hosts) {
		w.hosts = append(w.hosts, make([]host, int(id)+1-len(w.hosts))...)
	}
	h := &w.hosts[id]
	if h.node != n {
		*h = host{n, internalIP(n)}
	}
	return h.address
}

// mostWords is how many texts are kept before all are forgotten.
const mostWords = 4096

func newWords() words {
	return words{
		images: map[string]*reference{}, texts: map[string]string{},
		paths: [2]map[string]string{{}, {}},
	}
}

// image is what a reference means.
func (w *words) image(ref string) *reference {
	r := w.images[ref]
	if r == nil {
		if len(w.images) == mostWords {
			clear(w.images)
		}
		repository, _ := workload.Split(ref)
		r = &reference{
			name: workload.Canonical(ref), pulling: `Pulling image "` + ref + `"`,
			present: `Container image "` + ref + `" already present on machine and can be accessed by the pod`,
			upper:   repository != strings.ToLower(repository),
		}
		r.id = r.name
		if i := strings.LastIndexByte(r.name, ':'); i >= 0 {
			r.id = r.name[:i] + "@" + workload.Digest(ref)
		}
		w.images[ref] = r
	}
	return r
}

// text is the bytes as a string, the same one for the same bytes.
func (w *words) text(b []byte) string {
	s, ok := w.texts[string(b)]
	if !ok {
		if len(w.texts) == mostWords {
			clear(w.texts)
		}
		s = string(b)
		w.texts[s] = s
	}
	return s
}

// named is a text with a name in the middle, kept in a map by the name of a container, so of something the store keeps too.
func named(in map[string]string, before, name, after string) string {
	s, ok := in[name]
	if !ok {
		s = before + name + after
		in[name] = s
	}
	return s
}

// list is a list of names in brackets behind a text.
func (w *words) list(before string, names []string) string {
	var buf [160]byte
	b := append(append(buf[:0], before...), '[')
	for i, name := range names {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, name...)
	}
	return w.text(append(b, ']'))
}

// conditions is a copy of a list of conditions: of lists that are equal, one copy, if they come soon after each other.
func (w *words) conditions(list []api.PodCondition) []api.PodCondition {
	for _, have := range w.lists {
		if slices.Equal(have, list) {
			return have
		}
	}
	have := slices.Clone(list)
	w.lists[w.oldest] = have
	w.oldest = (w.oldest + 1) % len(w.lists)
	return have
}
