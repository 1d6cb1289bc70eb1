package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func setResourcesVerb() *verb {
	return &verb{
		name: "set resources", types: true,
		short:    "Change what containers request and are limited to.",
		usage:    "(-f FILENAME | TYPE NAME | TYPE/NAME) ([--limits=LIMITS] [--requests=REQUESTS]) [flags]",
		examples: []string{"kubectl set resources deployment web --limits=cpu=200m,memory=512Mi --requests=cpu=100m,memory=256Mi"},
		flags: setFlags + ` containers
limits|s||The limits, for example cpu=200m,memory=512Mi; 0 removes one.
requests|s||The requests, in the same form.`,
		run: setResources,
	}
}

func setResources(c *call) error {
	if len(c.args) == 0 && !c.given("filename") {
		return usageError(missingResource)
	}
	if c.text("limits") == "" && c.text("requests") == "" {
		return usageError("you must specify an update to requests or limits (in the form of --requests/--limits)")
	}
	lists := map[string]map[string]any{}
	for _, which := range []string{"limits", "requests"} {
		list, err := resourceList(c.text(which))
		if err != nil {
			return err
		}
		lists[which] = list
	}
	return c.setEach(c.args, "resource requirements updated", func(_ *info, spec map[string]any) error {
		found := containersOf(spec, c.text("containers"))
		if len(found) == 0 {
			return usageError("unable to find container named " + c.text("containers"))
		}
		for _, con := range found {
			have, _ := con["resources"].(map[string]any)
			if have == nil {
				have = map[string]any{}
				con["resources"] = have
			}
			for _, which := range []string{"limits", "requests"} {
				merge(have, which, lists[which])
			}
		}
		return nil
	})
}

// merge puts quantities into a list of resources; one of 0 removes.
func merge(have map[string]any, which string, list map[string]any) {
	if len(list) == 0 {
		return
	}
	old, _ := have[which].(map[string]any)
	if old == nil {
		old = map[string]any{}
	}
	//order:irrelevant each key is decided by itself
	for k, v := range list {
		if v == "0" {
			delete(old, k)
		} else {
			old[k] = v
		}
	}
	have[which] = old
}

// resourceList reads cpu=200m,memory=512Mi.
func resourceList(text string) (map[string]any, error) {
	out := map[string]any{}
	if text == "" {
		return out, nil
	}
	for pair := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return nil, usageError("invalid argument syntax " + pair + ", expected <resource>=<value>")
		}
		q, err := api.ParseQuantity(value)
		if err != nil {
			return nil, err
		}
		out[name] = q.String()
	}
	return out, nil
}
