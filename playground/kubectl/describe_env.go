package kubectl

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (d *description) environmentFrom(c *api.Container) {
	if len(c.EnvFrom) == 0 {
		return
	}
	d.line(2, "Environment Variables from:")
	for _, e := range c.EnvFrom {
		from, name, optional := "", "", false
		if r := e.ConfigMapRef; r != nil {
			from, name, optional = "ConfigMap", r.Name, isOptional(r.Optional)
		} else if r := e.SecretRef; r != nil {
			from, name, optional = "Secret", r.Name, isOptional(r.Optional)
		}
		if e.Prefix != "" {
			from += fmt.Sprintf(" with prefix '%s'", e.Prefix)
		}
		d.line(3, "%s\t%s\tOptional: %t", name, from, optional)
	}
}

func isOptional(b *bool) bool { return b != nil && *b }

func (d *description) environment(p *api.Pod, c *api.Container) {
	none := ""
	if len(c.Env) == 0 {
		none = "\t<none>"
	}
	d.line(2, "Environment:%s", none)
	for _, e := range c.Env {
		if e.ValueFrom == nil {
			name := e.Name + ":"
			for part := range strings.SplitSeq(e.Value, "\n") {
				d.line(3, "%s\t%s", name, part)
				name = ""
			}
			continue
		}
		switch from := e.ValueFrom; {
		case from.FieldRef != nil:
			d.line(3, "%s:\t%s (%s:%s)", e.Name, podField(p, from.FieldRef.FieldPath), from.FieldRef.APIVersion, from.FieldRef.FieldPath)
		case from.ResourceFieldRef != nil:
			d.line(3, "%s:\t%s (%s)", e.Name, containerResource(c, from.ResourceFieldRef), from.ResourceFieldRef.Resource)
		case from.SecretKeyRef != nil:
			d.line(3, "%s:\t<set to the key '%s' in secret '%s'>\tOptional: %t", e.Name,
				from.SecretKeyRef.Key, from.SecretKeyRef.Name, isOptional(from.SecretKeyRef.Optional))
		case from.ConfigMapKeyRef != nil:
			d.line(3, "%s:\t<set to the key '%s' of config map '%s'>\tOptional: %t", e.Name,
				from.ConfigMapKeyRef.Key, from.ConfigMapKeyRef.Name, isOptional(from.ConfigMapKeyRef.Optional))
		}
	}
}

// podField is the value of a field that a container may ask for by the downward API; "" for the fields that kubectl does
// not fill in: those of status and spec, and single labels and annotations.
//
// Source: k8s.io/kubectl/pkg/util/fieldpath.
func podField(p *api.Pod, path string) string {
	switch path {
	case "metadata.name":
		return p.Name
	case "metadata.namespace":
		return p.Namespace
	case "metadata.uid":
		return string(p.UID)
	case "metadata.labels":
		return pairs(p.Labels)
	case "metadata.annotations":
		return pairs(p.Annotations)
	}
	return ""
}

// pairs is a map as the downward API writes it: key="value", a line each.
func pairs(set map[string]string) string {
	var lines []string
	for _, k := range slices.Sorted(maps.Keys(set)) {
		lines = append(lines, fmt.Sprintf("%s=%q", k, set[k]))
	}
	return strings.Join(lines, "\n")
}

// containerResource is a container's own request or limit, in units of the divisor, rounded up.
func containerResource(c *api.Container, ref *api.ResourceFieldSelector) string {
	side, name, _ := strings.Cut(ref.Resource, ".")
	list := c.Resources.Limits
	if side == "requests" {
		list = c.Resources.Requests
	}
	q, ok := list[api.ResourceName(name)]
	if !ok && side == "limits" {
		return "node allocatable"
	}
	divisor := ref.Divisor
	if divisor.IsZero() {
		divisor = api.MustQuantity("1")
	}
	if name == "cpu" {
		return ceilDivide(q.Milli(), divisor.Milli())
	}
	return ceilDivide(q.Value(), divisor.Value())
}

func ceilDivide(a, b int64) string {
	if b <= 0 {
		return ""
	}
	n := a / b
	if a%b != 0 {
		n++
	}
	return fmt.Sprint(n)
}
