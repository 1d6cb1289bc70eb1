// Package kubectl is the kubectl of the playground: the command lines people type, answered with kubectl's own output.
//
//	words ──flags──> verb ──> request.Server ──> objects ──> table, YAML, JSON, jsonpath, description
//	                   └─ a verb that waits (delete, wait, get -w) returns a Job, which is polled as time passes
//
// A first example: Run(&Env{Server: s, Namespace: "default"}, []string{"get", "pods"}).
//
// Where upstream's texts are recorded they are the same, byte for byte. Lines of our own, which say where a mistake stands
// and how to mend it, come after kubectl's. Verbs that are not here yet say so; docs/differences.md lists them.
package kubectl
