package lessons

// Scenario is what a lesson plays on, the same in every language. As JSON it is the lesson's scenario.json (docs/wire.md).
type Scenario struct {
	Name  string            `json:"name"`            // the folder's name
	Order int               `json:"order,omitempty"` // its place among the lessons, the first being 1; equal ones are ordered by name
	Seed  uint64            `json:"seed"`            // what all chance in the world grows from
	Nodes []Node            `json:"nodes"`           // at least one
	Start string            `json:"start,omitempty"` // manifests applied, and at rest, before the learner comes
	Files map[string]string `json:"files,omitempty"` // what the learner's folder holds, by name
	Steps []Step            `json:"steps"`           // at least one
}

// Node is a machine of the cluster. What is left out has the engine's default.
type Node struct {
	Name   string            `json:"name"`
	CPU    string            `json:"cpu,omitempty"`    // a quantity, for example "4" or "500m"
	Memory string            `json:"memory,omitempty"` // a quantity, for example "8Gi"
	Pods   int               `json:"pods,omitempty"`
	Labels map[string]string `json:"labels,omitempty"`
	Taints []Taint           `json:"taints,omitempty"`
}

// Taint keeps pods that do not tolerate it off a node.
type Taint struct {
	Key    string `json:"key"`
	Value  string `json:"value,omitempty"`
	Effect string `json:"effect"` // NoSchedule, PreferNoSchedule or NoExecute
}

// Step is one idea and one thing to do. A step without goals is there to look around.
type Step struct {
	ID       string   `json:"id"`
	Goals    []Goal   `json:"goals"`
	Solution []string `json:"solution"` // inputs that reach the goals; one may have several lines, for a here-document
}

// Goal is something kubectl wait could wait for.
type Goal struct {
	ID        string `json:"id"`
	Resource  string `json:"resource"`            // KIND/NAME
	For       string `json:"for"`                 // condition=..., jsonpath={...}=..., create or delete
	Namespace string `json:"namespace,omitempty"` // "" is default
}
