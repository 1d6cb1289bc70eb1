package api

// Affinity says near what a pod wants to be, and what it wants to be away from.
//
// Source: Kubernetes API reference, "Affinity v1 core".
type Affinity struct {
	// NodeAffinity is about the nodes themselves.
	NodeAffinity *NodeAffinity `json:"nodeAffinity,omitempty"`
	// PodAffinity is about being where certain pods are.
	PodAffinity *PodAffinity `json:"podAffinity,omitempty"`
	// PodAntiAffinity is about not being where certain pods are.
	PodAntiAffinity *PodAffinity `json:"podAntiAffinity,omitempty" upstream:"v1.PodAntiAffinity"`
}

// NodeAffinity says which nodes a pod wants.
type NodeAffinity struct {
	// RequiredDuringSchedulingIgnoredDuringExecution must hold when the node is chosen.
	RequiredDuringSchedulingIgnoredDuringExecution *NodeSelector `json:"requiredDuringSchedulingIgnoredDuringExecution,omitempty"`
	// PreferredDuringSchedulingIgnoredDuringExecution are wishes, with weights.
	PreferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm `json:"preferredDuringSchedulingIgnoredDuringExecution,omitempty"`
}

// NodeSelector finds nodes.
type NodeSelector struct {
	// NodeSelectorTerms: one of them must hold.
	NodeSelectorTerms []NodeSelectorTerm `json:"nodeSelectorTerms"`
}

// NodeSelectorTerm is a set of conditions on a node, all of which must hold; an empty one finds none.
type NodeSelectorTerm struct {
	// MatchExpressions are conditions on the node's labels.
	MatchExpressions []NodeSelectorRequirement `json:"matchExpressions,omitempty"`
	// MatchFields are conditions on the node's fields; only metadata.name is known.
	MatchFields []NodeSelectorRequirement `json:"matchFields,omitempty"`
}

// NodeSelectorRequirement is one condition on a label or field of a node.
type NodeSelectorRequirement struct {
	// Key of the label or field.
	Key string `json:"key"`
	// Operator is In, NotIn, Exists, DoesNotExist, Gt or Lt.
	Operator NodeSelectorOperator `json:"operator"`
	// Values to compare with: one number for Gt and Lt, none for Exists and DoesNotExist.
	Values []string `json:"values,omitempty"`
}

// NodeSelectorOperator says how a label or field is compared.
type NodeSelectorOperator string

// The operators of a node selector.
const (
	NodeIn           NodeSelectorOperator = "In"
	NodeNotIn        NodeSelectorOperator = "NotIn"
	NodeExists       NodeSelectorOperator = "Exists"
	NodeDoesNotExist NodeSelectorOperator = "DoesNotExist"
	NodeGt           NodeSelectorOperator = "Gt"
	NodeLt           NodeSelectorOperator = "Lt"
)

// PreferredSchedulingTerm is a wish for certain nodes.
type PreferredSchedulingTerm struct {
	// Weight from 1 to 100.
	Weight int32 `json:"weight"`
	// Preference is what is wished.
	Preference NodeSelectorTerm `json:"preference"`
}

// PodAffinity says where a pod wants, or does not want, to be in relation to other pods.
type PodAffinity struct {
	// RequiredDuringSchedulingIgnoredDuringExecution must all hold when the node is chosen.
	RequiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm `json:"requiredDuringSchedulingIgnoredDuringExecution,omitempty"`
	// PreferredDuringSchedulingIgnoredDuringExecution are wishes, with weights.
	PreferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm `json:"preferredDuringSchedulingIgnoredDuringExecution,omitempty"`
}

