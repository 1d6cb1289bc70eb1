package kubectl

import "github.com/slipway-dev/slipway/orchestrate/api"

// describeNamespace is what kubectl describe says about a namespace. There are no quotas and limit ranges in this
// version of the world, which is what the two last lines say.
func describeNamespace(d *description, n *api.Namespace) {
	d.line(0, "Name:\t%s", n.Name)
	d.labels("Labels", n.Labels)
	d.annotations(n.Annotations)
	d.line(0, "Status:\t%s", n.Status.Phase)
	if len(n.Status.Conditions) > 0 {
		d.line(0, "Conditions:")
		d.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage")
		d.line(1, "----\t------\t------------------\t------\t-------")
		for _, c := range n.Status.Conditions {
			d.line(1, "%s\t%s\t%s\t%s\t%s", c.Type, c.Status, d.stamp(c.LastTransitionTime), c.Reason, c.Message)
		}
	}
	d.line(0, "\nNo resource quota.")
	d.line(0, "\nNo LimitRange resource.")
}
