package api

// Lease tells who has a role, and until when: a leader its lead, a kubelet its node.
//
// Source: Kubernetes API reference, "Lease v1 coordination.k8s.io".
type Lease struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is who holds the lease.
	Spec LeaseSpec `json:"spec,omitempty"`
}

// Kind is KindLease.
func (*Lease) Kind() Kind { return KindLease }

// Clone copies the top and shares what is below it.
func (l *Lease) Clone() Object { c := *l; return &c }

// LeaseSpec is who holds a lease.
type LeaseSpec struct {
	// HolderIdentity is the holder.
	HolderIdentity *string `json:"holderIdentity,omitempty"`
	// LeaseDurationSeconds is how long after renewTime others must wait before they take it.
	LeaseDurationSeconds *int32 `json:"leaseDurationSeconds,omitempty"`
	// AcquireTime is when the holder took it.
	AcquireTime MicroTime `json:"acquireTime,omitempty"`
	// RenewTime is when the holder renewed it last.
	RenewTime MicroTime `json:"renewTime,omitempty"`
	// LeaseTransitions counts the changes of holder.
	LeaseTransitions *int32 `json:"leaseTransitions,omitempty"`
	// Strategy is how a leader is chosen, if candidates are compared.
	Strategy *string `json:"strategy,omitempty" upstream:"v1.CoordinatedLeaseStrategy"`
	// PreferredHolder tells the holder to whom it should leave the lease.
	PreferredHolder *string `json:"preferredHolder,omitempty"`
}
