package request

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func eventColumns() []Column {
	columns := []Column{{Name: "Last Seen"}, {Name: "Type"}, {Name: "Reason"}, {Name: "Object"}}
	columns = append(columns, wide("Subobject", "Source")...)
	columns = append(columns, Column{Name: "Message"})
	columns = append(columns, wide("First Seen", "Count")...)
	return append(columns, Column{Name: "Name", Format: "name", Priority: 1})
}

func eventCells(e *api.Event, now api.Time) []string {
	first := Age(e.FirstTimestamp, now)
	if e.FirstTimestamp == 0 {
		first = microAge(e.EventTime, now)
	}
	last, count := Age(e.LastTimestamp, now), max(e.Count, 1)
	if e.LastTimestamp == 0 {
		last = first
	}
	if e.Series != nil {
		last, count = microAge(e.Series.LastObservedTime, now), e.Series.Count
	}
	object := strings.ToLower(e.InvolvedObject.Kind)
	if e.InvolvedObject.Name != "" {
		object += "/" + e.InvolvedObject.Name
	}
	return []string{
		last, e.Type, e.Reason, object, e.InvolvedObject.FieldPath, EventSource(e), strings.TrimSpace(e.Message),
		first, strconv.Itoa(int(count)), e.Name,
	}
}

// EventSource is who reports an event, and from where if that is known: "kubelet, node-1".
func EventSource(e *api.Event) string {
	source := orWord(e.Source.Component, e.ReportingController)
	if host := orWord(e.Source.Host, e.ReportingInstance); host != "" {
		source += ", " + host
	}
	return source
}
