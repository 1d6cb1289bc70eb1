// Package reconcile is the contract every control loop of a world keeps: look at the desired and the
// observed state, decide what to do next, and write nothing.
//
//	change in the store ──Route──> keys ──(latency)──> Reconcile(snapshot, key, now) ──> Plan{Ops, After, Why}
//	                                                                                        │
//	                         store <──applied by the engine, each op with its precondition──┘
//
// A loop is level-triggered: the key says only where to look, never what happened. It keeps nothing that it
// could not rebuild from the store, so it may be stopped at any step, lose its queue, list everything again,
// and still come to rest in the same state. What it reads and writes it declares, and the engine holds it to
// that.
package reconcile
