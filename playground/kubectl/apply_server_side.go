package kubectl

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

// checkServerSide tells which flags do not go together.
func (c *call) checkServerSide() error {
	switch {
	case c.on("force-conflicts") && !c.on("server-side"):
		return usageError("--force-conflicts only works with --server-side")
	case c.on("server-side") && c.text("dry-run") == "client":
		return usageError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
	}
	return nil
}

// conflictAdvice is what kubectl says below a conflict.
const conflictAdvice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the ` + "`--force-conflicts`" + ` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

// applyServerSide sends a manifest as it is and lets the server merge it.
func (c *call) applyServerSide(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	c.spaces = append(c.spaces, m.Namespace)
	if m.Name == "" {
		c.fail(m.unnamed(), "")
		return nil
	}
	manager := "kubectl"
	if c.given("field-manager") {
		manager = c.text("field-manager")
	}
	o, err := c.env.Server.Patch(m.Resource, m.Namespace, m.Name, request.Patch{Type: request.ApplyPatch, Tree: m.placed()}, request.WriteOptions{
		DryRun: dry == "server", FieldManager: manager, Force: c.on("force-conflicts"), FieldValidation: "Strict",
	})
	if err != nil {
		if s, ok := err.(*api.StatusError); ok && s.Status.Reason == api.StatusConflict {
			err = usageError(s.Status.Message + conflictAdvice)
		}
		c.fail(err, "")
		return nil
	}
	return c.applyDid(m, o, nil, "serverside-applied", dry)
}
