package request

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// watchCall is a watch as REST has it.
type watchCall struct {
	call
	watch  Watch
	until  time.Duration // when it ends; 0 for never
	header bool          // the columns of a Table were sent
}

// most is how many events are handed out in one piece.
const most = 500

// openWatch begins a watch.
func (r *call) openWatch() (*watchCall, error) {
	o, timeout, err := r.watchOptions()
	if err != nil {
		return nil, err
	}
	if r.form == asTable {
		if err := r.badTable(); err != nil {
			return nil, err
		}
	}
	w, err := r.server.Watch(r.place.res, r.place.namespace, o)
	if err != nil {
		return nil, err
	}
	out := &watchCall{call: *r, watch: w}
	if timeout > 0 {
		out.until = r.server.Elapsed() + timeout
	}
	return out, nil
}

// watchOptions reads those of the query.
//
// Source: k8s.io/apimachinery, meta/internalversion/validation.
func (r *call) watchOptions() (o WatchOptions, timeout time.Duration, err error) {
	o.ListOptions = r.listOptions()
	if r.place.name != "" {
		o.FieldSelector = "metadata.name=" + r.place.name
	}
	if o.Revision, err = r.revision(); err != nil {
		return o, 0, err
	}
	o.Bookmarks = r.flag("allowWatchBookmarks")
	if _, said := r.query["sendInitialEvents"]; said {
		initial := r.flag("sendInitialEvents")
		o.Initial = &initial
		if initial && o.Revision <= r.server.Revision() {
			o.Revision = 0 // at least as new as that
		}
	}
	if errs := r.badWatchOptions(); len(errs) > 0 {
		return o, 0, api.Invalid(listOptionsKind, "", errs)
	}
	if text := r.query["timeoutSeconds"]; text != "" {
		n, err := number(text)
		if err != nil || n < 0 {
			return o, 0, api.BadRequest(`unable to parse query parameter timeoutSeconds: "` + text + `"`)
		}
		const day = 24 * 60 * 60
		timeout = time.Duration(min(n, day)) * time.Second
	}
	return o, timeout, nil
}

func (r *call) badWatchOptions() (errs []api.FieldError) {
	const field = "resourceVersionMatch"
	match := r.query[field]
	_, initial := r.query["sendInitialEvents"]
	if initial && match != notOlderThan {
		errs = append(errs, api.ForbiddenAt(field, "sendInitialEvents requires setting resourceVersionMatch to "+notOlderThan))
	}
	if match == "" {
		return errs
	}
	if !initial {
		errs = append(errs, api.ForbiddenAt(field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"))
	}
	if match != notOlderThan {
		errs = append(errs, api.NotSupportedAt(field, match, notOlderThan))
	}
	if r.query["continue"] != "" {
		errs = append(errs, api.ForbiddenAt(field, "resourceVersionMatch is forbidden when continue is provided"))
	}
	return errs
}

// flag is a yes or no of the query: yes, unless it says otherwise.
//
// Source: k8s.io/apimachinery, runtime, Convert_Slice_string_To_bool.
func (r *call) flag(name string) bool {
	text, ok := r.query[name]
	return ok && text != "0" && !strings.EqualFold(text, "false")
}

// next are the events there are, each a line of JSON.
func (w *watchCall) next() (chunk []byte, open bool) {
	for range most {
		e, ok := w.watch.Next()
		if !ok {
			break
		}
		b, err := schema.MarshalTree(map[string]any{"type": string(e.Type), "object": w.event(e)})
		if err != nil {
			panic("orchestrate: bug: an event cannot be written as JSON: " + err.Error())
		}
		chunk = append(append(chunk, b...), '\n')
	}
	now := w.server.Elapsed()
	return chunk, !w.watch.Over() && (w.until == 0 || now < w.until)
}

// event is the object of an event in the form the client wants. The columns of a Table are told once.
func (w *watchCall) event(e WatchEvent) any {
	switch {
	case e.Type == Failed:
		return StatusTree(e.Status)
	case w.form == asMetadata:
		return partial(e.Object)
	case w.form != asTable:
		return schema.Written(true, e.Object)[0]
	}
	tree := w.table(map[string]any{"resourceVersion": e.Object.Meta().ResourceVersion.String()}, []api.Object{e.Object})
	if w.header {
		tree["columnDefinitions"] = nil
	}
	w.header = true
	return tree
}
