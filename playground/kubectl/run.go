package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
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
			{name: "rm", typ: boolFlag, help: "Delete the pod after it has ended; with --attach or -i."},
			{name: "attach", typ: boolFlag, help: "Wait for the pod and attach to it; -i does too."},
			{name: "leave-stdin-open", typ: boolFlag, help: "Keep its input open after whoever is attached has left."},
			{name: "privileged", typ: boolFlag, help: "Run it with all privileges."},
			{name: "expose", typ: boolFlag, help: "Create a Service for the pod too; needs --port."},
			inputFlag, ttyFlag, quietFlag, runningFlag, saveFlag, managerFlag, overridesFlag, overrideTypeFlag, recursiveFlag, kustomizeFlag,
			forceFlag, graceFlag, timeoutFlag, cascadeFlag, waitFlag,
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
	case c.on("tty") && !c.on("stdin"):
		return usageError("-i/--stdin is required for containers with -t/--tty=true")
	case c.on("expose") && !c.given("port"):
		return usageError("--port must be set when exposing a service")
	}
	attaching := c.on("attach") || c.on("stdin") && !c.given("attach")
	dry, err := c.dryRun()
	switch {
	case err != nil:
		return err
	case c.on("rm") && !attaching:
		return usageError("--rm should only be used for attached containers")
	case attaching && dry != "none":
		return usageError("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)")
	}
	pod, err := c.runPod()
	if err != nil {
		return err
	}
	obj, err := c.overridden(pod, dry)
	if err == nil {
		obj, err = c.made(obj, dry)
	}
	if err != nil {
		return err
	}
	if !attaching {
		if err := c.didTyped(podResource, obj, "created", dry); err != nil {
			return err
		}
	}
	if c.on("expose") {
		if err := c.runService(pod, attaching, dry); err != nil {
			return err
		}
	}
	made, ok := obj.(*api.Pod)
	if !ok || !attaching {
		return nil
	}
	j := c.attachTo(made, pod.Name)
	j.report, j.remove = !c.on("leave-stdin-open"), c.on("rm")
	answer, over := j.Poll(c.env)
	c.wait(j, answer, over)
	return nil
}

// runService makes the Service of run --expose.
func (c *call) runService(pod *api.Pod, quietly bool, dry string) error {
	port := pod.Spec.Containers[0].Ports[0].ContainerPort
	obj, err := c.made(&api.Service{
		ObjectMeta: api.ObjectMeta{Name: pod.Name, Namespace: pod.Namespace},
		Spec:       api.ServiceSpec{Selector: pod.Labels, Ports: []api.ServicePort{{Port: port, Protocol: "TCP", TargetPort: api.IntOf(port)}}},
	}, dry)
	switch {
	case err != nil:
		c.fail(err, "")
		return nil
	case quietly:
		return nil
	}
	return c.didTyped(schema.ByKind(api.KindService), obj, "created", dry)
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
	con := api.Container{
		Name: name, Image: c.text("image"), ImagePullPolicy: api.PullPolicy(c.text("image-pull-policy")),
		Stdin: c.on("stdin"), StdinOnce: c.on("stdin") && !c.on("leave-stdin-open"), TTY: c.on("tty"),
	}
	if c.on("privileged") {
		yes := true
		con.SecurityContext = &api.SecurityContext{Privileged: &yes}
	}
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
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: c.text("namespace"), Labels: map[string]string{"run": name}},
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
		if err != nil {
			return nil, usageError("invalid annotations format: " + c.text("annotations"))
		}
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
