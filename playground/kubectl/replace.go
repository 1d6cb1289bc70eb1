package kubectl

import (
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func replaceVerb() *verb {
	return &verb{
		name:     "replace",
		short:    "Put manifests in the place of objects that exist.",
		usage:    "-f FILENAME [flags]",
		examples: []string{"kubectl replace -f pod.yaml", "kubectl replace --force -f pod.yaml"},
		flags:    `filename dry-run output save-config validate field-manager record subresource force grace-period timeout cascade wait raw recursive kustomize`,
		run: func(c *call) error {
			switch {
			case c.given("raw"):
				return c.raw("PUT")
			case !c.given("filename"):
				return usageError("must specify one of -f and -k")
			case len(c.args) > 0:
				return c.unexpected()
			}
			return c.manifests(c.replaceOne)
		},
	}
}

func (c *call) replaceOne(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	doing := `error when replacing "` + m.file + `"`
	obj, err := m.decoded()
	if err != nil {
		c.fail(err, doing)
		c.hintDocument(m)
		return nil
	}
	if c.text("subresource") != "" {
		return c.replacePart(m)
	}
	if c.on("save-config") {
		tree, err := m.configuration()
		if err != nil {
			return err
		}
		if obj, err = schema.FromTree(m.Resource, tree); err != nil {
			return err
		}
	}
	o := request.WriteOptions{DryRun: dry != "none"}
	if !c.on("force") {
		if obj, err = c.env.Server.Update(m.Resource, m.Namespace, m.Name, obj, o); err != nil {
			c.fail(err, doing)
			return nil
		}
		return c.did(m.Resource, obj, nil, "replaced", dry)
	}
	now := int64(0)
	if n := c.number("grace-period"); n > 0 {
		now = n
	}
	_, err = c.env.Server.Delete(m.Resource, m.Namespace, m.Name, request.DeleteOptions{GracePeriod: &now, DryRun: dry != "none"})
	if err == nil {
		c.out.WriteString(m.Resource.QualifiedSingular() + ` "` + m.Name + `" deleted` + fromNamespace(m.Resource, m.Namespace) + "\n")
	} else if !isNotFound(err) {
		return err
	}
	obj.Meta().ResourceVersion = 0
	if obj, err = c.env.Server.Create(m.Resource, m.Namespace, obj, o); err != nil {
		c.fail(err, doing)
		return nil
	}
	return c.did(m.Resource, obj, nil, "replaced", dry)
}

// fromNamespace says where an object was, for kinds that live in namespaces.
func fromNamespace(res *schema.Resource, namespace string) string {
	if !res.Namespaced {
		return ""
	}
	return " from " + namespace + " namespace"
}
