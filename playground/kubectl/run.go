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
		flags: `dry-run output stdin tty quiet pod-running-timeout save-config field-manager overrides override-type recursive kustomize force grace-period timeout cascade wait
image|s||The image to run.
image-pull-policy|s|Always,IfNotPresent,Never|When to pull it.
restart|sAlways|Always,OnFailure,Never|The pod's restart policy.
port|s||A port the container listens on.
env|a||A variable, NAME=value.
labels,l|s||Labels, for example app=web,tier=front; run=NAME by default.
annotations|a||An annotation, KEY=value.
command|b||Take the words after -- as the command, not as its arguments.
rm|b||Delete the pod after it has ended; with --attach or -i.
attach|b||Wait for the pod and attach to it; -i does too.
leave-stdin-open|b||Keep its input open after whoever is attached has left.
privileged|b||Run it with all privileges.
expose|b||Create a Service for the pod too; needs --port.`,
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
