package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func createVerb() *verb {
	return &verb{
		name:     "create",
		short:    "Create objects from a file, or a namespace by name.",
		usage:    "-f FILENAME | namespace NAME [flags]",
		examples: []string{"kubectl create -f pod.yaml", "kubectl create namespace shop"},
		flags: []flagSpec{
			fileFlag, dryRunFlag, outputFlag,
			{name: "save-config", typ: boolFlag, help: "Keep the manifest in an annotation, as apply does."},
			{name: "validate", typ: stringFlag, bare: "strict", initial: "strict", help: "Accepted; unknown fields are always refused here."},
		},
		run: create,
	}
}

func create(c *call) error {
	switch {
	case c.given("filename"):
		return c.manifests(c.createOne)
	case len(c.args) == 0:
		return usageError("must specify one of -f and -k")
	case c.args[0] != "namespace" && c.args[0] != "ns":
		return usageError("kubectl create " + c.args[0] + " is not part of this playground yet; write a manifest and use kubectl create -f -")
	case len(c.args) != 2:
		return usageError("exactly one NAME is required, got " + itoa(len(c.args)-1) + "\nSee 'kubectl create namespace -h' for help and examples")
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	var obj api.Object = &api.Namespace{ObjectMeta: api.ObjectMeta{Name: c.args[1]}}
	res := schema.ByKind(api.KindNamespace)
	if dry != "client" {
		if obj, err = c.env.Server.Create(res, "", obj, request.WriteOptions{DryRun: dry == "server"}); err != nil {
			return err
		}
	}
	return c.did(res, obj, "created", dry)
}

func (c *call) createOne(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	obj, err := m.decoded()
	if err != nil {
		c.fail(err, `error when creating "`+m.file+`"`)
		c.hintDocument(m)
		return nil
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
	if dry != "client" {
		if obj, err = c.env.Server.Create(m.Resource, m.Namespace, obj, request.WriteOptions{DryRun: dry == "server"}); err != nil {
			c.fail(err, `error when creating "`+m.file+`"`)
			return nil
		}
	}
	return c.did(m.Resource, obj, "created", dry)
}

func runVerb() *verb {
	return &verb{
		name:     "run",
		short:    "Create and run one pod.",
		usage:    "NAME --image=IMAGE [flags] [-- COMMAND|ARGS...]",
		examples: []string{"kubectl run web --image=nginx", "kubectl run job --image=busybox --restart=Never -- sleep 30"},
		flags: []flagSpec{
			dryRunFlag, outputFlag,
			{name: "image", typ: stringFlag, help: "The image to run."},
			{name: "image-pull-policy", typ: stringFlag, values: []string{"Always", "IfNotPresent", "Never"}, help: "When to pull it."},
			{name: "restart", typ: stringFlag, initial: "Always", values: []string{"Always", "OnFailure", "Never"}, help: "The pod's restart policy."},
			{name: "port", typ: stringFlag, help: "A port the container listens on."},
			{name: "env", typ: arrayFlag, help: "A variable, NAME=value."},
			{name: "labels", short: 'l', typ: stringFlag, help: "Labels, for example app=web,tier=front; run=NAME by default."},
			{name: "annotations", typ: arrayFlag, help: "An annotation, KEY=value."},
			{name: "command", typ: boolFlag, help: "Take the words after -- as the command, not as its arguments."},
			{name: "rm", typ: boolFlag, help: "Delete the pod after it has ended (not here yet)."},
			{name: "stdin", short: 'i', typ: boolFlag, help: "Keep its input open (not here yet)."},
			{name: "tty", short: 't', typ: boolFlag, help: "Give it a terminal (not here yet)."},
		},
		run: run,
	}
}

func run(c *call) error {
	switch {
	case len(c.args) == 0:
		return usageError("NAME is required for run\nSee 'kubectl run -h' for help and examples")
	case c.text("image") == "":
		return usageError("required flag(s) \"image\" not set")
	case c.on("stdin") || c.on("tty") || c.on("rm"):
		return usageError("-i, -t and --rm need a terminal inside the container, which this playground does not have yet")
	}
	pod, err := c.runPod()
	if err != nil {
		return err
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	res := schema.ByKind(api.KindPod)
	var obj api.Object = pod
	if dry != "client" {
		if obj, err = c.env.Server.Create(res, c.namespace(), obj, request.WriteOptions{DryRun: dry == "server"}); err != nil {
			return err
		}
	}
	return c.did(res, obj, "created", dry)
}

// runPod is the pod kubectl run makes.
func (c *call) runPod() (*api.Pod, error) {
	name := c.args[0]
	con := api.Container{Name: name, Image: c.text("image"), ImagePullPolicy: api.PullPolicy(c.text("image-pull-policy"))}
	words := c.args[1:]
	if c.on("command") {
		con.Command = slices.Clone(words)
	} else if len(words) > 0 {
		con.Args = slices.Clone(words)
	}
	if c.given("port") {
		port, err := atoi(c.text("port"))
		if err != nil {
			return nil, usageError(`invalid port "` + c.text("port") + `": it is a number from 1 to 65535`)
		}
		con.Ports = []api.ContainerPort{{ContainerPort: port}}
	}
	for _, e := range c.list("env") {
		key, value, ok := strings.Cut(e, "=")
		if !ok {
			return nil, usageError("invalid env: " + e)
		}
		con.Env = append(con.Env, api.EnvVar{Name: key, Value: value})
	}
	p := &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: c.namespace(), Labels: map[string]string{"run": name}},
		Spec:       &api.PodSpec{Containers: []api.Container{con}, DNSPolicy: api.DNSClusterFirst, RestartPolicy: api.RestartPolicy(c.text("restart"))},
	}
	var err error
	if c.given("labels") {
		if p.Labels, err = keyValues(strings.Split(c.text("labels"), ","), "label"); err != nil {
			return nil, err
		}
	}
	if c.given("annotations") {
		p.Annotations, err = keyValues(c.list("annotations"), "annotation")
	}
	return p, err
}

// keyValues reads KEY=value words.
func keyValues(words []string, what string) (map[string]string, error) {
	out := map[string]string{}
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok || key == "" {
			return nil, usageError("unexpected " + what + " spec: " + w + ", expected KEY=value")
		}
		out[key] = value
	}
	return out, nil
}
