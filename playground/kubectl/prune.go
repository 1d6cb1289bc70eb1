package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// pruned are the kinds that apply --prune goes through where --prune-allowlist names none; those that are not here are left out.
//
// Source: k8s.io/kubectl/pkg/util/prune.
var pruned = []string{
	"ConfigMap", "Endpoints", "Namespace", "PersistentVolumeClaim", "PersistentVolume", "Pod", "ReplicationController", "Secret", "Service",
	"Job", "CronJob", "Ingress", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet",
}

// checkPrune tells which flags of --prune do not go together, and finds the kinds it goes through.
func (c *call) checkPrune() (kinds []*schema.Resource, err error) {
	if !c.on("prune") {
		return nil, nil
	}
	switch {
	case c.on("server-side"):
		return nil, usageError("--prune is in alpha and doesn't currently work on objects created by server-side apply")
	case c.on("all") && c.given("selector"):
		return nil, usageError("cannot set --all and --selector at the same time")
	case !c.on("all") && c.text("selector") == "":
		return nil, usageError("all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector")
	}
	words, given := c.list("prune-allowlist"), c.given("prune-allowlist")
	if !given {
		words = pruned
	}
	for _, word := range words {
		parts := strings.Split(word, "/")
		if given && len(parts) != 3 {
			return nil, usageError("invalid GroupVersionKind format: " + word + ", please follow <group/version/kind>")
		}
		kind := parts[len(parts)-1]
		i := slices.IndexFunc(schema.Resources(), func(r *schema.Resource) bool { return r.Kind.String() == kind && r.Kind != api.KindEndpoints })
		if i >= 0 {
			kinds = append(kinds, schema.Resources()[i])
		} else if given {
			return nil, usageError(`no matches for kind "` + kind + `" in version "` + strings.TrimPrefix(parts[0]+"/"+parts[1], "core/") + `"`)
		}
	}
	return kinds, nil
}

// prune deletes what was applied once, is selected, and was not applied now.
func (c *call) prune(kinds []*schema.Resource) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	for _, res := range kinds {
		spaces := c.spaces
		if !res.Namespaced {
			spaces = []string{""}
		}
		for _, space := range spaces {
			objs, err := c.env.Server.List(res, space, request.ListOptions{LabelSelector: c.text("selector")})
			if err != nil {
				return err
			}
			for _, o := range objs {
				m := o.Meta()
				if m.Annotations[lastApplied] == "" || slices.Contains(c.seen, m.UID) {
					continue
				}
				if dry == "none" {
					if _, err := c.env.Server.Delete(res, m.Namespace, m.Name, request.DeleteOptions{}); err != nil {
						return err
					}
				}
				if err := c.did(res, o, nil, "pruned", dry); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// selected tells whether apply -l means a manifest.
func (c *call) selected(m *manifest) (bool, error) {
	text := c.text("selector")
	if text == "" {
		return true, nil
	}
	s, err := labels.Parse(text)
	if err != nil {
		return false, err
	}
	return m.Object != nil && s.Matches(labels.Set(m.Object.Meta().Labels)), nil
}
