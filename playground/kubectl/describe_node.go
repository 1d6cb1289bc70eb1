package kubectl

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// describeNode is what kubectl describe says about a node; pods are those on it that have not ended, by namespace and
// name. The lease is nil if its kubelet never took one.
func describeNode(d *description, n *api.Node, lease *api.Lease, pods []*api.Pod, events []*api.Event) {
	d.nodeHead(n)
	d.lease(n, lease)
	d.nodeConditions(n)
	d.line(0, "Addresses:")
	for _, a := range n.Status.Addresses {
		d.line(1, "%s:\t%s", a.Type, a.Address)
	}
	d.resources(0, "Capacity", n.Status.Capacity)
	d.resources(0, "Allocatable", n.Status.Allocatable)
	d.nodeInfo(n)
	d.nodePods(n, pods)
	d.events(events)
}

func (d *description) nodeHead(n *api.Node) {
	d.line(0, "Name:\t%s", n.Name)
	d.line(0, "Roles:\t%s", cmp.Or(strings.Join(request.NodeRoles(n), ","), "<none>"))
	d.labels("Labels", n.Labels)
	d.annotations(n.Annotations)
	d.line(0, "CreationTimestamp:\t%s", d.stamp(n.CreationTimestamp))
	sorted := sorting.Copy(n.Spec.Taints, func(a, b api.Taint) int {
		return cmp.Or(cmp.Compare(a.Effect, b.Effect), cmp.Compare(a.Key, b.Key))
	})
	var taints []string
	for _, t := range sorted {
		text := t.Key
		if t.Value != "" {
			text += "=" + t.Value
		}
		taints = append(taints, text+":"+string(t.Effect))
	}
	d.values("Taints", taints)
	d.line(0, "Unschedulable:\t%t", n.Spec.Unschedulable)
}

// lease writes the sign of life of a node's kubelet.
func (d *description) lease(n *api.Node, l *api.Lease) {
	if l == nil {
		d.line(0, "Lease:\tFailed to get lease: %s", api.NotFound("leases.coordination.k8s.io", n.Name).Error())
		return
	}
	holder := "<unset>"
	if l.Spec.HolderIdentity != nil {
		holder = *l.Spec.HolderIdentity
	}
	moment := func(t api.MicroTime) string {
		if t == 0 {
			return "<unset>"
		}
		return d.stamp(api.Time(t / 1e6))
	}
	d.line(0, "Lease:")
	d.line(1, "HolderIdentity:\t%s", holder)
	d.line(1, "AcquireTime:\t%s", moment(l.Spec.AcquireTime))
	d.line(1, "RenewTime:\t%s", moment(l.Spec.RenewTime))
}

// leaseOf is the Lease of a node; nil if there is none.
func (c *call) leaseOf(node string) *api.Lease {
	o, err := c.env.Server.Get(schema.ByKind(api.KindLease), api.NamespaceNodeLeases, node)
	if err != nil {
		return nil
	}
	l, _ := o.(*api.Lease)
	return l
}

func (d *description) nodeConditions(n *api.Node) {
	if len(n.Status.Conditions) == 0 {
		return
	}
	d.line(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage")
	d.line(1, "----\t------\t-----------------\t------------------\t------\t-------")
	for _, c := range n.Status.Conditions {
		d.line(1, "%s \t%s \t%s \t%s \t%s \t%s", c.Type, c.Status, d.stamp(c.LastHeartbeatTime), d.stamp(c.LastTransitionTime), c.Reason, c.Message)
	}
}

func (d *description) nodeInfo(n *api.Node) {
	i := n.Status.NodeInfo
	d.line(0, "System Info:")
	d.line(1, "Machine ID:\t%s", i.MachineID)
	d.line(1, "System UUID:\t%s", i.SystemUUID)
	d.line(1, "Boot ID:\t%s", i.BootID)
	d.line(1, "Kernel Version:\t%s", i.KernelVersion)
	d.line(1, "OS Image:\t%s", i.OSImage)
	d.line(1, "Operating System:\t%s", i.OperatingSystem)
	d.line(1, "Architecture:\t%s", i.Architecture)
	d.line(1, "Container Runtime Version:\t%s", i.ContainerRuntimeVersion)
	d.line(1, "Kubelet Version:\t%s", i.KubeletVersion)
	if n.Spec.PodCIDR != "" {
		d.line(0, "PodCIDR:\t%s", n.Spec.PodCIDR)
	}
	if len(n.Spec.PodCIDRs) > 0 {
		d.line(0, "PodCIDRs:\t%s", strings.Join(n.Spec.PodCIDRs, ","))
	}
	if n.Spec.ProviderID != "" {
		d.line(0, "ProviderID:\t%s", n.Spec.ProviderID)
	}
}

func (d *description) nodePods(n *api.Node, pods []*api.Pod) {
	allocatable := n.Status.Allocatable
	if len(allocatable) == 0 {
		allocatable = n.Status.Capacity
	}
	d.line(0, "Non-terminated Pods:\t(%d in total)", len(pods))
	d.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge")
	d.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---")
	requests, limits := api.ResourceList{}, api.ResourceList{}
	for _, p := range pods {
		req, lim := podResources(p)
		addAll(requests, req)
		addAll(limits, lim)
		d.line(1, "%s\t%s\t\t%s (%d%%)\t%s (%d%%)\t%s (%d%%)\t%s (%d%%)\t%s", p.Namespace, p.Name,
			req["cpu"], share(req, allocatable, "cpu"), lim["cpu"], share(lim, allocatable, "cpu"),
			req["memory"], share(req, allocatable, "memory"), lim["memory"], share(lim, allocatable, "memory"),
			request.Age(p.CreationTimestamp, d.now))
	}
	d.line(0, "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)")
	d.line(1, "Resource\tRequests\tLimits")
	d.line(1, "--------\t--------\t------")
	names := []api.ResourceName{api.ResourceCPU, api.ResourceMemory, api.ResourceEphemeralStorage}
	var extended []api.ResourceName
	for _, name := range slices.Sorted(maps.Keys(allocatable)) {
		switch {
		case strings.HasPrefix(string(name), "hugepages-"):
			names = append(names, name)
		case !slices.Contains(names, name) && name != api.ResourcePods:
			extended = append(extended, name)
		}
	}
	for _, name := range names {
		d.line(1, "%s\t%s (%d%%)\t%s (%d%%)", name,
			requests[name], share(requests, allocatable, name), limits[name], share(limits, allocatable, name))
	}
	for _, name := range extended {
		d.line(1, "%s\t%s\t%s", name, requests[name], limits[name])
	}
}

// share is how many percent of what a node has are taken, cut to a whole number the way upstream's fractions are.
func share(of, in api.ResourceList, name api.ResourceName) int64 {
	amount := func(q api.Quantity) int64 {
		if name == api.ResourceCPU {
			return q.Milli()
		}
		return q.Value()
	}
	all := amount(in[name])
	if all == 0 {
		return 0
	}
	return int64(float64(amount(of[name])) / float64(all) * 100)
}
