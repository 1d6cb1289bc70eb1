// Package schedule decides which node a pod runs on.
//
//	pod without a node ─> filter: which nodes can take it? ─> score: which can best? ─> bind, or say why not
//
// Filters, in the order in which they speak: the node's own "unschedulable" mark, taints, node selector and node affinity, host
// ports, whether the requests fit what is left, topology spread, affinity and anti-affinity to other pods. Scores: taints that
// only ask to stay away, node affinity, how much would be left, how even the use would be, spread, affinity, images. Filters,
// scores, weights and texts are upstream's default plugins'; among equals a lot is drawn, from a stream of the pod's own, so that
// whoever asks again gets the same answer.
//
// A pod that fits nowhere gets the condition PodScheduled=False with one reason for each node, counted, and is looked at again
// when something changes that may help it.
//
//	class: pods with the same needs ─┬─ dimensions: pods counted by a node label, for spread and affinity
//	                                 └─ rows: nodes in which nothing differs that the class asks about
//
// Asking every plugin about every node for every pod would give the same. A class remembers what it found out, follows the
// changes since, and judges rows instead of nodes. All of it can be thrown away at any time.
//
// Preemption, volumes and devices are not there yet (docs/differences.md).
package schedule
