package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func setSelectorVerb() *verb {
	return &verb{
		name: "set selector", types: true,
		short:    "Change which pods a service selects.",
		usage:    "(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [flags]",
		examples: []string{"kubectl set selector service web app=web,tier=front"},
		flags:    setFlags + "\nresource-version|s||Only if the object still has this version.",
		run:      setSelector,
	}
}

// setSelector puts a new selector in the place of the old one.
//
// Source: k8s.io/kubectl/pkg/cmd/set, set_selector.go.
func setSelector(c *call) error {
	if len(c.args) == 0 {
		return usageError("one selector is required")
	}
	words, text := c.args[:len(c.args)-1], c.args[len(c.args)-1]
	if !strings.Contains(text, "=") {
		return usageError("one or more selectors must be specified as <key>=<value>")
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	selector, err := labels.ParseLabelSelector(text)
	if err != nil {
		return err
	}
	if len(selector.MatchExpressions) > 0 {
		return usageError("a service selects by equal labels only, not by " + text)
	}
	want := map[string]any{}
	//order:irrelevant a copy
	for k, v := range selector.MatchLabels {
		want[k] = v
	}
	list, err := c.infos(words)
	if err != nil {
		return err
	}
	for i := range list {
		in := &list[i]
		svc, ok := in.obj.(*api.Service)
		if !ok {
			c.fail(usageError("error: cannot update selector for "+in.res.Plural+"/"+in.name()+": setting a selector is only supported for Services"), "")
			continue
		}
		patch := map[string]any{"spec": map[string]any{"selector": replacing(svc.Spec.Selector, want)}}
		obj, _, err := c.patchInfo(in, request.MergePatch, c.withVersion(patch), "", dry)
		if err != nil {
			return patchRefused(err)
		}
		if err := c.did(in.res, obj, nil, "selector updated", dry); err != nil {
			return err
		}
	}
	return nil
}

// replacing is the merge patch that turns a map into another.
func replacing(have map[string]string, want map[string]any) map[string]any {
	//order:irrelevant each key is decided by itself
	for k := range have {
		if _, stays := want[k]; !stays {
			want[k] = nil
		}
	}
	return want
}

func setSubjectVerb() *verb {
	return &verb{
		name: "set subject", types: true,
		short: "Change whom a binding is for; there are no bindings here.",
		usage: "(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [flags]",
		flags: setFlags + `
user|s||The user.
group|s||The group.
serviceaccount|s||The service account.`,
		run: func(c *call) error {
			list, err := c.infos(c.args)
			if err == nil && len(list) > 0 {
				err = usageError("setting subject is only supported for RoleBinding/ClusterRoleBinding")
			}
			return err
		},
	}
}
