package kubectl

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Finding is one thing that apply would refuse, and where in the manifest it stands.
type Finding struct {
	// Line and Column count from 1; Column is 0 if it is not known.
	Line, Column int
	// Text is kubectl's; Hint is how to mend it, or empty.
	Text, Hint string
}

// Check is what apply would refuse in a manifest, document by document. Nothing in the world changes.
func Check(env *Env, text string) []Finding {
	v := applyVerb()
	f, err := parseFlags(v.specs(), []string{"--dry-run=server"})
	if err != nil {
		panic("kubectl: bug: " + err.Error())
	}
	c := checker{call: &call{flags: f, env: env, verb: v}, makes: map[string]bool{}}
	docs, err := schema.Decode([]byte(text), "STDIN")
	for i := range docs {
		c.document(&manifest{docs[i], "STDIN"})
	}
	if syntax, ok := errors.AsType[*schema.SyntaxError](err); ok {
		c.found = append(c.found, Finding{syntax.Line, syntax.Column, syntax.Cause, syntax.Hint})
	}
	return c.found
}

type checker struct {
	*call
	found []Finding
	makes map[string]bool // the namespaces of the manifest itself
}

func (c *checker) document(m *manifest) {
	if err := c.checked(m, c.applyOne); err != nil {
		c.fail(err, "")
	}
	for i := range c.failures {
		c.find(m, &c.failures[i])
	}
	c.failures = nil
	if m.Kind == api.KindNamespace.String() {
		c.makes[m.Name] = true
	}
}

// find gives a failure its place.
func (c *checker) find(m *manifest, f *failure) {
	status, known := errors.AsType[*api.StatusError](f.err)
	switch {
	case m.Err != nil:
		c.problem(*m.Err)
	case len(m.Strict) > 0:
		for _, p := range m.Strict {
			c.problem(p)
		}
	case known && status.Status.Details != nil && len(status.Status.Details.Causes) > 0:
		for _, cause := range status.Status.Details.Causes {
			line, column := m.Locate(cause.Field)
			c.found = append(c.found, Finding{Line: line, Column: column, Text: causeText(cause)})
		}
	case known && status.Status.Reason == api.StatusNotFound && c.makes[m.Namespace]:
		// A document further up makes the namespace: by then it is there.
	default:
		at := "kind"
		if known {
			at = "metadata.name"
		}
		line, column := m.Locate(at)
		text := strings.TrimSuffix(strings.TrimPrefix(f.text(true), "error: "), "\n")
		_, hint, _ := strings.Cut(strings.TrimSuffix(f.hints, "\n"), ": ")
		c.found = append(c.found, Finding{line, column, text, hint})
	}
}

func (c *checker) problem(p schema.Problem) {
	f := Finding{Line: p.Line, Column: p.Column, Text: p.Message}
	if p.Nearest != "" {
		f.Hint = "did you mean " + p.Nearest + "?"
	}
	c.found = append(c.found, f)
}
