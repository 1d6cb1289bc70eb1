package kubectl

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// describeEvent is what kubectl describe says about an event: its fields, as upstream has no page of its own for them.
func describeEvent(e *api.Event) string {
	d := newDescription(e.LastTimestamp)
	d.line(0, "Name:\t%s", e.Name)
	d.line(0, "Namespace:\t%s", e.Namespace)
	d.labels("Labels", e.Labels)
	d.line(0, "API Version:\t%s", "v1")
	d.line(0, "Count:\t%s", strconv.Itoa(int(e.Count)))
	d.line(0, "First Timestamp:\t%s", e.FirstTimestamp.String())
	d.line(0, "Last Timestamp:\t%s", e.LastTimestamp.String())
	d.line(0, "Involved Object:\t%s", e.InvolvedObject.Kind+"/"+e.InvolvedObject.Name)
	d.line(0, "Kind:\t%s", "Event")
	d.line(0, "Message:\t%s", e.Message)
	d.line(0, "Reason:\t%s", e.Reason)
	d.line(0, "Source:\t%s", e.Source.Component)
	d.line(0, "Type:\t%s", e.Type)
	return d.String()
}
