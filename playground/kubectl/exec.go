package kubectl

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
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
		return usageError("pod, type/name or --filename must be specified")
	}
	argv := c.args[1:]
	if len(argv) == 0 {
		return usageError("you must specify at least one command for the container")
	}
	if c.dash < 0 {
		return usageError("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples")
	}
	if isShell := slices.Contains([]string{"sh", "bash", "ash", "/bin/sh", "/bin/bash"}, argv[0]); isShell && len(argv) == 1 {
		return usageError("there is no terminal inside a container here; run one command at a time:\n  kubectl exec " + c.args[0] + " -- " + argv[0] + " -c 'hostname; env'")
	}
	pod, err := c.execPod(c.args[0])
	if err != nil {
		return err
	}
	container := c.text("container")
	if container == "" {
		if container, err = c.chooseContainer(pod, "", c.on("quiet")); err != nil {
			return err
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
		return usageError("cannot exec into a container in a completed pod; current phase is " + string(pod.Status.Phase))
	case pod.Spec.NodeName == "":
		return api.BadRequest("pod " + pod.Name + " does not have a host assigned")
	case c.given("container") && !hasContainer(pod, container):
		return api.BadRequest("container " + container + " is not valid for pod " + pod.Name)
	case status == nil || status.State.Running == nil:
		return usageError(`error: Internal error occurred: unable to upgrade connection: container not found ("` + container + `")`)
	case c.env.Exec == nil:
		return usageError("nothing here can run commands in containers")
	}
	res := c.env.Exec(pod, container, argv)
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	c.code, c.job = res.Code, res.Job
	return nil
}

// execPod is the pod a word means: its name, pod/NAME, or the best pod of something that has pods.
func (c *call) execPod(word string) (*api.Pod, error) {
	t, err := oneTarget(word)
	if err != nil {
		return nil, err
	}
	o, err := c.env.Server.Get(t.res, c.namespace(), t.name)
	if err != nil {
		return nil, err
	}
	pods, err := c.podsOf(t.res, o)
	switch {
	case err != nil:
		return nil, usageError("cannot attach to *v1." + t.res.Kind.String() + ": " + err.Error())
	case len(pods) == 0:
		return nil, usageError("timed out waiting for the condition")
	}
	best(pods, false)
	return pods[0], nil
}

func hasContainer(p *api.Pod, name string) bool {
	for i := range p.Spec.Containers {
		if p.Spec.Containers[i].Name == name {
			return true
		}
	}
	return false
}
