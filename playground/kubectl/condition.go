package kubectl

import (
	"errors"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// condition is what to wait for: the argument of --for.
//
// Source: k8s.io/kubectl/pkg/cmd/wait.
type condition struct {
	kind  string // create, delete, condition or jsonpath
	name  string // of a condition
	path  *jsonPath
	value string // of a condition or jsonpath; a jsonpath with "" is met by any value
}

// parseConditions reads all of --for. That an object is created is always waited for first.
func parseConditions(texts []string) ([]condition, error) {
	var out []condition
	for _, text := range texts {
		c, err := parseCondition(text)
		if err != nil {
			return nil, err
		}
		if c.kind == "create" {
			out = slices.Insert(out, 0, c)
		} else {
			out = append(out, c)
		}
	}
	if out == nil {
		return nil, usageError("unrecognized condition: []")
	}
	return out, nil
}

func parseCondition(text string) (condition, error) {
	lower := strings.ToLower(text)
	if lower == "delete" || lower == "create" {
		return condition{kind: lower}, nil
	}
	if rest, ok := strings.CutPrefix(text, "condition="); ok {
		name, value, given := strings.Cut(rest, "=")
		if !given {
			value = "true"
		}
		return condition{kind: "condition", name: name, value: value}, nil
	}
	if rest, ok := strings.CutPrefix(text, "jsonpath="); ok {
		return parsePathCondition(rest)
	}
	return condition{}, usageError(fmt.Sprintf("unrecognized condition: %q", text))
}

func parsePathCondition(text string) (condition, error) {
	parts := splitSingle(text)
	if len(parts) > 2 {
		return condition{}, usageError("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'")
	}
	if parts[0] == "" {
		return condition{}, usageError("jsonpath expression cannot be empty")
	}
	relaxed, err := relaxedPath(parts[0])
	if err != nil {
		return condition{}, err
	}
	c := condition{kind: "jsonpath"}
	if len(parts) == 2 {
		if c.value = strings.Trim(parts[1], `'"`); c.value == "" {
			return condition{}, usageError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3")
		}
	}
	c.path, err = parseJSONPath(relaxed)
	return c, err
}

// splitSingle splits at each "=" that does not stand in a pair: "==" belongs to a filter.
func splitSingle(s string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '=' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '=' {
			i++
			continue
		}
		parts = append(parts, s[start:i])
		start = i + 1
	}
	return append(parts, s[start:])
}

// met tells whether an object, or its absence (nil), is what is waited for.
func (c *condition) met(o api.Object) (bool, error) {
	switch {
	case c.kind == "delete":
		return o == nil, nil
	case o == nil:
		return false, nil
	case c.kind == "create":
		return true, nil
	case c.kind == "jsonpath":
		return c.pathMet(o)
	}
	return c.statusMet(schema.Tree(o)), nil
}

func (c *condition) pathMet(o api.Object) (bool, error) {
	all, err := c.path.find(schema.Tree(o))
	switch {
	case err != nil:
		return false, err
	case len(all) == 0 || len(all[0]) == 0:
		return false, nil
	case len(all) > 1:
		return false, errors.New("given jsonpath expression matches more than one list")
	case len(all[0]) > 1:
		return false, errors.New("given jsonpath expression matches more than one value")
	case c.value == "":
		return true, nil
	}
	switch v := all[0][0].(type) {
	case map[string]any, []any:
		return false, errors.New("jsonpath leads to a nested object or list which is not supported")
	default:
		return strings.TrimSpace(fmt.Sprint(v)) == strings.TrimSpace(c.value), nil
	}
}

// statusMet looks at the condition of that name. One that was made for an older generation of the object does not count.
func (c *condition) statusMet(tree map[string]any) bool {
	status, _ := tree["status"].(map[string]any)
	meta, _ := tree["metadata"].(map[string]any)
	list, _ := status["conditions"].([]any)
	for _, item := range list {
		found, _ := item.(map[string]any)
		if name, _ := found["type"].(string); found == nil || !strings.EqualFold(name, c.name) {
			continue
		}
		generation, ok := meta["generation"].(int64)
		seen, known := found["observedGeneration"].(int64)
		if !known {
			seen, known = status["observedGeneration"].(int64)
		}
		if ok && known && seen < generation {
			return false
		}
		value, _ := found["status"].(string)
		return strings.EqualFold(value, c.value)
	}
	return false
}
