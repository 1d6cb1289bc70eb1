package kubectl

import (
	"strings"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func explainVerb() *verb {
	return &verb{
		name: "explain", types: true,
		short:    "Say what the fields of a kind are for.",
		usage:    "TYPE[.FIELD...] [flags]",
		examples: []string{"kubectl explain pods", "kubectl explain pod.spec.containers", "kubectl explain deployment.spec.strategy --recursive"},
		flags: `
recursive,R|b||The fields of the fields too, without what they are for.
max-depth|i0||How deep --recursive goes; 0 is to the ground.
api-version|s||The group and version of the kind, for example apps/v1.
output,o|splaintext|plaintext|How to print it: plaintext.`,
		run: explain,
	}
}

// Source of the form: k8s.io/kubectl/pkg/explain/v2, plaintext.tmpl.
func explain(c *call) error {
	switch {
	case len(c.args) == 0:
		return usageError("You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of supported resources.")
	case len(c.args) > 1:
		return usageError("We accept only this format: explain RESOURCE")
	case c.text("output") != "plaintext" && c.text("output") != "plaintext-openapiv2":
		return usageError("unrecognized format: " + c.text("output"))
	}
	res, path, err := explained(c.args[0])
	if err != nil {
		return err
	}
	if v := c.text("api-version"); v != "" && v != res.APIVersion() {
		if !strings.Contains(v, "/") {
			v = "/" + v
		}
		return usageError("couldn't find resource for \"" + v + ", Resource=" + res.Plural + "\"")
	}
	f, missing, near := schema.Explain(res, path)
	if missing != "" {
		text := "field \"" + missing + "\" does not exist"
		if near != "" {
			text += "\nDid you mean " + near + "?"
		}
		return usageError(text)
	}
	if res.Group != "" {
		c.out.WriteString("GROUP:      " + res.Group + "\n")
	}
	c.out.WriteString("KIND:       " + res.Kind.String() + "\nVERSION:    " + res.Version + "\n\n")
	if len(path) > 0 {
		c.out.WriteString("FIELD: " + f.Name + " <" + f.Type + ">" + required(f) + "\n")
		if len(f.Values) > 0 {
			c.out.WriteString("ENUM:\n    " + strings.Join(f.Values, "\n    ") + "\n")
		} else {
			c.out.WriteString("\n")
		}
		c.out.WriteString("\n")
	}
	c.out.WriteString("DESCRIPTION:\n" + wrapped(orNoText(f.Text), 4) + "    \n")
	if fields := f.Fields(); len(fields) > 0 {
		c.out.WriteString("FIELDS:\n")
		c.explainFields(fields, 1)
	}
	c.out.WriteString("\n")
	return nil
}

// explained splits pods.spec.containers, and deployments.v1.apps.spec, into the kind and the path.
func explained(word string) (*schema.Resource, []string, error) {
	parts := strings.Split(strings.TrimSuffix(word, "."), ".")
	for n := min(len(parts), 6); n > 1; n-- {
		if r := schema.Find(strings.Join(parts[:n], ".")); r != nil {
			return r, parts[n:], nil
		}
	}
	r, err := findResource(parts[0])
	return r, parts[1:], bare(err)
}

func orNoText(text string) string {
	if text == "" {
		return "<no description>"
	}
	return text
}

func required(f schema.Field) string {
	if f.Required {
		return " -required-"
	}
	return ""
}

// explainFields writes fields and what they are for, or all fields below them.
func (c *call) explainFields(fields []schema.Field, level int) {
	indent := strings.Repeat("  ", level)
	for _, f := range fields {
		c.out.WriteString(indent + f.Name + "\t<" + f.Type + ">" + required(f) + "\n")
		if len(f.Values) > 0 {
			shown := strings.Join(f.Values[:min(4, len(f.Values))], ", ")
			if len(f.Values) > 4 {
				shown += ", ...."
			}
			c.out.WriteString(indent + "enum: " + shown + "\n")
		}
		if !c.on("recursive") {
			c.out.WriteString(wrapped(orNoText(f.Text), 4) + "\n")
			continue
		}
		if most := c.number("max-depth"); most == 0 || int64(level) < most {
			c.explainFields(f.Fields(), level+1)
		}
	}
}

// width is how many columns what is for people may take.
const width = 80

// wrapped breaks a text into lines of at most 80 columns, each with an indent; a word that is longer is broken too.
func wrapped(text string, indent int) string {
	var b strings.Builder
	space, room := strings.Repeat(" ", indent), width-indent
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > room {
			b.WriteString(space + line + "\n")
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
		for runes := []rune(line); len(runes) > room; runes = []rune(line) {
			b.WriteString(space + string(runes[:room]) + "\n")
			line = string(runes[room:])
		}
	}
	b.WriteString(space + line + "\n")
	return b.String()
}
