package request

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func deploymentColumns() []Column {
	return append(named("Ready", "Up-to-date", "Available", "Age"), wide("Containers", "Images", "Selector")...)
}

func deploymentCells(d *api.Deployment, now api.Time) []string {
	s := &d.Status
	selector := "<invalid>"
	if compiled, err := d.Spec.Selector.Compile(); err == nil {
		selector = compiled.String()
	}
	names, images := containerCells(&d.Spec.Template)
	return []string{
		d.Name, itoa(s.ReadyReplicas) + "/" + itoa(Replicas(d.Spec.Replicas)), itoa(s.UpdatedReplicas),
		itoa(s.AvailableReplicas), Age(d.CreationTimestamp, now), names, images, selector,
	}
}

func replicaSetColumns() []Column {
	columns := integers(named("Desired", "Current", "Ready", "Age"), "Desired", "Current", "Ready")
	return append(columns, wide("Containers", "Images", "Selector")...)
}

func replicaSetCells(r *api.ReplicaSet, now api.Time) []string {
	names, images := containerCells(&r.Spec.Template)
	return []string{
		r.Name, itoa(Replicas(r.Spec.Replicas)), itoa(r.Status.Replicas), itoa(r.Status.ReadyReplicas),
		Age(r.CreationTimestamp, now), names, images, r.Spec.Selector.String(),
	}
}

// Replicas is how many pods are wanted; one if nobody says.
func Replicas(n *int32) int32 {
	if n == nil {
		return 1
	}
	return *n
}

func itoa(n int32) string { return strconv.Itoa(int(n)) }

// containerCells are the names and images of a template's containers, each joined by commas.
func containerCells(t *api.PodTemplateSpec) (names, images string) {
	if t.Spec == nil {
		return "", ""
	}
	var n, i []string
	for k := range t.Spec.Containers {
		n, i = append(n, t.Spec.Containers[k].Name), append(i, t.Spec.Containers[k].Image)
	}
	return strings.Join(n, ","), strings.Join(i, ",")
}
