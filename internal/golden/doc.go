// Package golden replays what a real control plane was recorded to do, and says where this one does otherwise.
//
//	steps.json + manifests ──> world with fake nodes ──op by op──> result, state, trace, podCounts
//	                                                                  │ masks, aliases
//	expected.json ──────────────────────────────────────compare───────┘──> what differs, step by step
//
// A recording is a folder; testdata/cluster/FORMAT.md describes it. The nodes are fake as they were when the recording was
// made (KWOK, or the recorder's hand where a pod is annotated so), so that only the control plane is judged. What was not
// recorded is not compared; what differed between recordings is accepted in any of its forms.
//
// `make golden GOLDEN=DIR` replays any folder of recordings. The tests replay those of testdata/cluster and hold
// testdata/differs.txt to be exactly what differs.
package golden
