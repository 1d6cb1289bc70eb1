package kubectl

import (
	"cmp"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// describePod is what kubectl describe says about a pod; without the part about events if events is nil.
func describePod(d *description, p *api.Pod, events []*api.Event) {
	d.podHead(p)
	d.podStatus(p)
	d.podContainers(p)
	d.podConditions(p)
	d.volumes(p.Spec.Volumes)
	d.line(0, "QoS Class:\t%s", cmp.Or(p.Status.QOSClass, schema.QOSClass(p.Spec)))
	d.labels("Node-Selectors", p.Spec.NodeSelector)
	d.tolerations(p.Spec.Tolerations)
	d.spread(p.Spec.TopologySpreadConstraints)
	d.events(events)
}

func (d *description) podHead(p *api.Pod) {
	d.line(0, "Name:\t%s", p.Name)
	d.line(0, "Namespace:\t%s", p.Namespace)
	if p.Spec.Priority != nil {
		d.line(0, "Priority:\t%d", *p.Spec.Priority)
	}
	if p.Spec.PriorityClassName != "" {
		d.line(0, "Priority Class Name:\t%s", p.Spec.PriorityClassName)
	}
	if p.Spec.RuntimeClassName != nil && *p.Spec.RuntimeClassName != "" {
		d.line(0, "Runtime Class Name:\t%s", *p.Spec.RuntimeClassName)
	}
	if p.Spec.ServiceAccountName != "" {
		d.line(0, "Service Account:\t%s", p.Spec.ServiceAccountName)
	}
	node := "<none>"
	if p.Spec.NodeName != "" {
		node = p.Spec.NodeName + "/" + p.Status.HostIP
	}
	d.line(0, "Node:\t%s", node)
	if p.Status.StartTime != 0 {
		d.line(0, "Start Time:\t%s", d.stamp(p.Status.StartTime))
	}
	d.labels("Labels", p.Labels)
	d.annotations(p.Annotations)
}

func (d *description) podStatus(p *api.Pod) {
	over := p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
	if p.DeletionTimestamp != 0 && !over {
		grace := int64(0)
		if p.DeletionGracePeriodSeconds != nil {
			grace = *p.DeletionGracePeriodSeconds
		}
		d.line(0, "Status:\tTerminating (lasts %s)", request.Age(p.DeletionTimestamp, d.now))
		d.line(0, "Termination Grace Period:\t%ds", grace)
	} else {
		d.line(0, "Status:\t%s", p.Status.Phase)
	}
	if p.Status.Reason != "" {
		d.line(0, "Reason:\t%s", p.Status.Reason)
	}
	if p.Status.Message != "" {
		d.line(0, "Message:\t%s", p.Status.Message)
	}
	if s := p.Spec.SecurityContext; s != nil {
		d.seccomp(0, s.SeccompProfile)
	}
	d.line(0, "IP:\t%s", p.Status.PodIP)
	if len(p.Status.PodIPs) == 0 {
		d.line(0, "IPs:\t<none>")
	} else {
		d.line(0, "IPs:")
	}
	for _, ip := range p.Status.PodIPs {
		d.line(1, "IP:\t%s", ip.IP)
	}
	d.controller(&p.ObjectMeta)
	if p.Status.NominatedNodeName != "" {
		d.line(0, "NominatedNodeName:\t%s", p.Status.NominatedNodeName)
	}
}

// controller writes who manages the object, if anybody does.
func (d *description) controller(m *api.ObjectMeta) {
	for _, o := range m.OwnerReferences {
		if o.Controller != nil && *o.Controller {
			d.line(0, "Controlled By:\t%s/%s", o.Kind, o.Name)
			return
		}
	}
}

func (d *description) podContainers(p *api.Pod) {
	if r := p.Spec.Resources; r != nil {
		d.line(0, "Resources:")
		d.resources(1, "Limits", r.Limits)
		d.resources(1, "Requests", r.Requests)
	}
	if len(p.Spec.InitContainers) > 0 {
		d.containers("Init Containers", p, p.Spec.InitContainers, p.Status.InitContainerStatuses)
	}
	d.containers("Containers", p, p.Spec.Containers, p.Status.ContainerStatuses)
	if len(p.Spec.EphemeralContainers) > 0 {
		var list []api.Container
		for _, c := range p.Spec.EphemeralContainers {
			list = append(list, c.Container)
		}
		d.containers("Ephemeral Containers", p, list, p.Status.EphemeralContainerStatuses)
	}
}

func (d *description) podConditions(p *api.Pod) {
	if len(p.Spec.ReadinessGates) > 0 {
		d.line(0, "Readiness Gates:\n  Type\tStatus")
		for _, g := range p.Spec.ReadinessGates {
			status := "<none>"
			if c, ok := api.PodConditionOf(p.Status.Conditions, g.ConditionType); ok {
				status = string(c.Status)
			}
			d.line(1, "%s \t%s ", g.ConditionType, status)
		}
	}
	if list := p.Status.Conditions; len(list) > 0 {
		d.again(saidConditions, &list[0], len(list), func() {
			d.line(0, "Conditions:\n  Type\tStatus")
			for _, c := range list {
				d.line(1, "%s \t%s ", c.Type, c.Status)
			}
		})
	}
}

// seccomp writes the profile of system calls, if there is one.
func (d *description) seccomp(level int, s *api.SecurityProfile) {
	if s == nil {
		return
	}
	d.line(level, "SeccompProfile:\t%s", s.Type)
	if s.Type == "Localhost" && s.LocalhostProfile != nil {
		d.line(level+level/2, "LocalhostProfile:\t%s", *s.LocalhostProfile)
	}
}

func (d *description) tolerations(list []api.Toleration) {
	if len(list) == 0 {
		d.values("Tolerations", nil)
		return
	}
	d.again(saidTolerations, &list[0], len(list), func() { d.values("Tolerations", tolerationLines(list)) })
}

func tolerationLines(list []api.Toleration) (lines []string) {
	sorted := sorting.Copy(list, func(a, b api.Toleration) int { return strings.Compare(a.Key, b.Key) })
	for _, t := range sorted {
		text := t.Key
		if t.Value != "" {
			text += "=" + t.Value
		}
		if t.Effect != "" {
			text += ":" + string(t.Effect)
		}
		if t.Operator == "Exists" && t.Value == "" {
			text = strings.TrimPrefix(text+" op=Exists", " ")
		}
		if t.TolerationSeconds != nil {
			text += fmt.Sprintf(" for %ds", *t.TolerationSeconds)
		}
		lines = append(lines, text)
	}
	return lines
}

func (d *description) spread(list []api.TopologySpreadConstraint) {
	if len(list) == 0 {
		return
	}
	sorted := sorting.Copy(list, func(a, b api.TopologySpreadConstraint) int {
		return cmp.Compare(a.TopologyKey, b.TopologyKey)
	})
	var lines []string
	for _, c := range sorted {
		text := fmt.Sprintf("%s:%s when max skew %d is exceeded", c.TopologyKey, c.WhenUnsatisfiable, c.MaxSkew)
		if c.LabelSelector != nil {
			text += " for selector " + c.LabelSelector.String()
		}
		lines = append(lines, text)
	}
	d.values("Topology Spread Constraints", lines)
}
