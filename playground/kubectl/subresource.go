package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// part is an object's part as the API has it, or as a body makes it: GET without a body, PUT with one.
func (c *call) part(res *schema.Resource, namespace, name string, body any) (map[string]any, error) {
	path := "/apis/" + res.APIVersion()
	if res.Group == "" {
		path = "/api/" + res.Version
	}
	if res.Namespaced {
		path += "/namespaces/" + namespace
	}
	ask := request.Call{Method: "GET", Path: path + "/" + res.Plural + "/" + name + "/" + c.text("subresource"), Accept: "application/json"}
	if body != nil {
		text, err := schema.MarshalTree(body)
		if err != nil {
			return nil, err
		}
		ask.Method, ask.Body, ask.ContentType = "PUT", text, "application/json"
	}
	answer := c.env.Server.Serve(ask)
	if answer.Code >= 300 {
		return nil, refused(answer)
	}
	v, err := schema.ReadTree(answer.Body, "answer")
	tree, _ := v.(map[string]any)
	return tree, err
}

// partName is how kubectl calls a part: scale.autoscaling/web, and otherwise as the object.
func partName(res *schema.Resource, name string, part map[string]any) string {
	if digText(part, "kind") == "Scale" {
		return "scale.autoscaling/" + name
	}
	return called(res, name)
}

// getScale is get --subresource=scale; false of any other part, which the whole object shows.
func (c *call) getScale(p *printer, list []target) (bool, error) {
	rows := [][]string{{"NAME", "DESIRED", "AVAILABLE", "AGE"}}
	var parts []any
	for _, t := range list {
		if t.name == "" {
			return true, usageError("subresource cannot be used when bulk resources are specified")
		}
		part, err := c.part(t.res, c.namespace(), t.name, nil)
		if err != nil {
			c.fail(err, "")
			continue
		}
		if digText(part, "kind") != "Scale" {
			return false, nil
		}
		parts = append(parts, part)
		age := "<unknown>"
		if o, err := c.env.Server.Get(t.res, c.namespace(), t.name); err == nil {
			age = request.Age(o.Meta().CreationTimestamp, api.Time(c.env.Server.Now().Unix()))
		}
		rows = append(rows, []string{t.name, itoa(int(digInt(part, "spec", "replicas"))), itoa(int(digInt(part, "status", "replicas"))), age})
	}
	switch {
	case len(parts) == 0:
		return true, nil
	case p.format == "name":
		for _, row := range rows[1:] {
			c.out.WriteString("scale.autoscaling/" + row[0] + "\n")
		}
		return true, nil
	case p.people():
		if c.on("no-headers") {
			rows = rows[1:]
		}
		(&grid{}).write(&c.out, rows)
		return true, nil
	case len(parts) == 1:
		return true, p.printTree(&c.out, parts[0])
	}
	return true, p.printTree(&c.out, map[string]any{"apiVersion": "v1", "kind": "List", "items": parts, "metadata": map[string]any{"resourceVersion": ""}})
}

// replacePart is replace --subresource.
func (c *call) replacePart(m *manifest) error {
	part, err := c.part(m.Resource, m.Namespace, m.Name, m.Tree)
	if err != nil {
		c.fail(err, `error when replacing "`+m.file+`"`)
		return nil
	}
	return c.didPart(m.Resource, m.Name, part, "replaced")
}

// didPart reports what became of a part.
func (c *call) didPart(res *schema.Resource, name string, part map[string]any, what string) error {
	if out := c.text("output"); out != "" && out != "name" {
		p, err := newPrinter(c)
		if err != nil {
			return err
		}
		return p.printTree(&c.out, part)
	}
	c.out.WriteString(partName(res, name, part))
	if c.text("output") == "" {
		c.out.WriteString(" " + what)
	}
	c.out.WriteByte('\n')
	return nil
}

// editPart is edit --subresource: it gives a part to the editor, or takes what the editor made of it.
func (c *call) editPart(in *info) error {
	part, err := c.part(in.res, in.namespace, in.name(), nil)
	if err != nil {
		return err
	}
	before, err := schema.MarshalYAMLTree(withoutManaged(part))
	switch {
	case err != nil:
		return err
	case c.env.Stdin == nil:
		*c.env.Editor = editHead + string(before)
		return nil
	}
	text := withoutRemarks(string(c.env.Stdin))
	if strings.TrimSpace(text) == strings.TrimSpace(string(before)) {
		c.err.WriteString("Edit cancelled, no changes made.\n")
		return nil
	}
	v, err := schema.ReadTree([]byte(text), "edited-file")
	tree, ok := v.(map[string]any)
	if err != nil || !ok {
		return usageError("error: The edited file had a syntax error: " + text)
	}
	if part, err = c.part(in.res, in.namespace, in.name(), tree); err != nil {
		return err
	}
	return c.didPart(in.res, in.name(), part, "edited")
}
