package api

// Fault is something that is wrong with the world, for as long as it is there. It is not a Kubernetes kind and no client
// sees it: whoever stands for a part of the world (kubelets, runtimes, the network) looks here for what ails it. That faults
// are objects lets rewinding and "why" reach them.
type Fault struct {
	// ObjectMeta has the type of the fault as the namespace and its target as the name, so that it is found at once.
	ObjectMeta `json:"metadata"`
	// Amount is how bad it is: nanoseconds for NetworkSlow, lost packets of a thousand for NetworkLossy.
	Amount int64
	// Begin is since when, in nanoseconds since the epoch.
	Begin int64
}

// AllTargets is the name of a fault that is about everything of its sort.
const AllTargets = "all"

// FaultType says what is wrong.
type FaultType = string

// The types of faults, and what their target is.
const (
	NodeDown      FaultType = "node-down"      // the machine is off: a node
	NetworkCut    FaultType = "network-cut"    // node and control plane do not reach each other: a node
	KubeletDown   FaultType = "kubelet-down"   // the kubelet does not run, the containers do: a node
	ComponentDown FaultType = "component-down" // a part of the control plane does not run: a component or control loop
	RegistryDown  FaultType = "registry-down"  // images cannot be pulled: a registry, or all
	ImageMissing  FaultType = "image-missing"  // the registry does not have it any more: an image
	NetworkSlow   FaultType = "network-slow"   // each packet takes longer: a node, or all
	NetworkLossy  FaultType = "network-lossy"  // some packets are lost: a node, or all
)

// Type says what is wrong, and Target with what.
func (f *Fault) Type() FaultType { return f.Namespace }

// Target is what the fault is about.
func (f *Fault) Target() string { return f.Name }

// Kind is KindFault.
func (*Fault) Kind() Kind { return KindFault }

// Clone copies the top and shares what is below it.
func (f *Fault) Clone() Object { c := *f; return &c }
