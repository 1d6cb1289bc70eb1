package lessons

// Scenario is what a lesson plays on, the same in every language. As JSON it is the lesson's scenario.json (docs/wire.md).
type Scenario struct {
	Name  string `json:"name"`            // the folder's name
	Order int    `json:"order,omitempty"` // its place among the lessons, the first being 1; equal ones are ordered by name
	Seed  uint64 `json:"seed"`            // what all chance in the world grows from
	// Machine tells that the terminal is a shell on a machine of its own, a model of Linux, and not one beside a cluster.
	Machine bool              `json:"machine,omitempty"`
	Nodes   []Node            `json:"nodes"`           // at least one, unless there is a machine
	Start   string            `json:"start,omitempty"` // manifests applied, and at rest, before the learner comes
	Files   map[string]string `json:"files,omitempty"` // what the learner's folder holds, by name
	// Staleness is the longest, in milliseconds of virtual time, that news of a change needs to reach a control loop; 0 is at once.
	Staleness int64  `json:"staleness,omitempty"`
	Steps     []Step `json:"steps"` // at least one
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
	// Does are the lines by which the text of a step without goals changes the world, so that what follows is proved, and drawn, on it.
	Does    []string `json:"does,omitempty"`
	Picture string   `json:"picture,omitempty"` // what is drawn as the step's goal: one of [Pictures]; "" is PictureRest
}

// What can be drawn of the world a step leads to, beside the world as it is.
const (
	PictureRest   = "rest"   // the cluster, once it has come to rest after the solution
	PictureMoment = "moment" // the cluster at the moment the last goal was reached, for what passes by
	PictureLabels = "labels" // the labels and who finds them, at rest
	PictureNone   = "none"   // nothing: it would tell too much
)

// Pictures are the words a step may have for it.
func Pictures() []string {
	return []string{PictureRest, PictureMoment, PictureLabels, PictureNone}
}

// Goal is something kubectl wait could wait for or, on a machine, what a command prints.
type Goal struct {
	ID        string `json:"id"`
	Resource  string `json:"resource,omitempty"`  // KIND/NAME
	For       string `json:"for,omitempty"`       // condition=..., jsonpath={...}=..., create or delete
	Namespace string `json:"namespace,omitempty"` // "" is default
	Run       string `json:"run,omitempty"`       // a line for the machine's sh, run by root beside the learner's shell
	Prints    string `json:"prints,omitempty"`    // what it must print, without blanks and line ends around
	Inside    bool   `json:"inside,omitempty"`    // run it where the learner's innermost shell is: in its namespaces and root
}
