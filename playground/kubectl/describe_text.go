package kubectl

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

// description collects the text of kubectl describe: lines indented by level, their columns aligned by tabs.
//
// Source of all texts of describe: k8s.io/kubectl/pkg/describe.
type description struct {
	done []byte
	// text waits until the columns of its lines are known.
	text    []byte
	columns aligner
	said    [saidLists]said
	stamps  map[api.Time]string
	aligned bool // otherwise the tabs are kept
	now     api.Time
	// space stands before the titles of what is part of a pod template.
	space string
}

func newDescription(now api.Time) *description {
	return &description{now: now, aligned: true}
}

// line writes one line at a level of indentation.
func (d *description) line(level int, format string, args ...any) {
	for range level {
		d.text = append(d.text, "  "...)
	}
	d.text = append(fmt.Appendf(d.text, format, args...), '\n')
}

// Lists that pods of a template share, so that what is said of them is said once.
const (
	saidConditions = iota
	saidMounts
	saidTolerations
	saidVolumes
	saidLists
)

// said is what was written about a list.
type said struct {
	list  any // its first element
	n     int
	space string
	text  []byte
}

// again writes what was said of the list that begins there and has n elements, or lets it be said.
func (d *description) again(about int, list any, n int, say func()) {
	s := &d.said[about]
	if s.list == list && s.n == n && s.space == d.space {
		d.text = append(d.text, s.text...)
		return
	}
	from := len(d.text)
	say()
	s.list, s.n, s.space, s.text = list, n, d.space, append(s.text[:0], d.text[from:]...)
}

// flush ends the block of aligned lines: what follows gets columns of its own.
func (d *description) flush() {
	if bytes.IndexByte(d.text, '\x1b') >= 0 || bytes.IndexByte(d.text, '\r') >= 0 {
		d.text = []byte(printable(string(d.text)))
	}
	if d.aligned {
		d.done = d.columns.append(d.done, d.text)
	} else {
		d.done = append(d.done, d.text...)
	}
	d.text = d.text[:0]
}

// take gives what was written, until the next is.
func (d *description) take() []byte {
	d.flush()
	done := d.done
	d.done = d.done[:0]
	return done
}

// values writes a title and its values below each other; <none> without any.
func (d *description) values(title string, values []string) {
	title = d.space + title
	if len(values) == 0 {
		values = []string{"<none>"}
	}
	for i, v := range values {
		if i > 0 {
			title = ""
		} else {
			title += ":"
		}
		d.line(0, "%s\t%s", title, v)
	}
}

// labels writes a title and the pairs of a map, sorted by key.
func (d *description) labels(title string, set map[string]string) {
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(set)) {
		pairs = append(pairs, k+"="+set[k])
	}
	d.values(title, pairs)
}

const (
	maxAnnotation = 140
	lastApplied   = "kubectl.kubernetes.io/last-applied-configuration"
)

// annotations writes the annotations; what kubectl itself remembers is left out, long ones are cut.
func (d *description) annotations(set map[string]string) {
	var lines []string
	for _, k := range slices.Sorted(maps.Keys(set)) {
		if k == lastApplied {
			continue
		}
		value := strings.TrimSuffix(set[k], "\n")
		if len(value)+len(k)+2 <= maxAnnotation && !strings.Contains(value, "\n") {
			lines = append(lines, k+": "+value)
			continue
		}
		lines = append(lines, k+":")
		for part := range strings.SplitSeq(value, "\n") {
			if len(part) > maxAnnotation-2 {
				part = part[:maxAnnotation-2] + "..."
			}
			lines = append(lines, "  "+part)
		}
	}
	d.values("Annotations", lines)
}

// resources writes a list of resources, sorted by name.
func (d *description) resources(level int, title string, list api.ResourceList) {
	if len(list) == 0 {
		return
	}
	d.line(level, "%s:", title)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		d.line(level+1, "%s:\t%s", name, list[name])
	}
}

// events writes what happened to the object, oldest first; nothing at all if events is nil.
func (d *description) events(events []*api.Event) {
	if events == nil {
		return
	}
	if len(events) == 0 {
		d.line(0, "Events:\t<none>")
		return
	}
	d.flush()
	sorting.Stable(events, func(a, b *api.Event) int { return cmp.Compare(a.LastTimestamp, b.LastTimestamp) })
	d.line(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage")
	d.line(1, "----\t------\t----\t----\t-------")
	for _, e := range events {
		message := strings.TrimSpace(e.Message)
		if e.InvolvedObject.FieldPath != "" {
			message = e.InvolvedObject.FieldPath + ": " + message
		}
		d.line(1, "%s\t%s\t%s\t%s\t%s", e.Type, e.Reason, d.interval(e), cmp.Or(e.Source.Component, e.ReportingController), message)
	}
}

// interval is when an event happened, and how often.
func (d *description) interval(e *api.Event) string {
	first := request.Age(e.FirstTimestamp, d.now)
	if e.EventTime != 0 {
		first = request.Age(api.Time(e.EventTime/1e6), d.now)
	}
	switch {
	case e.Series != nil:
		return fmt.Sprintf("%s (x%d over %s)", request.Age(api.Time(e.Series.LastObservedTime/1e6), d.now), e.Series.Count, first)
	case e.Count > 1:
		return fmt.Sprintf("%s (x%d over %s)", request.Age(e.LastTimestamp, d.now), e.Count, first)
	}
	return first
}

// stamp is a moment as describe prints it.
func (d *description) stamp(t api.Time) string {
	text := d.stamps[t]
	if text == "" {
		if d.stamps == nil {
			d.stamps = map[api.Time]string{}
		}
		var std time.Time
		if t != 0 {
			std = t.Std()
		}
		text = calendar.Text(std, calendar.RFC1123)
		d.stamps[t] = text
	}
	return text
}

func yes(b bool) string {
	if b {
		return "True"
	}
	return "False"
}
