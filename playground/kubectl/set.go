package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func setVerb() *verb {
	return &verb{
		name:     "set",
		short:    "Change one feature of a workload: its images, its environment, its resources.",
		usage:    "image|env|resources|selector|serviceaccount|subject ... [flags]",
		examples: []string{"kubectl set image deployment/web nginx=nginx:1.29", "kubectl set env deployment/web LEVEL=debug", "kubectl set resources deployment web --limits=cpu=200m"},
		subs: func() []*verb {
			return []*verb{setImageVerb(), setEnvVerb(), setResourcesVerb(), setAccountVerb(), setSelectorVerb(), setSubjectVerb()}
		},
		run: subcommands,
	}
}

// setFlags are those of every set.
const setFlags = "filename selector dry-run output all field-manager record local recursive kustomize"

// podSpecPath is where an object keeps the spec of its pods; nil if it has none.
func podSpecPath(res *schema.Resource) []string {
	switch res.Kind.String() {
	case "Pod":
		return []string{"spec"}
	case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController":
		return []string{"spec", "template", "spec"}
	case "CronJob":
		return []string{"spec", "jobTemplate", "spec", "template", "spec"}
	}
	return nil
}

// templateChange changes the spec of an object's pods, a tree that belongs to it, and says what is wrong.
type templateChange func(i *info, spec map[string]any) error

// setEach changes the pods of every object that is meant and reports it.
func (c *call) setEach(words []string, what string, change templateChange) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.infos(words)
	if err != nil {
		return err
	}
	for i := range list {
		if err := c.setOne(&list[i], what, dry, change); err != nil {
			c.fail(err, "")
		}
	}
	return nil
}

func (c *call) setOne(i *info, what, dry string, change templateChange) error {
	path := podSpecPath(i.res)
	if path == nil {
		return usageError("error: " + i.res.Plural + "/" + i.name() + " the object is not a pod or does not have a pod template: *v1." + i.res.Kind.String())
	}
	tree := schema.Tree(i.obj)
	spec, _ := dig(tree, path...).(map[string]any)
	if err := change(i, spec); err != nil {
		return err
	}
	next, err := schema.FromTree(i.res, tree)
	if err != nil {
		return err
	}
	if schema.Same(next, i.obj) {
		return nil // kubectl has nothing to send then, and nothing to say
	}
	if dry != "client" && !c.on("local") {
		// kubectl sends the difference as a strategic patch, which comes to the same.
		next.Meta().ResourceVersion = 0
		next, err = c.env.Server.Update(i.res, i.namespace, i.name(), next, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()})
		if err != nil {
			return patchRefused(err)
		}
	}
	return c.did(i.res, next, nil, what, dry)
}

// patchRefused is an error of the server in the words of set and rollout.
func patchRefused(err error) error {
	if s, ok := err.(*api.StatusError); ok {
		return usageError("failed to patch: " + s.Status.Message)
	}
	return err
}

// containersOf are the containers of a pod spec that a word means: a name, "*" for all, or a prefix that ends in "*".
func containersOf(spec map[string]any, word string) []map[string]any {
	var out []map[string]any
	for _, list := range []string{"initContainers", "containers"} {
		for _, item := range digList(spec, list) {
			con, _ := item.(map[string]any)
			if matchesName(word, digText(con, "name")) {
				out = append(out, con)
			}
		}
	}
	return out
}

func matchesName(word, name string) bool {
	if prefix, ok := strings.CutSuffix(word, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return word == name
}