// PodAffinityTerm is a set of pods, and a topology in which to be near them or not.
type PodAffinityTerm struct {
	// LabelSelector finds the pods; a missing one finds none.
	LabelSelector *LabelSelector `json:"labelSelector,omitempty"`
	// Namespaces in which to look; the pod's own if this and namespaceSelector are missing.
	Namespaces []string `json:"namespaces,omitempty"`
	// TopologyKey is the node label whose value tells places apart, for example kubernetes.io/hostname.
	TopologyKey string `json:"topologyKey"`
	// NamespaceSelector finds further namespaces in which to look.
	NamespaceSelector *LabelSelector `json:"namespaceSelector,omitempty"`
	// MatchLabelKeys are labels whose values must equal the pod's own.
	MatchLabelKeys []string `json:"matchLabelKeys,omitempty"`
	// MismatchLabelKeys are labels whose values must differ from the pod's own.
	MismatchLabelKeys []string `json:"mismatchLabelKeys,omitempty"`
}

// WeightedPodAffinityTerm is a wish.
type WeightedPodAffinityTerm struct {
	// Weight from 1 to 100.
	Weight int32 `json:"weight"`
	// PodAffinityTerm is what is wished.
	PodAffinityTerm PodAffinityTerm `json:"podAffinityTerm"`
}

// Toleration lets a pod onto nodes with a matching taint.
type Toleration struct {
	// Key of the taint; empty, with the operator Exists, for all keys.
	Key string `json:"key,omitempty"`
	// Operator is Equal, Exists, Lt or Gt; Equal by default.
	Operator TolerationOperator `json:"operator,omitempty"`
	// Value of the taint.
	Value string `json:"value,omitempty"`
	// Effect of the taint; empty for all effects.
	Effect TaintEffect `json:"effect,omitempty"`
	// TolerationSeconds is how long a NoExecute taint is tolerated; for ever if missing.
	TolerationSeconds *int64 `json:"tolerationSeconds,omitempty"`
}

// TolerationOperator says how a toleration's value is compared.
type TolerationOperator string

// The operators of a toleration.
const (
	TolerationEqual  TolerationOperator = "Equal"
	TolerationExists TolerationOperator = "Exists"
	TolerationLt     TolerationOperator = "Lt"
	TolerationGt     TolerationOperator = "Gt"
)

// TopologySpreadConstraint says how evenly pods are spread over the values of a node label.
type TopologySpreadConstraint struct {
	// MaxSkew is by how many pods one place may be ahead of the emptiest one.
	MaxSkew int32 `json:"maxSkew"`
	// TopologyKey is the node label whose value tells places apart.
	TopologyKey string `json:"topologyKey"`
	// WhenUnsatisfiable is DoNotSchedule or ScheduleAnyway.
	WhenUnsatisfiable UnsatisfiableAction `json:"whenUnsatisfiable" upstream:"v1.UnsatisfiableConstraintAction"`
	// LabelSelector finds the pods that are counted.
	LabelSelector *LabelSelector `json:"labelSelector,omitempty"`
	// MinDomains is how many places there must be before the emptiest one counts.
	MinDomains *int32 `json:"minDomains,omitempty"`
	// NodeAffinityPolicy is Honor or Ignore: whether nodes the pod cannot use by its affinity count.
	NodeAffinityPolicy *NodeInclusionPolicy `json:"nodeAffinityPolicy,omitempty"`
	// NodeTaintsPolicy is Honor or Ignore: whether nodes with taints the pod does not tolerate are left out.
	NodeTaintsPolicy *NodeInclusionPolicy `json:"nodeTaintsPolicy,omitempty"`
	// MatchLabelKeys are labels whose values must equal the pod's own.
	MatchLabelKeys []string `json:"matchLabelKeys,omitempty"`
}

// UnsatisfiableAction says what to do with a pod that would break a spread constraint.
type UnsatisfiableAction string

// What to do with a pod that would break a spread constraint.
const (
	DoNotSchedule  UnsatisfiableAction = "DoNotSchedule"
	ScheduleAnyway UnsatisfiableAction = "ScheduleAnyway"
)

// NodeInclusionPolicy says whether a rule leaves nodes out of a spread constraint.
type NodeInclusionPolicy string

// The policies.
const (
	NodeInclusionHonor  NodeInclusionPolicy = "Honor"
	NodeInclusionIgnore NodeInclusionPolicy = "Ignore"
)
