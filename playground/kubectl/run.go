package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

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
			laterFlag("expose"), laterFlag("attach"), laterFlag("overrides"), laterFlag("override-type"), laterFlag("privileged"),
			laterFlag("leave-stdin-open"), laterFlag("quiet"), laterFlag("pod-running-timeout"),
		},
		run: run,
	}
}

func run(c *call) error {
	switch {
	case !c.given("image"):
		return usageError("required flag(s) \"image\" not set")
	case len(c.args) == 0:
		return usageError("NAME is required for run")
	case c.text("image") == "":
		return usageError("--image is required")
	case !validImage(c.text("image")):
		return usageError(fmt.Sprintf("invalid image name %q: invalid reference format", c.text("image")))
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
		if obj, err = c.env.Server.Create(res, c.namespace(), obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()}); err != nil {
			return err
		}
	}
	return c.didTyped(res, obj, "created", dry)
}

// checkPolicies refuses policies that kubectl does not even send.
func (c *call) checkPolicies() error {
	for _, name := range []string{"restart", "image-pull-policy"} {
		values, value := c.spec(name).values, c.text(name)
		if value != "" && !slices.Contains(values, value) {
			what := map[string]string{"restart": "restart policy", "image-pull-policy": "image pull policy"}[name]
			return usageError("invalid " + what + ": " + value + ", valid values are: " + strings.Join(values, ", "))
		}
	}
	return nil
}

// runPod is the pod kubectl run makes.
func (c *call) runPod() (*api.Pod, error) {
	name := c.args[0]
	if err := c.checkPolicies(); err != nil {
		return nil, err
	}
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
			return nil, usageError("--port must be a number")
		}
		con.Ports = []api.ContainerPort{{ContainerPort: port}}
	}
	for _, e := range c.list("env") {
		key, value, ok := strings.Cut(e, "=")
		if !ok || key == "" {
			return nil, usageError("invalid env: " + e)
		}
		con.Env = append(con.Env, api.EnvVar{Name: key, Value: value})
	}
	p := &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{"run": name}},
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
		if !ok {
			return nil, usageError("unexpected " + what + " spec: " + w)
		}
		if key == "" {
			return nil, usageError("unexpected empty " + what + " key")
		}
		out[key] = value
	}
	return out, nil
}
