package api

// ReplicaSet keeps as many pods of one template as it is asked for.
//
// Source: Kubernetes API reference, "ReplicaSet v1 apps".
type ReplicaSet struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the ReplicaSet.
	Spec ReplicaSetSpec `json:"spec,omitempty"`
	// Status is what was seen of the ReplicaSet.
	Status ReplicaSetStatus `json:"status,omitempty"`
}

// Kind is KindReplicaSet.
func (*ReplicaSet) Kind() Kind { return KindReplicaSet }

// Clone copies the top, spec and status included, and shares what is below it: the pods' spec too.
func (r *ReplicaSet) Clone() Object { c := *r; return &c }

// ReplicaSetSpec is what is wanted of a ReplicaSet.
type ReplicaSetSpec struct {
	// Replicas is how many pods are wanted; 1 by default.
	Replicas *int32 `json:"replicas,omitempty"`
	// MinReadySeconds is how long a pod must be ready before it counts as available.
	MinReadySeconds int32 `json:"minReadySeconds,omitempty"`
	// Selector finds the pods that count; it cannot be changed.
	Selector *LabelSelector `json:"selector"`
	// Template is the pod it makes when one is missing.
	Template PodTemplateSpec `json:"template,omitempty"`
}

// ReplicaSetStatus is what was seen of a ReplicaSet.
type ReplicaSetStatus struct {
	// Replicas is how many pods there are that do not terminate.
	Replicas int32 `json:"replicas"`
	// FullyLabeledReplicas are those of them that have all labels of the template.
	FullyLabeledReplicas int32 `json:"fullyLabeledReplicas,omitempty"`
	// ReadyReplicas are those of them that are ready.
	ReadyReplicas int32 `json:"readyReplicas,omitempty"`
	// AvailableReplicas are those of them that have been ready for minReadySeconds.
	AvailableReplicas int32 `json:"availableReplicas,omitempty"`
	// TerminatingReplicas is how many pods are being deleted and have not ended yet.
	TerminatingReplicas *int32 `json:"terminatingReplicas,omitempty"`
	// ObservedGeneration is the generation of the spec the status is about.
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// Conditions are what is known of the ReplicaSet.
	Conditions []ReplicaSetCondition `json:"conditions,omitempty"`
}

// ReplicaSetCondition is one thing known about a ReplicaSet.
type ReplicaSetCondition struct {
	// Type names what is known.
	Type ReplicaSetConditionType `json:"type"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// ReplicaSetConditionType names a condition of a ReplicaSet.
type ReplicaSetConditionType string

// ReplicaSetReplicaFailure tells that a pod could not be made or deleted.
const ReplicaSetReplicaFailure ReplicaSetConditionType = "ReplicaFailure"
