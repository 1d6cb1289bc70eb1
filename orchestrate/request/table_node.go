package request

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func nodeColumns() []Column {
	return append(named("Status", "Roles", "Age", "Version"),
		wide("Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime")...)
}

func nodeCells(n *api.Node, now api.Time) []string {
	info := n.Status.NodeInfo
	kernel := orWord(info.KernelVersion, "<unknown>")
	if info.Architecture != "" {
		kernel += " (" + info.Architecture + ")" // since 1.36
	}
	return []string{
		n.Name, NodeStatus(n), orWord(strings.Join(NodeRoles(n), ","), "<none>"), Age(n.CreationTimestamp, now),
		info.KubeletVersion, nodeAddress(n, api.NodeInternalIP), nodeAddress(n, api.NodeExternalIP),
		orWord(info.OSImage, "<unknown>"), kernel, orWord(info.ContainerRuntimeVersion, "<unknown>"),
	}
}

// NodeStatus is the STATUS column of a node, for example "Ready,SchedulingDisabled".
func NodeStatus(n *api.Node) string {
	status := "Unknown"
	for _, c := range n.Status.Conditions {
		if c.Type == api.NodeReady {
			status = "Ready"
			if c.Status != api.ConditionTrue {
				status = "NotReady"
			}
		}
	}
	if n.Spec.Unschedulable {
		status += ",SchedulingDisabled"
	}
	return status
}

// NodeRoles are the roles a node's labels give it, sorted.
func NodeRoles(n *api.Node) []string {
	var roles []string
	for _, key := range slices.Sorted(maps.Keys(n.Labels)) {
		role, ok := strings.CutPrefix(key, "node-role.kubernetes.io/")
		if key == "kubernetes.io/role" {
			role, ok = n.Labels[key], true
		}
		if ok && role != "" {
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}

func nodeAddress(n *api.Node, kind api.NodeAddressType) string {
	for _, a := range n.Status.Addresses {
		if a.Type == kind {
			return a.Address
		}
	}
	return "<none>"
}
