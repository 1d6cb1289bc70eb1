package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// templateError is kubectl's report of a template that failed: several lines, with what it was given.
type templateError string

func (e templateError) Error() string { return string(e) }

// longestDump is how much is shown of the object that a template failed on. Kubectl shows all, which of a thousand pods are megabytes.
const longestDump = 64_000

// execute writes the results: those of one part separated by spaces, objects and lists as JSON. Its error is kubectl's,
// which shows the template and the object for debugging.
func (p *jsonPath) execute(w *strings.Builder, data any) error {
	all, err := p.find(data)
	if err != nil {
		given := fmt.Sprintf("%#v", schema.Plain(data))
		if len(given) > longestDump {
			given = given[:longestDump] + "..."
		}
		return templateError(fmt.Sprintf("error executing jsonpath %q: Error executing template: %v. Printing more information for debugging the template:\n"+
			"\ttemplate was:\n\t\t%s\n\tobject given to jsonpath engine was:\n\t\t%s\n\n\n", p.source, err, p.source, given))
	}
	for _, results := range all {
		for i, r := range results {
			if i > 0 {
				w.WriteByte(' ')
			}
			text, err := pathValue(r)
			if err != nil {
				return err
			}
			w.WriteString(text)
		}
	}
	return nil
}

func pathValue(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "null", nil
	case map[string]any, []any, *schema.Object:
		b, err := schema.MarshalTree(v)
		return string(b), err
	}
	return fmt.Sprint(v), nil
}
