package kubectl

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func execVerb() *verb {
	return &verb{
		name: "exec", short: "Run a command in a container.",
		usage:    "POD [-c CONTAINER] -- COMMAND [ARGUMENT...]",
		examples: []string{"kubectl exec -it web -- sh", "kubectl exec client -- curl -s http://web", "kubectl exec client -- nslookup web"},
		flags: []flagSpec{
			{name: "container", short: 'c', typ: stringFlag, help: "The container; the pod's first if none is given."},
			inputFlag, ttyFlag, laterFlag("filename"), quietFlag, runningFlag,
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
	spec := containerOf(pod, container)
	switch {
	case pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed:
		return usageError("cannot exec into a container in a completed pod; current phase is " + string(pod.Status.Phase))
	case pod.Spec.NodeName == "":
		return api.BadRequest("pod " + pod.Name + " does not have a host assigned")
	case spec == nil:
		return api.BadRequest("container " + container + " is not valid for pod " + pod.Name)
	case !isRunning(pod, container):
		return notInside(container)
	case c.env.Exec == nil:
		return usageError("nothing here can run commands in containers")
	}
	cmd := &Command{Pod: pod, Container: container, Spec: spec, Argv: argv, Input: c.on("stdin"), Terminal: c.on("tty")}
	if cmd.Input {
		if cmd.Stdin = c.env.Stdin; cmd.Stdin != nil && cmd.Terminal {
			c.err.WriteString(noTerminal)
			cmd.Terminal = false
		}
	}
	res := c.env.Exec(cmd)
	c.wait(res.Job, res, res.Job == nil)
	return nil
}

// notInside is what a kubelet says of a container in which nothing runs.
func notInside(container string) error {
	return usageError(`error: Internal error occurred: unable to upgrade connection: container not found ("` + container + `")`)
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

// containerOf is a container of a pod, of whatever sort; nil if it has none of this name.
func containerOf(p *api.Pod, name string) *api.Container {
	for _, list := range [2][]api.Container{p.Spec.Containers, p.Spec.InitContainers} {
		for i := range list {
			if list[i].Name == name {
				return &list[i]
			}
		}
	}
	for i := range p.Spec.EphemeralContainers {
		if c := &p.Spec.EphemeralContainers[i].Container; c.Name == name {
			return c
		}
	}
	return nil
}

// isEphemeral tells whether a container was added to a pod to look into it.
func isEphemeral(p *api.Pod, name string) bool {
	return slices.ContainsFunc(p.Spec.EphemeralContainers, func(e api.EphemeralContainer) bool { return e.Name == name })
}

// isRunning tells whether a container of a pod runs.
func isRunning(p *api.Pod, name string) bool {
	for _, list := range [3][]api.ContainerStatus{p.Status.ContainerStatuses, p.Status.InitContainerStatuses, p.Status.EphemeralContainerStatuses} {
		for i := range list {
			if list[i].Name == name {
				return list[i].State.Running != nil
			}
		}
	}
	return false
}
