package kubectl

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (d *description) head(m *api.ObjectMeta) {
	d.line(0, "Name:\t%s", m.Name)
	d.line(0, "Namespace:\t%s", m.Namespace)
	d.labels("Labels", m.Labels)
	d.annotations(m.Annotations)
}

// describeConfigMap is what kubectl describe says about a ConfigMap: its texts, and how long its binary data are.
func describeConfigMap(d *description, c *api.ConfigMap, events []*api.Event) {
	d.head(&c.ObjectMeta)
	d.line(0, "\nData\n====")
	for _, k := range slices.Sorted(maps.Keys(c.Data)) {
		d.line(0, "%s:\n----\n%s\n", k, c.Data[k])
	}
	d.line(0, "\nBinaryData\n====")
	for _, k := range slices.Sorted(maps.Keys(c.BinaryData)) {
		d.line(0, "%s: %d bytes", k, len(c.BinaryData[k]))
	}
	d.line(0, "")
	d.events(events)
}

// describeSecret is what kubectl describe says about a Secret: how long each value is, but not what it is, unless it is
// the token of a ServiceAccount. There are no events on this page.
func describeSecret(d *description, s *api.Secret) {
	d.head(&s.ObjectMeta)
	d.line(0, "\nType:\t%s", s.Type)
	d.line(0, "\nData\n====")
	for _, k := range slices.Sorted(maps.Keys(s.Data)) {
		if k == "token" && s.Type == api.SecretServiceAccountToken {
			d.line(0, "%s:\t%s", k, s.Data[k])
		} else {
			d.line(0, "%s:\t%d bytes", k, len(s.Data[k]))
		}
	}
}

// describeServiceAccount is what kubectl describe says about a ServiceAccount.
func describeServiceAccount(d *description, s *api.ServiceAccount, events []*api.Event) {
	d.head(&s.ObjectMeta)
	var names []string
	for _, r := range s.ImagePullSecrets {
		names = append(names, r.Name)
	}
	if len(names) == 0 {
		names = []string{"<none>"}
	}
	title := "Image pull secrets:"
	for _, n := range names {
		d.line(0, "%s\t%s", title, n)
		title = "                   "
	}
	d.events(events)
}
