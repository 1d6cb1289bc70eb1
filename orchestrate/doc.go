// Package orchestrate is a Kubernetes you can hold in your hand: one deterministic world on a virtual clock.
//
//	kubectl line / REST request / passing of time          (inputs)
//	      ─> admit      default, change, validate
//	      ─> store      revisioned, frozen objects; a watch is a cursor on the log
//	      ─> engine     the only loop: the next event by (virtual time, sequence)
//	           ─> scheduler, kubelets, controllers: Reconcile(snapshot, key, now) -> Plan
//	           ─> each op whose precondition holds is applied and traced: when, who, why, because of what
//
// The same options and the same inputs at the same times give the same world, byte for byte, on every platform. A
// [Cluster] belongs to one goroutine; whatever waits or runs in parallel lives outside.
//
// What is deliberately missing is listed in docs/differences.md.
package orchestrate
