package api

// Deployment moves pods from one template to the next, by way of ReplicaSets.
//
// Source: Kubernetes API reference, "Deployment v1 apps".
type Deployment struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the Deployment.
	Spec DeploymentSpec `json:"spec,omitempty"`
	// Status is what was seen of the Deployment.
	Status DeploymentStatus `json:"status,omitempty"`
}

// Kind is KindDeployment.
func (*Deployment) Kind() Kind { return KindDeployment }

// Clone copies the top, spec and status included, and shares what is below it: the pods' spec too.
func (d *Deployment) Clone() Object { c := *d; return &c }

// DeploymentSpec is what is wanted of a Deployment.
type DeploymentSpec struct {
	// Replicas is how many pods are wanted; 1 by default.
	Replicas *int32 `json:"replicas,omitempty"`
	// Selector finds the pods that count; it cannot be changed.
	Selector *LabelSelector `json:"selector"`
	// Template is the pod that is wanted; a change of it is a rollout.
	Template PodTemplateSpec `json:"template"`
	// Strategy is how pods of the last template are replaced.
	Strategy DeploymentStrategy `json:"strategy,omitempty"`
	// MinReadySeconds is how long a pod must be ready before it counts as available.
	MinReadySeconds int32 `json:"minReadySeconds,omitempty"`
	// RevisionHistoryLimit is how many old ReplicaSets are kept to go back to; 10 by default.
	RevisionHistoryLimit *int32 `json:"revisionHistoryLimit,omitempty"`
	// Paused holds rollouts.
	Paused bool `json:"paused,omitempty"`
	// ProgressDeadlineSeconds is how long a rollout may stand still before it counts as failed; 600 by default.
	ProgressDeadlineSeconds *int32 `json:"progressDeadlineSeconds,omitempty"`
}

// LabelPodTemplateHash tells the pods and ReplicaSets of one template from those of another.
const LabelPodTemplateHash = "pod-template-hash"

// DeploymentStrategy is how pods are replaced.
type DeploymentStrategy struct {
	// Type is Recreate or RollingUpdate.
	Type DeploymentStrategyType `json:"type,omitempty"`
	// RollingUpdate says how far a rolling update may go at a time.
	RollingUpdate *RollingUpdateDeployment `json:"rollingUpdate,omitempty"`
}

// DeploymentStrategyType names a way to replace pods.
type DeploymentStrategyType string

// The ways to replace pods.
const (
	// DeploymentRecreate ends all old pods before it makes new ones.
	DeploymentRecreate DeploymentStrategyType = "Recreate"
	// DeploymentRollingUpdate makes new pods while it ends old ones.
	DeploymentRollingUpdate DeploymentStrategyType = "RollingUpdate"
)

// RollingUpdateDeployment says how far a rolling update may go at a time.
type RollingUpdateDeployment struct {
	// MaxUnavailable is how many pods may be missing, or which part of them, rounded down; 25% by default.
	MaxUnavailable *IntOrString `json:"maxUnavailable,omitempty" upstream:"intstr.IntOrString"`
	// MaxSurge is how many pods there may be beyond those wanted, or which part of them, rounded up; 25% by default.
	MaxSurge *IntOrString `json:"maxSurge,omitempty" upstream:"intstr.IntOrString"`
}

// DeploymentStatus is what was seen of a Deployment.
type DeploymentStatus struct {
	// ObservedGeneration is the generation of the spec the status is about.
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// Replicas is how many pods there are that do not terminate.
	Replicas int32 `json:"replicas,omitempty"`
	// UpdatedReplicas are those of them that are of the template wanted.
	UpdatedReplicas int32 `json:"updatedReplicas,omitempty"`
	// ReadyReplicas are those of them that are ready.
	ReadyReplicas int32 `json:"readyReplicas,omitempty"`
	// AvailableReplicas are those of them that have been ready for minReadySeconds.
	AvailableReplicas int32 `json:"availableReplicas,omitempty"`
	// UnavailableReplicas is how many pods are missing until all are available.
	UnavailableReplicas int32 `json:"unavailableReplicas,omitempty"`
	// TerminatingReplicas is how many pods are being deleted and have not ended yet.
	TerminatingReplicas *int32 `json:"terminatingReplicas,omitempty"`
	// Conditions are what is known of the Deployment: available, progressing.
	Conditions []DeploymentCondition `json:"conditions,omitempty"`
	// CollisionCount counts the names of ReplicaSets that were taken; it goes into the next name.
	CollisionCount *int32 `json:"collisionCount,omitempty"`
}

// DeploymentCondition is one thing known about a Deployment.
type DeploymentCondition struct {
	// Type names what is known, for example Progressing.
	Type DeploymentConditionType `json:"type"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// LastUpdateTime is when the condition was written last.
	LastUpdateTime Time `json:"lastUpdateTime"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// DeploymentConditionType names a condition of a Deployment.
type DeploymentConditionType string

// The conditions of a Deployment.
const (
	DeploymentAvailable      DeploymentConditionType = "Available"
	DeploymentProgressing    DeploymentConditionType = "Progressing"
	DeploymentReplicaFailure DeploymentConditionType = "ReplicaFailure"
)
