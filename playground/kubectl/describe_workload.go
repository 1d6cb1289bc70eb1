package kubectl

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// describeDeployment is what kubectl describe says about a Deployment and the ReplicaSets that are its own.
func describeDeployment(d *description, o *api.Deployment, sets []*api.ReplicaSet, events []*api.Event) {
	s, st := &o.Spec, &o.Status
	d.line(0, "Name:\t%s", o.Name)
	d.line(0, "Namespace:\t%s", o.Namespace)
	d.line(0, "CreationTimestamp:\t%s", d.stamp(o.CreationTimestamp))
	d.labels("Labels", o.Labels)
	d.annotations(o.Annotations)
	selector, _ := s.Selector.Compile() // what is stored was valid
	d.line(0, "Selector:\t%s", selector)
	d.line(0, "Replicas:\t%d desired | %d updated | %d total | %d available | %d unavailable", request.Replicas(s.Replicas),
		st.UpdatedReplicas, st.Replicas, st.AvailableReplicas, st.UnavailableReplicas)
	d.line(0, "StrategyType:\t%s", s.Strategy.Type)
	d.line(0, "MinReadySeconds:\t%d", s.MinReadySeconds)
	if u := s.Strategy.RollingUpdate; u != nil {
		d.line(0, "RollingUpdateStrategy:\t%s max unavailable, %s max surge", u.MaxUnavailable, u.MaxSurge)
	}
	d.template(&s.Template)
	var rows [][3]string
	for _, c := range st.Conditions {
		rows = append(rows, [3]string{string(c.Type), string(c.Status), c.Reason})
	}
	d.conditions(rows)
	if len(sets) > 0 {
		old, current := splitSets(o, sets)
		d.line(0, "OldReplicaSets:\t%s", setList(old))
		d.line(0, "NewReplicaSet:\t%s", setList(current))
	}
	d.events(events)
}

// splitSets tells the oldest ReplicaSet with the wanted template, if there is one, from the others.
func splitSets(o *api.Deployment, sets []*api.ReplicaSet) (old, current []*api.ReplicaSet) {
	for _, r := range sets {
		if len(current) == 0 && sameTemplate(&o.Spec.Template, &r.Spec.Template) {
			current = append(current, r)
		} else {
			old = append(old, r)
		}
	}
	return old, current
}

// sameTemplate compares but for the label that tells templates apart.
func sameTemplate(a, b *api.PodTemplateSpec) bool {
	plain := func(t api.PodTemplateSpec) api.PodTemplateSpec {
		t.Labels = maps.Clone(t.Labels)
		delete(t.Labels, api.LabelPodTemplateHash)
		return t
	}
	return schema.Same(plain(*a), plain(*b))
}

func setList(sets []*api.ReplicaSet) string {
	var out []string
	for _, r := range sets {
		out = append(out, fmt.Sprintf("%s (%d/%d replicas created)", r.Name, r.Status.Replicas, request.Replicas(r.Spec.Replicas)))
	}
	return cmp.Or(strings.Join(out, ", "), "<none>")
}

// describeReplicaSet is what kubectl describe says about a ReplicaSet and the pods that are its own.
func describeReplicaSet(d *description, o *api.ReplicaSet, pods []*api.Pod, events []*api.Event) {
	d.line(0, "Name:\t%s", o.Name)
	d.line(0, "Namespace:\t%s", o.Namespace)
	d.line(0, "Selector:\t%s", o.Spec.Selector)
	d.labels("Labels", o.Labels)
	d.annotations(o.Annotations)
	d.controller(&o.ObjectMeta)
	d.line(0, "Replicas:\t%d current / %d desired", o.Status.Replicas, request.Replicas(o.Spec.Replicas))
	count := map[api.PodPhase]int{}
	for _, p := range pods {
		count[p.Status.Phase]++
	}
	d.line(0, "Pods Status:\t%d Running / %d Waiting / %d Succeeded / %d Failed",
		count[api.PodRunning], count[api.PodPending], count[api.PodSucceeded], count[api.PodFailed])
	d.template(&o.Spec.Template)
	var rows [][3]string
	for _, c := range o.Status.Conditions {
		rows = append(rows, [3]string{string(c.Type), string(c.Status), c.Reason})
	}
	d.conditions(rows)
	d.events(events)
}

// template writes the pod a controller makes.
func (d *description) template(t *api.PodTemplateSpec) {
	d.line(0, "Pod Template:")
	d.space = "  "
	defer func() { d.space = "" }()
	d.labels("Labels", t.Labels)
	if len(t.Annotations) > 0 {
		d.annotations(t.Annotations)
	}
	s := t.Spec
	if s.ServiceAccountName != "" {
		d.line(1, "Service Account:\t%s", s.ServiceAccountName)
	}
	nobody := &api.Pod{} // fields of the pod have no value yet
	if len(s.InitContainers) > 0 {
		d.containers("Init Containers", nobody, s.InitContainers, nil)
	}
	d.containers("Containers", nobody, s.Containers, nil)
	d.volumes(s.Volumes)
	d.spread(s.TopologySpreadConstraints)
	if s.PriorityClassName != "" {
		d.line(1, "Priority Class Name:\t%s", s.PriorityClassName)
	}
	d.labels("Node-Selectors", s.NodeSelector)
	d.tolerations(s.Tolerations)
}

// conditions writes type, status and reason of each condition.
func (d *description) conditions(rows [][3]string) {
	if len(rows) == 0 {
		return
	}
	d.line(0, "Conditions:\n  Type\tStatus\tReason")
	d.line(1, "----\t------\t------")
	for _, r := range rows {
		d.line(1, "%s \t%s\t%s", r[0], r[1], r[2])
	}
}

// ownedBy are the objects with the labels a selector asks for that an object manages, the oldest first.
func ownedBy[T api.Object](c *call, kind api.Kind, owner api.Object, s *api.LabelSelector) []T {
	selector, err := s.Compile()
	if err != nil {
		return nil
	}
	objs, err := c.env.Server.List(schema.ByKind(kind), owner.Meta().Namespace, request.ListOptions{LabelSelector: selector.String()})
	if err != nil {
		return nil
	}
	var out []T
	for _, o := range objs {
		owned := slices.ContainsFunc(o.Meta().OwnerReferences, func(r api.OwnerReference) bool {
			return r.UID == owner.Meta().UID && r.Controller != nil && *r.Controller
		})
		if t, ok := o.(T); ok && owned {
			out = append(out, t)
		}
	}
	sorting.Stable(out, func(a, b T) int { return cmp.Compare(a.Meta().CreationTimestamp, b.Meta().CreationTimestamp) })
	return out
}
