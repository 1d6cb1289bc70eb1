package request

import (
	"maps"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// The managers of an object that kubectl applied by itself before it let the server do so.
const (
	kubectlManager     = "kubectl"
	lastAppliedManager = "kubectl-last-applied"
)

// migrated hands over to kubectl that lets the server apply what kubectl applied by itself, so that what leaves the manifest leaves the
// object. The annotation with the last manifest is not part of that: it stays, for whoever goes back.
//
// Source: Kubernetes documentation, "Server-Side Apply", upgrading from client-side apply; k8s.io/client-go/util/csaupgrade.
func (a *applying) migrated(owners []owner) []owner {
	if a.manager != kubectlManager {
		return owners
	}
	var out []owner
	taken, annotation := &fieldSet{}, &fieldSet{}
	annotation.kid("f:metadata").kid("f:annotations").kid("f:" + lastApplied).own = true
	for _, o := range owners {
		if o.entry.Manager != clientSideApply || o.entry.Operation != "Update" || o.entry.Subresource != "" {
			out = append(out, o)
			continue
		}
		taken.add(o.fields.without(annotation))
		if kept := o.fields.both(annotation); !kept.empty() {
			o.entry.Manager, o.entry.Time, o.fields = lastAppliedManager, a.now, kept
			out = append(out, o)
		}
	}
	if taken.empty() {
		return out
	}
	for i := range out {
		if e := &out[i].entry; e.Manager == a.manager && e.Operation == "Apply" && e.Subresource == "" {
			out[i].fields.add(taken)
			return out
		}
	}
	return append(out, owner{
		api.ManagedFieldsEntry{Manager: a.manager, Operation: "Apply", APIVersion: a.res.APIVersion(), Time: a.now}, taken,
	})
}

// remember keeps the annotation with the last manifest up to date, where there is one.
//
// Source: k8s.io/apimachinery, managedfields/internal, lastappliedupdater.go.
func (a *applying) remember(tree map[string]any) error {
	annotations, _ := meta(tree)["annotations"].(map[string]any)
	if a.manager != kubectlManager || annotations[lastApplied] == nil {
		return nil
	}
	said := maps.Clone(a.config)
	about := maps.Clone(meta(said))
	if own, ok := about["annotations"].(map[string]any); ok {
		own = maps.Clone(own)
		delete(own, lastApplied)
		about["annotations"] = own
	}
	said["metadata"] = about
	b, err := schema.MarshalTree(said)
	if err == nil {
		annotations[lastApplied] = string(b) + "\n"
	}
	return err
}
