package api

// UID tells two objects apart that had the same name at different times.
type UID string

// ObjectMeta is what every stored object has: its name, its identity and how it is found.
//
// Source: Kubernetes API reference, "ObjectMeta v1 meta".
type ObjectMeta struct {
	// Name is unique within a namespace (or the cluster, for kinds without one) and cannot be changed.
	Name string `json:"name,omitempty"`
	// GenerateName is a prefix from which the server makes a unique Name where Name is empty.
	GenerateName string `json:"generateName,omitempty"`
	// Namespace is the space in which Name is unique; empty for kinds of the whole cluster.
	Namespace string `json:"namespace,omitempty"`
	// SelfLink is no longer filled by servers; it is kept so that old manifests are accepted.
	SelfLink string `json:"selfLink,omitempty"`
	// UID is set by the server and never used again.
	UID UID `json:"uid,omitempty"`
	// ResourceVersion is the revision of the store at which this version of the object was written.
	ResourceVersion Revision `json:"resourceVersion,omitempty"`
	// Generation counts the changes of the desired state.
	Generation int64 `json:"generation,omitempty"`
	// CreationTimestamp is when the server stored the object first.
	CreationTimestamp Time `json:"creationTimestamp,omitempty"`
	// DeletionTimestamp is when a graceful deletion will be over; zero while nobody asked for it.
	DeletionTimestamp Time `json:"deletionTimestamp,omitempty"`
	// DeletionGracePeriodSeconds is how long the object may take to end.
	DeletionGracePeriodSeconds *int64 `json:"deletionGracePeriodSeconds,omitempty"`
	// Labels are the words by which selectors find the object.
	Labels map[string]string `json:"labels,omitempty"`
	// Annotations hold what tools want to remember; nothing selects by them.
	Annotations map[string]string `json:"annotations,omitempty"`
	// OwnerReferences name the objects without which this one is garbage.
	OwnerReferences []OwnerReference `json:"ownerReferences,omitempty"`
	// Finalizers must all be gone before the object may be.
	Finalizers []string `json:"finalizers,omitempty"`
	// ManagedFields tell which field manager owns which field.
	ManagedFields []ManagedFieldsEntry `json:"managedFields,omitempty"`
}

// Meta gives every type that embeds ObjectMeta the method of [Object].
func (m *ObjectMeta) Meta() *ObjectMeta { return m }

// OwnerReference names an owner in the same namespace, or of the whole cluster.
//
// Source: Kubernetes API reference, "OwnerReference v1 meta".
type OwnerReference struct {
	// APIVersion of the owner.
	APIVersion string `json:"apiVersion"`
	// Kind of the owner.
	Kind string `json:"kind"`
	// Name of the owner.
	Name string `json:"name"`
	// UID of the owner.
	UID UID `json:"uid"`
	// Controller tells that this owner is the one that manages the object.
	Controller *bool `json:"controller,omitempty"`
	// BlockOwnerDeletion keeps the owner, in foreground deletion, until this object is gone.
	BlockOwnerDeletion *bool `json:"blockOwnerDeletion,omitempty"`
}

// ManagedFieldsEntry is what one manager owns of an object.
//
// Source: Kubernetes API reference, "ManagedFieldsEntry v1 meta".
type ManagedFieldsEntry struct {
	// Manager names the workflow that manages these fields.
	Manager string `json:"manager,omitempty"`
	// Operation is Apply or Update.
	Operation string `json:"operation,omitempty" upstream:"v1.ManagedFieldsOperationType"`
	// APIVersion is the version of the object the fields belong to.
	APIVersion string `json:"apiVersion,omitempty"`
	// Time is when the entry was made or changed.
	Time Time `json:"time,omitempty"`
	// FieldsType is always FieldsV1.
	FieldsType string `json:"fieldsType,omitempty"`
	// FieldsV1 is the set of fields as a tree.
	FieldsV1 map[string]any `json:"fieldsV1,omitempty"`
	// Subresource is the part of the object that was written, or empty for all of it.
	Subresource string `json:"subresource,omitempty"`
}
