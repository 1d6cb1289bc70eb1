package kubectl

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func setEnvVerb() *verb {
	return &verb{
		name: "set env", types: true,
		short:    "Change the environment of containers.",
		usage:    "TYPE/NAME KEY_1=VAL_1 ... KEY_N- [flags]",
		examples: []string{"kubectl set env deployment/web LEVEL=debug", "kubectl set env deploy web LEVEL-", "kubectl set env --from=configmap/settings deployment/web", "kubectl set env deploy web --list"},
		flags: setFlags + ` containers
env,e|a||A variable, KEY=value.
from|s||A configmap or secret whose keys become variables: configmap/NAME.
prefix|s||Put this in front of the names that --from gives.
keys|l||Only these keys of --from.
list|b||Show the variables instead of changing them.
overwrite|btrue||Change variables that have a value already.
resolve|L`,
		run: setEnv,
	}
}

func setEnv(c *call) error {
	words, changes, err := splitChanges(c.args, "environment")
	if err != nil {
		return err
	}
	changes = append(changes, c.list("env")...)
	if len(words) == 0 && !c.given("filename") {
		return usageError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
	}
	if c.on("list") {
		return c.listEnv(words)
	}
	var from []any
	if c.given("from") {
		if from, err = c.envFrom(c.text("from")); err != nil {
			return err
		}
	}
	for _, change := range changes {
		key, _, set := strings.Cut(change, "=")
		if set && slices.Contains(changes, key+"-") {
			return usageError("can not both modify and remove the same environment variable in the same command")
		}
	}
	return c.setEach(words, "env updated", func(i *info, spec map[string]any) error {
		found := containersOf(spec, c.text("containers"))
		if len(found) == 0 {
			c.err.WriteString("Warning: " + i.res.Kind.String() + "/" + i.name() + " does not have any containers matching " + quote(c.text("containers")) + "\n")
			return nil
		}
		for _, con := range found {
			if err := c.changeEnv(con, changes, from); err != nil {
				return err
			}
		}
		return nil
	})
}

// changeEnv changes the variables of one container.
func (c *call) changeEnv(con map[string]any, changes []string, from []any) error {
	env := digList(con, "env")
	put := func(entry map[string]any) {
		at := slices.IndexFunc(env, func(v any) bool { return dig(v, "name") == entry["name"] })
		if at >= 0 {
			env[at] = entry
		} else {
			env = append(env, entry)
		}
	}
	for _, change := range changes {
		key, value, set := strings.Cut(change, "=")
		if !set {
			key = strings.TrimSuffix(change, "-")
			env = slices.DeleteFunc(env, func(v any) bool { return dig(v, "name") == key })
			continue
		}
		if !c.on("overwrite") {
			for _, v := range env {
				if dig(v, "name") == key {
					return usageError("'" + key + "' already has a value (" + digText(v, "value") + "), and --overwrite is false")
				}
			}
		}
		put(map[string]any{"name": key, "value": value})
	}
	for _, entry := range from {
		m, _ := entry.(map[string]any)
		put(m)
	}
	if con["env"] = env; len(env) == 0 {
		delete(con, "env")
	}
	return nil
}

// envFrom are the variables that refer to the keys of a configmap or secret.
func (c *call) envFrom(word string) ([]any, error) {
	list, err := pairTargets([]string{word})
	if err != nil {
		return nil, err
	}
	t := list[0]
	ref := map[string]string{"ConfigMap": "configMapKeyRef", "Secret": "secretKeyRef"}[t.res.Kind.String()]
	if ref == "" {
		return nil, usageError("unsupported resource specified in --from")
	}
	o, err := c.env.Server.Get(t.res, c.namespace(), t.name)
	if err != nil {
		return nil, err
	}
	data, _ := dig(schema.Tree(o), "data").(map[string]any)
	var out []any
	for _, key := range slices.Sorted(maps.Keys(data)) {
		if keys := c.list("keys"); len(keys) > 0 && !slices.Contains(keys, key) {
			continue
		}
		if name := envName(key); name != key {
			c.err.WriteString("Warning: key " + key + " transferred to " + name + "\n")
		}
		out = append(out, map[string]any{
			"name": envName(c.text("prefix") + key), "valueFrom": at(map[string]any{"name": t.name, "key": key}, ref),
		})
	}
	return out, nil
}

// envName is a key as the name of a variable: upper case, with _ for what a name may not have.
func envName(key string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, strings.ToUpper(key))
}

func (c *call) listEnv(words []string) error {
	list, err := c.infos(words)
	if err != nil {
		return err
	}
	for i := range list {
		spec, _ := dig(schema.Tree(list[i].obj), podSpecPath(list[i].res)...).(map[string]any)
		for _, con := range containersOf(spec, c.text("containers")) {
			c.out.WriteString("# " + list[i].res.Kind.String() + " " + list[i].name() + ", container " + digText(con, "name") + "\n")
			for _, v := range digList(con, "env") {
				c.out.WriteString(envLine(v) + "\n")
			}
		}
	}
	return nil
}

// envLine is a variable as --list shows it.
func envLine(v any) string {
	name := digText(v, "name")
	for _, from := range []struct{ ref, kind string }{{"configMapKeyRef", "configmap"}, {"secretKeyRef", "secret"}} {
		if r := dig(v, "valueFrom", from.ref); r != nil {
			return "# " + name + " from " + from.kind + " " + digText(r, "name") + ", key " + digText(r, "key")
		}
	}
	if path := digText(v, "valueFrom", "fieldRef", "fieldPath"); path != "" {
		return "# " + name + " from field path " + path
	}
	return name + "=" + cmp.Or(digText(v, "value"), "")
}
