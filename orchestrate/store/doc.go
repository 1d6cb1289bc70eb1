// Package store keeps every version of every object of a world in one append-only log.
//
//	write ──> log: 1 2 3 4 5 …          the number of an entry is its revision
//	               │   └─── version of pod web ──prev──> older version of pod web
//	               └─── a cursor (a watch) reads on from any revision
//
// The log is at once the history, the watch and the trace: each entry says when, who, why, and which
// earlier entry caused it. Reading at an old revision walks the chain of versions; nothing is copied.
// Objects are frozen once written. Inside, an object is a dense number, the [ID]; its name is only
// looked up at the edge.
//
//	record of a pod ──now──> its newest version
//	                ──place──> node-7: the node, the pods and sandboxes on it, "kubelet node-7"
//	                ──family──> its sandbox and its Events
//	record of a sandbox ──owner──> the pod
//
// So a loop that looks at an object finds what is near it by following these ([Snapshot.NodeOf], [Snapshot.OwnedBy],
// [Snapshot.MadeFor]), which costs the same in any world; a map of 100,000 names lies in no cache, and each look in it is several
// waits for memory.
//
// How much is kept: everything since the world began, up to the limit the engine sets
// (orchestrate.Options.MaxHistory). [Store.Truncate] cuts the log back, which is how a world returns to a
// checkpoint.
package store
