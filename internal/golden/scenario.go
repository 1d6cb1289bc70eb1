package golden

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Scenario is one recording: what was done and what came of it.
type Scenario struct {
	// Name is that of its folder, Area what it is about.
	Name, Area string
	// Dir is the folder with its manifests.
	Dir string
	// Nodes are the machines there are at the start.
	Nodes []nodeSpec
	// PodView says how pods are written down: group, placement or each.
	PodView string
	// Steps are what is done, and Expected what was recorded of each.
	Steps    []step
	Expected []expected
}

type nodeSpec struct {
	Name   string            `json:"name"`
	CPU    string            `json:"cpu"`
	Memory string            `json:"mem"`
	Pods   int               `json:"pods"`
	Labels map[string]string `json:"labels"`
	Taints []any             `json:"taints"`
}

// step is one line of steps.json. Which fields are set depends on Op.
type step struct {
	Op          string   `json:"op"`
	File        string   `json:"file"`
	Args        []string `json:"args"`
	NoNamespace bool     `json:"nons"`
	User        string   `json:"user"`
	Sort        bool     `json:"sort"`
	Record      *bool    `json:"record"`

	Method      string          `json:"method"`
	Path        string          `json:"path"`
	Body        json.RawMessage `json:"body"`
	ContentType string          `json:"contentType"`
	Show        []string        `json:"show"`

	Pod   string   `json:"pod"`
	Docs  []string `json:"docs"`
	Text  string   `json:"text"`
	Count int      `json:"count"`
	Pods  string   `json:"pods"`
	Code  *int32   `json:"code"`

	Action string    `json:"action"`
	Name   string    `json:"name"`
	Node   *nodeSpec `json:"node"`

	Seconds  float64  `json:"seconds"`
	Minutes  int      `json:"minutes"`
	Kinds    []string `json:"kinds"`
	Regex    string   `json:"regex"`
	Timeout  float64  `json:"timeout"`
	Settle   *float64 `json:"settle"`
	NoSettle bool     `json:"nosettle"`
	Note     string   `json:"note"`
}

// expected is what was recorded of one step; what is nil was not.
type expected struct {
	Result    any                       `json:"result"`
	State     map[string]any            `json:"state"`
	Trace     []string                  `json:"trace"`
	PodCounts map[string]map[string]any `json:"podCounts"`
}

// Load reads one recording of the ordinary form.
func Load(dir string) (*Scenario, error) {
	var in struct {
		Name    string     `json:"name"`
		Area    string     `json:"area"`
		Nodes   []nodeSpec `json:"nodes"`
		PodView string     `json:"podView"`
		Steps   []step     `json:"steps"`
	}
	var out struct {
		Area  string     `json:"area"`
		Steps []expected `json:"steps"`
	}
	if err := readJSON(filepath.Join(dir, "steps.json"), &in); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, "expected.json"), &out); err != nil {
		return nil, err
	}
	if len(in.Steps) != len(out.Steps) {
		return nil, fmt.Errorf("%s: %d steps, but %d are recorded", dir, len(in.Steps), len(out.Steps))
	}
	area := out.Area
	if area == "" {
		area = in.Area
	}
	return &Scenario{
		Name: filepath.Base(dir), Area: area, Dir: dir, Nodes: in.Nodes, PodView: in.PodView, Steps: in.Steps, Expected: out.Steps,
	}, nil
}

func readJSON(name string, into any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// plain is any value the way JSON reads it, so that values from anywhere can be compared.
func plain(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		return err.Error()
	}
	return out
}
