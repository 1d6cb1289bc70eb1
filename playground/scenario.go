package playground

import (
	"errors"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate"
)

// Scenario is where a session starts and what it is about.
type Scenario struct {
	// Name is the lesson it belongs to; it may be empty.
	Name string `json:"name"`
	// Seed is what all chance in the world grows from.
	Seed uint64 `json:"seed"`
	// Machine tells that the terminal is a shell on a machine of its own, and that there is no cluster.
	Machine bool `json:"machine,omitempty"`
	// Nodes are the machines of the cluster.
	Nodes []orchestrate.NodeSpec `json:"nodes"`
	// Start holds manifests that are applied, and have come to rest, before the learner sees the world.
	Start string `json:"start,omitempty"`
	// Files are what the shell finds in its folder, by name.
	Files map[string]string `json:"files,omitempty"`
	// Images can be pulled beside those of the standard catalog.
	Images []Image `json:"images,omitempty"`
	// Staleness is the longest, in milliseconds of virtual time, that news needs to reach a control loop: see orchestrate.Options.
	Staleness int64 `json:"staleness,omitempty"`
	// Steps are what there is to do, in order.
	Steps []Step `json:"steps,omitempty"`
}

// Step is one thing to do.
type Step struct {
	// ID names the step within its scenario.
	ID string `json:"id"`
	// Goals must all have been reached for the step to be done.
	Goals []Goal `json:"goals,omitempty"`
	// Solution are lines that reach them.
	Solution []string `json:"solution,omitempty"`
}

// Goal is something `kubectl wait` could wait for or, on a machine, what a command prints.
type Goal struct {
	// ID names the goal within its scenario.
	ID string `json:"id"`
	// Resource is KIND/NAME and Namespace where it is; "" means default.
	Resource  string `json:"resource,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	// For is what to wait for, as in `kubectl wait --for`: condition=Ready, jsonpath={.status.phase}=Running, create, delete.
	For string `json:"for,omitempty"`
	// Run is a line for the machine's sh and Prints what it prints, without blanks and line ends around. It is run by root beside the
	// first shell, or with Inside in the place of the innermost shell that somebody types to.
	Run    string `json:"run,omitempty"`
	Prints string `json:"prints,omitempty"`
	Inside bool   `json:"inside,omitempty"`
}

// Limits of what is accepted from outside, so that a hostile scenario or log costs little.
const (
	maxNodes  = 1000
	maxStart  = 1 << 20
	maxFiles  = 100
	maxSteps  = 100
	maxStale  = 5000
	startTime = 10 * time.Minute
)

// check tells what is wrong with a scenario.
func (sc *Scenario) check() error {
	switch {
	case len(sc.Nodes) > maxNodes:
		return fmt.Errorf("playground: scenario has %d nodes; at most %d are allowed", len(sc.Nodes), maxNodes)
	case len(sc.Start) > maxStart:
		return fmt.Errorf("playground: scenario starts with %d bytes of manifests; at most %d are allowed", len(sc.Start), maxStart)
	case len(sc.Files) > maxFiles:
		return fmt.Errorf("playground: scenario has %d files; at most %d are allowed", len(sc.Files), maxFiles)
	case sc.Staleness < 0 || sc.Staleness > maxStale:
		return fmt.Errorf("playground: scenario has a staleness of %d ms; 0 to %d are allowed", int(sc.Staleness), maxStale)
	case sc.Machine && !hasMachine:
		return errors.New("playground: this scenario is on a machine, and this engine was built without one")
	case sc.Machine && (len(sc.Nodes) > 0 || sc.Start != "" || len(sc.Images) > 0 || sc.Staleness > 0):
		return errors.New("playground: a scenario on a machine has no cluster: leave out nodes, start, images and staleness")
	case len(sc.Steps) > maxSteps:
		return fmt.Errorf("playground: scenario has %d steps; at most %d are allowed", len(sc.Steps), maxSteps)
	}
	size := 0
	//order:irrelevant lengths are added up
	for _, text := range sc.Files {
		size += len(text)
	}
	if size > maxStart {
		return fmt.Errorf("playground: scenario has %d bytes of files; at most %d are allowed", size, maxStart)
	}
	if err := sc.checkImages(); err != nil {
		return err
	}
	if err := orchestrate.Check(sc.Nodes); err != nil {
		return fmt.Errorf("playground: scenario: %w", err)
	}
	return nil
}
