package request

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// InitialEventsEnd is the annotation of the bookmark behind the objects there were when a watch began.
const InitialEventsEnd = "k8s.io/initial-events-end"

// bookmarkEvery is how often a watcher who wants bookmarks gets one.
//
// Source: k8s.io/apiserver, storage/cacher, defaultBookmarkFrequency.
const bookmarkEvery = time.Minute

// WatchOptions say from where and how to watch. The zero value gives what there is, as added, and then every change.
//
// Source: Kubernetes API concepts, "Semantics for watch".
type WatchOptions struct {
	ListOptions
	// Revision is the one after which changes are wanted; 0 means from now on.
	Revision api.Revision
	// Initial tells whether the objects there are come first, as added. Nil means: if there is no Revision.
	Initial *bool
	// Bookmarks are wanted: one each minute, and one with the annotation [InitialEventsEnd] behind the initial objects that were
	// asked for.
	Bookmarks bool
}

// Watch is a place from which a client reads what happens. It is a value: a copy goes on by itself from the same place. Nothing is
// kept for it while nobody reads, and nothing is missed when somebody does.
type Watch struct {
	server  *Server
	res     *schema.Resource
	wanted  *filter
	initial []api.Object // still to be given
	marked  time.Duration
	after   api.Revision // everything up to it was given
	failed  *api.StatusError
	// bookmarks are wanted; end tells that one must say that the initial objects are over.
	bookmarks, end, over bool
}

// Watch begins to watch the objects of a kind in a namespace (or in all, if it is empty). A revision that nobody remembers, or that
// is not there yet, is told by the first event, as upstream does.
func (s *Server) Watch(res *schema.Resource, namespace string, o WatchOptions) (Watch, error) {
	if res.Kind == api.KindEndpoints {
		return Watch{}, api.MethodNotAllowed(res.Qualified(), "watch")
	}
	wanted, err := newFilter(res, scope(res, namespace), o.ListOptions)
	if err != nil {
		return Watch{}, err
	}
	now := s.cluster.Revision()
	w := Watch{server: s, res: res, wanted: wanted, after: now, marked: s.Elapsed(), bookmarks: o.Bookmarks}
	initial := o.Revision == 0
	if o.Initial != nil {
		initial = *o.Initial
		w.end = initial && o.Bookmarks
	}
	switch {
	case o.Revision > now:
		w.failed = api.TooLargeResourceVersion(o.Revision, now)
	case initial:
		w.initial = s.matching(res.Kind, wanted)
	case o.Revision != 0:
		w.after = o.Revision
	}
	return w, nil
}

// matching are the objects of a kind that are wanted, by namespace, then name.
func (s *Server) matching(kind api.Kind, wanted *filter) []api.Object {
	var out []api.Object
	for _, obj := range s.list(kind) {
		if wanted.matches(obj) {
			out = append(out, obj)
		}
	}
	return out
}

// Over tells that the watch has failed and that nothing more will come.
func (w *Watch) Over() bool { return w.over }

// After is the revision up to which everything has been given.
func (w *Watch) After() api.Revision { return w.after }

// Next is the next event; false if there is none yet, or never again (see [Watch.Over]).
func (w *Watch) Next() (WatchEvent, bool) {
	switch {
	case w.over:
		return WatchEvent{}, false
	case len(w.initial) > 0:
		e := WatchEvent{Type: Added, Object: w.initial[0]}
		w.initial = w.initial[1:]
		return e, true
	case w.end:
		w.end = false
		return w.bookmark(map[string]string{InitialEventsEnd: "true"}), true
	}
	if e, ok := w.change(); ok {
		return e, true
	}
	if now := w.server.Elapsed(); w.bookmarks && !w.over && now-w.marked >= bookmarkEvery {
		return w.bookmark(nil), true
	}
	return WatchEvent{}, false
}

// change is the next change, or the failure that ends the watch.
func (w *Watch) change() (WatchEvent, bool) {
	if oldest := w.server.oldest(); w.failed == nil && w.after < oldest {
		w.failed = tooOld(w.after, oldest)
	}
	if w.failed != nil {
		w.over = true
		return WatchEvent{Type: Failed, Status: &w.failed.Status}, true
	}
	cursor := w.server.cluster.Watch(api.KindsOf(w.res.Kind), w.after)
	for ch, ok := cursor.Next(); ok; ch, ok = cursor.Next() {
		w.after = ch.Rev
		if e, ok := w.wanted.see(ch); ok {
			return e, true
		}
	}
	w.after = max(w.after, w.server.cluster.Revision())
	return WatchEvent{}, false
}

// bookmark says how far the watcher has come.
func (w *Watch) bookmark(annotations map[string]string) WatchEvent {
	w.marked = w.server.Elapsed()
	o := w.res.New()
	o.Meta().ResourceVersion, o.Meta().Annotations = w.after, annotations
	return WatchEvent{Type: Bookmark, Object: o}
}

func tooOld(asked, oldest api.Revision) *api.StatusError {
	return api.Expired("too old resource version: " + asked.String() + " (" + oldest.String() + ")")
}

// Remembering is the same server, which forgets what was more than some virtual time ago, as one does whose store is compacted: lists
// and watches from then are answered with 410. Zero, as in [New], means that it forgets nothing.
func (s *Server) Remembering(d time.Duration) *Server {
	out := *s
	out.memory = d
	return &out
}

// oldest is the first revision that can still be read.
func (s *Server) oldest() api.Revision {
	if now := s.cluster.Now(); s.memory > 0 && now > s.memory {
		return s.cluster.RevisionAt(now - s.memory)
	}
	return 0
}
