package api

// Namespace is a room for names: most objects live in one, and their names are unique only inside it.
//
// Source: Kubernetes API reference, "Namespace v1 core".
type Namespace struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the namespace.
	Spec NamespaceSpec `json:"spec,omitempty"`
	// Status is what was seen of the namespace.
	Status NamespaceStatus `json:"status,omitempty"`
}

// NamespaceSpec is what is wanted of a namespace.
type NamespaceSpec struct {
	// Finalizers must all be gone before the namespace is: as long as "kubernetes" is there, objects are left inside.
	Finalizers []string `json:"finalizers,omitempty" upstream:"v1.FinalizerName"`
}

// NamespaceStatus is what was seen of a namespace.
type NamespaceStatus struct {
	// Phase is Active, or Terminating while its content is being deleted.
	Phase NamespacePhase `json:"phase,omitempty"`
	// Conditions say how far the deletion has come.
	Conditions []NamespaceCondition `json:"conditions,omitempty"`
}

// NamespacePhase is where a namespace is in its life.
type NamespacePhase string

// The phases of a namespace.
const (
	NamespaceActive      NamespacePhase = "Active"
	NamespaceTerminating NamespacePhase = "Terminating"
)

// FinalizerKubernetes holds a namespace until it is empty.
const FinalizerKubernetes = "kubernetes"

// LabelNamespaceName is the label every namespace has with its own name as the value.
const LabelNamespaceName = "kubernetes.io/metadata.name"

// The namespaces every world begins with.
const (
	NamespaceDefault    = "default"
	NamespaceSystem     = "kube-system"
	NamespacePublic     = "kube-public"
	NamespaceNodeLeases = "kube-node-lease"
)

// NamespaceCondition is one thing known about the deletion of a namespace.
type NamespaceCondition struct {
	// Type names what is known, for example NamespaceContentRemaining.
	Type string `json:"type" upstream:"v1.NamespaceConditionType"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// Kind is KindNamespace.
func (*Namespace) Kind() Kind { return KindNamespace }

// Clone copies the top and shares what is below it.
func (n *Namespace) Clone() Object { c := *n; return &c }

// ConditionStatus is what a condition says.
type ConditionStatus string

// What a condition can say.
const (
	ConditionTrue    ConditionStatus = "True"
	ConditionFalse   ConditionStatus = "False"
	ConditionUnknown ConditionStatus = "Unknown"
)
