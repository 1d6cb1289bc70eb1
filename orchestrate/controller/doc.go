// Package controller holds the loops of the controller manager: each drives one promise of the API.
//
//	Deployment ──> Deployments: scale the ReplicaSets, old ones down as far as new pods are available
//	                   └─> ReplicaSet ──> ReplicaSets: make and delete pods until there are as many as wanted
//	owner deleted     ──> GarbageCollector: delete what it owned, or wait for it, or let it be
//	namespace deleted ──> Namespaces: delete what is in it ──> nothing left ──> remove the namespace
//	namespace made    ──> Furnisher: a default ServiceAccount, the certificate of the API server
//	node silent, sick ──> NodeLifecycle: taints ──> TaintEviction: pods that do not tolerate them are deleted
//	node removed      ──> PodGC: pods bound to a node that is not there are removed
//
// What a loop decides is a function of what it sees: [ReplicaSets] plans from sums that it keeps of all pods, [Deployments]
// from the sizes of a handful of ReplicaSets. Neither counts pods again when one of them changes.
package controller
