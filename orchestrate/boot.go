package orchestrate

import (
	"maps"
	"strconv"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/version"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// KubeletVersion is the version of Kubernetes whose behaviour is modelled; nodes report it.
const KubeletVersion = version.Kubernetes

// NodeSpec describes one machine.
type NodeSpec struct {
	// Name is the node's name; "" means node-1, node-2 and so on, by its place in the list.
	Name string `json:"name,omitempty" yaml:"name"`
	// CPU and Memory are what it has, as quantities; "" means 4 and 8Gi. Pods is how many pods it takes; 0 means 110.
	CPU    string `json:"cpu,omitempty" yaml:"cpu"`
	Memory string `json:"memory,omitempty" yaml:"memory"`
	Pods   int    `json:"pods,omitempty" yaml:"pods"`
	// Labels are added to those every node has.
	Labels map[string]string `json:"labels,omitempty" yaml:"labels"`
	// Taints keep pods off.
	Taints []api.Taint `json:"taints,omitempty" yaml:"taints"`
}

// Nodes is n machines of the default size.
func Nodes(n int) []NodeSpec { return make([]NodeSpec, n) }

// Check tells what is wrong with a list of machines: a quantity that is none, a name used twice.
func Check(nodes []NodeSpec) error {
	seen := map[string]bool{}
	for i := range nodes {
		n := nodes[i].filled(i)
		if seen[n.Name] {
			return fmt.Errorf("nodes[%d].name: Duplicate value: %q", i, n.Name)
		}
		seen[n.Name] = true
		if _, err := api.ParseQuantity(n.CPU); err != nil {
			return fmt.Errorf("nodes[%d].cpu: Invalid value: %q: %w", i, n.CPU, err)
		}
		if _, err := api.ParseQuantity(n.Memory); err != nil {
			return fmt.Errorf("nodes[%d].memory: Invalid value: %q: %w", i, n.Memory, err)
		}
		if n.Pods < 0 || n.Pods > 250 {
			return fmt.Errorf("nodes[%d].pods: Invalid value: %d: must be between 0 and 250", i, n.Pods)
		}
	}
	return nil
}

// filled is the spec of the i-th machine with nothing left open.
func (n NodeSpec) filled(i int) NodeSpec {
	if n.Name == "" {
		n.Name = "node-" + strconv.Itoa(i+1)
	}
	if n.CPU == "" {
		n.CPU = "4"
	}
	if n.Memory == "" {
		n.Memory = "8Gi"
	}
	if n.Pods == 0 {
		n.Pods = 110
	}
	return n
}

// boot puts in place what a cluster has before anybody asks for anything.
func (c *Cluster) boot() {
	for _, name := range []string{"default", "kube-node-lease", "kube-public", "kube-system"} {
		c.bootstrap(&api.Namespace{
			ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{"kubernetes.io/metadata.name": name}},
			Spec:       api.NamespaceSpec{Finalizers: []string{api.FinalizerKubernetes}},
			Status:     api.NamespaceStatus{Phase: api.NamespaceActive},
		})
	}
	for i := range c.options.nodes {
		c.bootstrap(newNode(c.options.nodes[i].filled(i), i, c.epoch))
	}
}

func (c *Cluster) bootstrap(o api.Object) {
	c.born(o.Meta())
	c.put(store.Write{Time: c.now, Verb: store.VerbCreate, Object: o, Actor: c.store.Symbol("system"), Reason: c.store.Symbol("Bootstrapped")})
}

// newNode is a machine that has joined the cluster and is ready.
func newNode(spec NodeSpec, i int, now api.Time) *api.Node {
	have := api.ResourceList{
		api.ResourceCPU:              api.MustQuantity(spec.CPU),
		api.ResourceMemory:           api.MustQuantity(spec.Memory),
		api.ResourceEphemeralStorage: api.MustQuantity("100Gi"),
		api.ResourcePods:             api.MustQuantity(strconv.Itoa(spec.Pods)),
	}
	labels := map[string]string{
		"beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux",
		"kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux", "kubernetes.io/hostname": spec.Name,
	}
	maps.Copy(labels, spec.Labels)
	network := 244 // where the first 255 nodes of most clusters are
	if i+1 > 255 {
		network = (i + 1) / 256
	}
	cidr := fmt.Sprintf("10.%d.%d.0/24", network, (i+1)%256)
	return &api.Node{
		ObjectMeta: api.ObjectMeta{Name: spec.Name, Labels: labels},
		Spec:       api.NodeSpec{PodCIDR: cidr, PodCIDRs: []string{cidr}, Taints: spec.Taints},
		Status: api.NodeStatus{
			Capacity: have, Allocatable: have,
			Addresses: []api.NodeAddress{
				{Type: api.NodeInternalIP, Address: fmt.Sprintf("192.168.%d.%d", (i+10)/256, (i+10)%256)},
				{Type: api.NodeHostname, Address: spec.Name},
			},
			Conditions: nodeConditions(now),
			NodeInfo: api.NodeSystemInfo{
				KubeletVersion: KubeletVersion, OperatingSystem: "linux", Architecture: "amd64",
				KernelVersion: "6.12.0-slipway", OSImage: "Slipway model node", ContainerRuntimeVersion: "containerd://2.2.0",
			},
		},
	}
}

func nodeConditions(now api.Time) []api.NodeCondition {
	return []api.NodeCondition{
		{Type: api.NodeMemoryPressure, Status: api.ConditionFalse, Reason: "KubeletHasSufficientMemory", Message: "kubelet has sufficient memory available", LastHeartbeatTime: now, LastTransitionTime: now},
		{Type: api.NodeDiskPressure, Status: api.ConditionFalse, Reason: "KubeletHasNoDiskPressure", Message: "kubelet has no disk pressure", LastHeartbeatTime: now, LastTransitionTime: now},
		{Type: api.NodePIDPressure, Status: api.ConditionFalse, Reason: "KubeletHasSufficientPID", Message: "kubelet has sufficient PID available", LastHeartbeatTime: now, LastTransitionTime: now},
		{Type: api.NodeReady, Status: api.ConditionTrue, Reason: "KubeletReady", Message: "kubelet is posting ready status", LastHeartbeatTime: now, LastTransitionTime: now},
	}
}
