// Package controller holds the loops of the controller manager: each drives one promise of the API.
//
//	namespace deleted ──> Namespaces: delete what is in it ──> nothing left ──> remove the namespace
//	node removed      ──> PodGC: pods bound to a node that is not there are removed
//
// More of them (deployments, replica sets, garbage collection) come with their kinds.
package controller
