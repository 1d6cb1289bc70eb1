package kubectl

import (
	"cmp"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func eventsVerb() *verb {
	return &verb{
		name:     "events",
		short:    "Show what happened, oldest first.",
		usage:    "[(-o|--output=)FORMAT] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [flags]",
		examples: []string{"kubectl events", "kubectl events --for pod/web --watch", "kubectl events --types=Warning -A"},
		flags: `all-namespaces output no-headers chunk-size
watch,w|b||After what has happened, show what happens.
for|s||Only events about this object: TYPE/NAME.
types|l|Normal,Warning|Only events of these types.`,
		run: events,
	}
}

// eventFilter chooses events and lays them out. It is plain data.
type eventFilter struct {
	kind, name string
	types      []string
	namespace  string // "" for all
	format     string
	header     bool
	layout     grid
}

// Source: k8s.io/kubectl/pkg/cmd/events.
func events(c *call) error {
	f := eventFilter{types: c.list("types"), namespace: c.namespace(), header: !c.on("no-headers"), format: c.text("output")}
	if c.on("all-namespaces") {
		f.namespace = ""
	}
	for _, t := range f.types {
		if !strings.EqualFold(t, "Normal") && !strings.EqualFold(t, "Warning") {
			return usageError("valid --types are Normal or Warning")
		}
	}
	if word := c.text("for"); word != "" {
		if !strings.Contains(word, "/") {
			return usageError("--for must be in resource/name form")
		}
		list, err := pairTargets([]string{word})
		if err != nil {
			return bare(err)
		}
		f.kind, f.name = list[0].res.Kind.String(), list[0].name
	}
	p, err := newPrinter(c)
	if err != nil {
		return err
	}
	objs, err := c.env.Server.List(eventResource, f.namespace, request.ListOptions{})
	if err != nil {
		return err
	}
	var found []api.Object
	for _, o := range objs {
		if f.wants(o) {
			found = append(found, o)
		}
	}
	sorting.Stable(found, func(a, b api.Object) int { return cmp.Compare(happened(a), happened(b)) })
	switch {
	case len(found) == 0 && !c.on("watch"):
		c.noEvents(f.namespace)
	case !p.people():
		if err := p.print(&c.out, []group{{eventResource, found}}, false, false); err != nil {
			return err
		}
	default:
		f.write(&c.out, found, api.Time(c.env.Server.Now().Unix()))
	}
	if c.on("watch") {
		c.job = &eventsJob{f, c.env.Server.Revision()}
	}
	return nil
}

var eventResource = schema.ByKind(api.KindEvent)

func (c *call) noEvents(namespace string) {
	if namespace == "" {
		c.err.WriteString("No events found.\n")
		return
	}
	c.err.WriteString("No events found in " + namespace + " namespace.\n")
}

func (f *eventFilter) wants(o api.Object) bool {
	e, ok := o.(*api.Event)
	if !ok || f.name != "" && (e.InvolvedObject.Name != f.name || e.InvolvedObject.Kind != f.kind) {
		return false
	}
	for _, t := range f.types {
		if strings.EqualFold(t, string(e.Type)) {
			return true
		}
	}
	return len(f.types) == 0
}

// happened is when an event was seen last, in microseconds.
func happened(o api.Object) int64 {
	e, ok := o.(*api.Event)
	switch {
	case !ok:
		return 0
	case e.Series != nil:
		return int64(e.Series.LastObservedTime)
	case e.LastTimestamp != 0:
		return int64(e.LastTimestamp) * 1e6
	}
	return int64(e.EventTime)
}

func (f *eventFilter) write(w *strings.Builder, objs []api.Object, now api.Time) {
	var rows [][]string
	if f.header {
		rows = append(rows, f.row("NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"))
		f.header = false
	}
	d := description{now: now}
	for _, o := range objs {
		if e, ok := o.(*api.Event); ok {
			rows = append(rows, f.row(e.Namespace, d.interval(e), string(e.Type), e.Reason, e.InvolvedObject.Kind+"/"+e.InvolvedObject.Name, printable(strings.TrimSpace(e.Message))))
		}
	}
	f.layout.write(w, rows)
}

func (f *eventFilter) row(cells ...string) []string {
	if f.namespace != "" {
		return cells[1:]
	}
	return cells
}

// eventsJob is events --watch; it ends only by Ctrl-C.
type eventsJob struct {
	filter eventFilter
	after  api.Revision
}

// Poll prints what has happened since the last time.
func (j *eventsJob) Poll(env *Env) (Result, bool) {
	changes, rev, err := env.Server.Changes(eventResource, j.filter.namespace, request.ListOptions{}, j.after)
	if err != nil {
		return failed("error: " + err.Error()), true
	}
	j.after = rev
	var found []api.Object
	for _, e := range changes {
		if e.Type != request.Deleted && j.filter.wants(e.Object) {
			found = append(found, e.Object)
		}
	}
	var out strings.Builder
	if len(found) > 0 {
		j.filter.write(&out, found, api.Time(env.Server.Now().Unix()))
	}
	return Result{Stdout: out.String()}, false
}

// Clone copies the job.
func (j *eventsJob) Clone() Job {
	k := *j
	k.filter.layout = j.filter.layout.clone()
	return &k
}
