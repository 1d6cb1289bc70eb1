// Package schedule decides which node a pod runs on.
//
//	pod without a node ─> filter: which nodes can take it? ─> score: which can best? ─> bind, or say why not
//
// Filters: the node's own "unschedulable" mark, taints, the pod's node selector, and whether its requests
// fit what is left of the node. Score: the node with the largest part of cpu and memory left wins; ties go to the
// first by name. A pod that fits nowhere gets the condition PodScheduled=False with one reason for each
// node, counted, and is looked at again when a node or the pods on it change.
//
// Affinity, topology spread and preemption are not there yet (docs/differences.md).
package schedule
