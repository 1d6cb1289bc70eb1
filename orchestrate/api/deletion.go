package api

// DeletionPropagation says what becomes of the objects a deleted object owns.
//
// Source: Kubernetes API reference, "DeleteOptions v1 meta", propagationPolicy.
type DeletionPropagation string

// The ways a deletion goes on. The empty one means what the object's finalizers say, and else Background.
const (
	// DeleteOrphan leaves what is owned where it is, without an owner.
	DeleteOrphan DeletionPropagation = "Orphan"
	// DeleteBackground removes the object at once and lets the garbage collector remove what it owned.
	DeleteBackground DeletionPropagation = "Background"
	// DeleteForeground keeps the object until those it owns that block it are gone.
	DeleteForeground DeletionPropagation = "Foreground"
)

// The finalizers by which a deletion remembers how it goes on.
const (
	FinalizerOrphan     = "orphan"
	FinalizerForeground = "foregroundDeletion"
)
