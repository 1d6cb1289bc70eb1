package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func execVerb() *verb {
	return &verb{
		name: "exec", short: "Run a command in a container.",
		usage:    "POD [-c CONTAINER] -- COMMAND [ARGUMENT...]",
		examples: []string{"kubectl exec client -- curl -s http://web", "kubectl exec client -- nslookup web"},
		flags: []flagSpec{
			{name: "container", short: 'c', typ: stringFlag, help: "The container; the pod's first if none is given."},
			{name: "stdin", short: 'i', typ: boolFlag, help: "Accepted; nothing is passed on."},
			{name: "tty", short: 't', typ: boolFlag, help: "Accepted; there is no terminal inside a container yet."},
			laterFlag("filename"),
			{name: "quiet", short: 'q', typ: boolFlag, help: "Only print what the command prints."},
			{name: "pod-running-timeout", typ: durationFlag, initial: "1m0s", help: "Accepted; a pod that does not run is an error at once."},
		},
		run: execute,
	}
}

// execute finds the container and leaves the rest to whoever runs commands.
func execute(c *call) error {
	if len(c.args) == 0 || c.dash == 0 {
		return usageError("error: pod, type/name or --filename must be specified")
	}
	argv := c.args[1:]
	if len(argv) == 0 {
		return usageError("error: you must specify at least one command for the container")
	}
	pod, err := c.execPod(c.args[0])
	if err != nil {
		return err
	}
	container := c.text("container")
	if container == "" {
		container = pod.Spec.Containers[0].Name
		if n := pod.Annotations["kubectl.kubernetes.io/default-container"]; n != "" {
			container = n
		} else if len(pod.Spec.Containers) > 1 && !c.on("quiet") {
			c.err.WriteString("Defaulted container \"" + container + "\" out of: " + strings.Join(containerNames(pod), ", ") + "\n")
		}
	}
	status := (*api.ContainerStatus)(nil)
	for i := range pod.Status.ContainerStatuses {
		if s := &pod.Status.ContainerStatuses[i]; s.Name == container {
			status = s
		}
	}
	switch {
	case pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed:
		return usageError("error: cannot exec into a container in a completed pod; current phase is " + string(pod.Status.Phase))
	case pod.Spec.NodeName == "":
		return api.BadRequest("pod " + pod.Name + " does not have a host assigned")
	case c.given("container") && !hasContainer(pod, container):
		return api.BadRequest("container " + container + " is not valid for pod " + pod.Name)
	case status == nil || status.State.Running == nil:
		return usageError(`error: Internal error occurred: unable to upgrade connection: container not found ("` + container + `")`)
	case c.env.Exec == nil:
		return usageError("error: nothing here can run commands in containers")
	}
	res := c.env.Exec(pod, container, argv)
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	c.code, c.job = res.Code, res.Job
	return nil
}

// execPod is the pod a word means: its name, pod/NAME, or the first pod of something that has pods.
func (c *call) execPod(word string) (*api.Pod, error) {
	res, name := schema.ByKind(api.KindPod), word
	if kind, rest, pair := strings.Cut(word, "/"); pair {
		r, err := findResource(kind)
		if err != nil {
			return nil, err
		}
		res, name = r, rest
	}
	o, err := c.env.Server.Get(res, c.namespace(), name)
	if err != nil {
		return nil, err
	}
	if p, ok := o.(*api.Pod); ok {
		return p, nil
	}
	selector := map[string]string{}
	switch o := o.(type) {
	case *api.Service:
		selector = o.Spec.Selector
	case *api.Deployment:
		selector = o.Spec.Selector.MatchLabels
	case *api.ReplicaSet:
		selector = o.Spec.Selector.MatchLabels
	}
	pods, err := c.env.Server.List(schema.ByKind(api.KindPod), c.namespace(), request.ListOptions{LabelSelector: labels.FormatLabels(selector)})
	if err != nil || len(pods) == 0 || len(selector) == 0 {
		return nil, usageError("error: cannot attach to " + res.Plural + "/" + name + ": no pod of it was found")
	}
	return pods[0].(*api.Pod), nil
}

func hasContainer(p *api.Pod, name string) bool {
	for i := range p.Spec.Containers {
		if p.Spec.Containers[i].Name == name {
			return true
		}
	}
	return false
}

func containerNames(p *api.Pod) []string {
	var names []string
	for i := range p.Spec.Containers {
		names = append(names, p.Spec.Containers[i].Name)
	}
	return names
}
