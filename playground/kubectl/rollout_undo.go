package kubectl

import (
	"maps"
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func rolloutUndoVerb() *verb {
	return &verb{
		name: "rollout undo", types: true, usage: "(TYPE NAME | TYPE/NAME) [flags]",
		short:    "Go back to a template from before.",
		examples: []string{"kubectl rollout undo deployment/web", "kubectl rollout undo deployment/web --to-revision=3"},
		flags: rolloutFlags + ` output dry-run
to-revision|i0||The revision to go back to; 0 is the one before.`,
		run: rolloutUndo,
	}
}

func rolloutUndo(c *call) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.workloads()
	if err != nil {
		return err
	}
	for i := range list {
		in := &list[i]
		if in.obj.Meta().Annotations[lastApplied] != "" {
			c.err.WriteString("Warning: resource " + in.res.Plural + "/" + in.name() + " was previously managed with 'kubectl apply'. Rolling back will not update the " +
				lastApplied + " annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n")
		}
		what, err := c.undo(in, c.number("to-revision"), dry)
		if err != nil {
			c.fail(err, "")
			continue
		}
		if err := c.didTyped(in.res, in.obj, what, dry); err != nil {
			return err
		}
	}
	return nil
}

// keptAnnotations are those of the Deployment that going back does not change.
var keptAnnotations = []string{
	lastApplied, revisionKey, "deployment.kubernetes.io/revision-history", "deployment.kubernetes.io/desired-replicas",
	"deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
}

// undo brings an old template back and says what it did.
//
// Source: k8s.io/kubectl/pkg/polymorphichelpers, rollback.go.
func (c *call) undo(in *info, to int64, dry string) (string, error) {
	d, ok := in.obj.(*api.Deployment)
	if !ok {
		return "", usageError("no rollbacker has been implemented for " + quote(in.res.QualifiedKind()))
	}
	past := c.replicaSets(in)
	rs, err := goal(d, past, to)
	if err != nil {
		return "", err
	}
	template := rs.Spec.Template
	template.Labels = maps.Clone(template.Labels)
	delete(template.Labels, api.LabelPodTemplateHash)
	switch {
	case dry == "client":
		t := &description{}
		t.template(&rs.Spec.Template)
		return string(t.take()), nil
	case d.Spec.Paused:
		return "", usageError("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again")
	case schema.Same(template, withoutHash(d.Spec.Template)):
		return "skipped rollback (current template already matches revision " + strconv.FormatInt(revisionOf(rs), 10) + ")", nil
	}
	annotations := map[string]any{}
	//order:irrelevant each key is decided by itself
	for k, v := range d.Annotations {
		if slices.Contains(keptAnnotations, k) {
			annotations[k] = v
		}
	}
	//order:irrelevant each key is decided by itself
	for k, v := range rs.Annotations {
		if !slices.Contains(keptAnnotations, k) {
			annotations[k] = v
		}
	}
	rs, _ = api.DeepCopy(rs).(*api.ReplicaSet)
	rs.Spec.Template = template
	patch := []any{
		map[string]any{"op": "replace", "path": "/spec/template", "value": dig(schema.Tree(rs), "spec", "template")},
		map[string]any{"op": "replace", "path": "/metadata/annotations", "value": annotations},
	}
	if _, _, err := c.patchInfo(in, request.JSONPatch, patch, "", dry); err != nil {
		return "", usageError("failed restoring revision " + strconv.FormatInt(to, 10) + ": " + err.Error())
	}
	return "rolled back", nil
}

// goal is the ReplicaSet whose template is to come back: of a revision, or of the last but one.
func goal(d *api.Deployment, past []*api.ReplicaSet, to int64) (*api.ReplicaSet, error) {
	if to < 0 {
		return nil, usageError("unable to find specified revision " + strconv.FormatInt(to, 10) + " in history")
	}
	if to > 0 {
		if rs := find(past, to); rs != nil {
			return rs, nil
		}
		return nil, usageError("unable to find specified revision " + strconv.FormatInt(to, 10) + " in history")
	}
	if len(past) < 2 {
		return nil, usageError("no rollout history found for deployment " + quote(d.Name))
	}
	return past[len(past)-2], nil
}

func withoutHash(t api.PodTemplateSpec) api.PodTemplateSpec {
	t.Labels = maps.Clone(t.Labels)
	delete(t.Labels, api.LabelPodTemplateHash)
	return t
}
