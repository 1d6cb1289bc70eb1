package golden

import (
	"maps"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// object is the node as KWOK's machines join a cluster, with the recorder's defaults.
func (n nodeSpec) object(now api.Time) *api.Node {
	text := func(given, otherwise string) string {
		if given != "" {
			return given
		}
		return otherwise
	}
	pods := n.Pods
	if pods == 0 {
		pods = 110
	}
	have := api.ResourceList{
		api.ResourceCPU: api.MustQuantity(text(n.CPU, "8")), api.ResourceMemory: api.MustQuantity(text(n.Memory, "16Gi")),
		api.ResourceEphemeralStorage: api.MustQuantity("100Gi"), api.ResourcePods: api.MustQuantity(strconv.Itoa(pods)),
	}
	labels := map[string]string{
		"beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
		"kubernetes.io/hostname": n.Name, "kubernetes.io/os": "linux", "type": "kwok",
	}
	maps.Copy(labels, n.Labels)
	return &api.Node{
		ObjectMeta: api.ObjectMeta{Name: n.Name, Labels: labels, Annotations: map[string]string{"node.alpha.kubernetes.io/ttl": "0"}},
		Spec:       api.NodeSpec{Taints: n.taints()},
		Status: api.NodeStatus{
			Capacity: have, Allocatable: have, Conditions: conditionsOfNode(now),
			Addresses: []api.NodeAddress{{Type: api.NodeInternalIP, Address: hostIP}},
			NodeInfo: api.NodeSystemInfo{
				Architecture: "amd64", OperatingSystem: "linux", KubeletVersion: kwok, KernelVersion: kwok, ContainerRuntimeVersion: kwok,
			},
		},
	}
}

// What KWOK's machines say of themselves.
const (
	kwok   = "kwok-v0.8.0"
	hostIP = "127.0.0.1"
)

func (n nodeSpec) taints() []api.Taint {
	var out []api.Taint
	for _, t := range n.Taints {
		out = append(out, api.Taint{Key: text(get(t, "key")), Value: text(get(t, "value")), Effect: api.TaintEffect(text(get(t, "effect")))})
	}
	return out
}

func conditionsOfNode(now api.Time) []api.NodeCondition {
	out := []api.NodeCondition{readiness(api.ConditionTrue, "KubeletReady", now)}
	out[0].Message = "kubelet is posting ready status"
	for _, c := range []api.NodeCondition{
		{Type: api.NodeMemoryPressure, Reason: "KubeletHasSufficientMemory", Message: "kubelet has sufficient memory available"},
		{Type: api.NodeDiskPressure, Reason: "KubeletHasNoDiskPressure", Message: "kubelet has no disk pressure"},
		{Type: api.NodePIDPressure, Reason: "KubeletHasSufficientPID", Message: "kubelet has sufficient PID available"},
		{Type: "NetworkUnavailable", Reason: "RouteCreated", Message: "RouteController created a route"},
	} {
		c.Status, c.LastHeartbeatTime, c.LastTransitionTime = api.ConditionFalse, now, now
		out = append(out, c)
	}
	return out
}

func readiness(status api.ConditionStatus, reason string, now api.Time) api.NodeCondition {
	return api.NodeCondition{Type: api.NodeReady, Status: status, Reason: reason, LastHeartbeatTime: now, LastTransitionTime: now}
}
