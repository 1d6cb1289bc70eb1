package kubectl

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

const (
	revisionKey    = "deployment.kubernetes.io/revision"
	changeCauseKey = "kubernetes.io/change-cause"
)

func rolloutHistoryVerb() *verb {
	return &verb{
		name: "rollout history", types: true, usage: "(TYPE NAME | TYPE/NAME) [flags]",
		short:    "List the templates a workload has had.",
		examples: []string{"kubectl rollout history deployment/web", "kubectl rollout history deployment/web --revision=3"},
		flags: rolloutFlags + ` output
revision|i0||Show the template of this revision.`,
		run: rolloutHistory,
	}
}

func rolloutHistory(c *call) error {
	revision := c.number("revision")
	if revision < 0 {
		return usageError("revision must be a positive integer: " + c.text("revision"))
	}
	list, err := c.workloads()
	if err != nil {
		return err
	}
	for i := range list {
		if err := c.historyOf(&list[i], revision); err != nil {
			c.fail(err, "")
		}
	}
	return nil
}

func (c *call) historyOf(in *info, revision int64) error {
	if in.res.Kind != api.KindDeployment {
		return usageError("no history viewer has been implemented for " + quote(in.res.QualifiedKind()))
	}
	past := c.replicaSets(in)
	rs := find(past, revision)
	if revision > 0 && rs == nil {
		return usageError("unable to find the specified revision")
	}
	if c.text("output") != "" {
		for _, p := range past {
			if revision > 0 && p != rs {
				continue
			}
			if err := c.didTyped(schema.ByKind(api.KindReplicaSet), p, "", "none"); err != nil {
				return err
			}
		}
		return nil
	}
	head := called(in.res, in.name()) + " "
	if revision > 0 {
		d := &description{}
		d.template(&rs.Spec.Template)
		c.out.WriteString(head + "with revision #" + strconv.FormatInt(revision, 10) + "\n" + string(d.take()) + "\n")
		return nil
	}
	c.out.WriteString(head + "\n" + historyTable(past) + "\n")
	return nil
}

// historyTable lists revisions and why they came about.
func historyTable(past []*api.ReplicaSet) string {
	if len(past) == 0 {
		return "No rollout history found."
	}
	rows := [][]string{{"REVISION", "CHANGE-CAUSE"}}
	for _, rs := range past {
		rows = append(rows, []string{strconv.FormatInt(revisionOf(rs), 10), cmp.Or(rs.Annotations[changeCauseKey], "<none>")})
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r[0] + strings.Repeat(" ", max(10-len(r[0]), 2)) + r[1] + "\n")
	}
	return b.String()
}

// replicaSets are those of a Deployment, by revision.
func (c *call) replicaSets(in *info) []*api.ReplicaSet {
	objs, err := c.env.Server.List(schema.ByKind(api.KindReplicaSet), in.namespace, request.ListOptions{})
	if err != nil {
		return nil
	}
	var out []*api.ReplicaSet
	for _, o := range objs {
		rs, ok := o.(*api.ReplicaSet)
		owned := ok && slices.ContainsFunc(rs.OwnerReferences, func(r api.OwnerReference) bool {
			return r.UID == in.obj.Meta().UID && r.Controller != nil && *r.Controller
		})
		if owned {
			out = append(out, rs)
		}
	}
	sorting.Stable(out, func(a, b *api.ReplicaSet) int { return cmp.Compare(revisionOf(a), revisionOf(b)) })
	return out
}

// revisionOf is the revision a Deployment gave a ReplicaSet; 0 if it gave none.
func revisionOf(rs *api.ReplicaSet) int64 {
	n, err := strconv.ParseInt(rs.Annotations[revisionKey], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// find is the ReplicaSet of a revision; nil if there is none.
func find(past []*api.ReplicaSet, revision int64) *api.ReplicaSet {
	for _, rs := range past {
		if revisionOf(rs) == revision {
			return rs
		}
	}
	return nil
}
