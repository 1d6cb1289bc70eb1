package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func execVerb() *verb {
	return &verb{
		name: "exec", short: "Run a command in a container.",
		usage:    "POD [-c CONTAINER] -- COMMAND [ARGUMENT...]",
		examples: []string{"kubectl exec -it web -- sh", "kubectl exec client -- curl -s http://web", "kubectl exec client -- nslookup web"},
		flags: `stdin tty filename quiet pod-running-timeout
container,c|s||The container; the pod's first if none is given.`,
		run: execute,
	}
}

// execute finds the container and leaves the rest to whoever runs commands.
func execute(c *call) error {
	words, argv := c.args, []string(nil)
	switch {
	case c.dash == 0 || c.dash == 1:
		words, argv = words[:c.dash], words[c.dash:]
	case len(words) > 1 || len(words) > 0 && c.given("filename"):
		return c.misuse("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
	}
	switch {
	case len(words) == 0 && !c.given("filename"), len(words) > 0 && words[0] == "":
		return usageError("pod, type/name or --filename must be specified")
	case len(argv) == 0:
		return usageError("you must specify at least one command for the container")
	}
	pod, err := c.execPod(words)
	if err != nil {
		return err
	}
	container, err := c.chooseContainer(pod, c.text("container"), c.on("quiet"))
	if err != nil {
		return err
	}
	spec := containerOf(pod, container)
	switch {
	case pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed:
		return usageError("cannot exec into a container in a completed pod; current phase is " + string(pod.Status.Phase))
	case pod.Spec.NodeName == "":
		return api.BadRequest("pod " + pod.Name + " does not have a host assigned")
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

// execPod is the pod that words mean, or manifests: its name, pod/NAME, or the best pod of something that has pods.
func (c *call) execPod(words []string) (*api.Pod, error) {
	if len(words) > 0 && words[0] == "" {
		return nil, errNoName
	}
	if len(words) > 0 && !strings.Contains(words[0], "/") {
		words = []string{"pod/" + words[0]}
	}
	list, err := c.infos(words)
	switch {
	case err != nil:
		return nil, err
	case len(c.failures) > 0:
		err, c.failures = c.failures[0].err, nil
		return nil, err
	case len(list) > 1:
		return nil, usageError("cannot exec into multiple objects at a time")
	}
	pods, err := c.podsOf(list[0].res, list[0].obj)
	switch {
	case err != nil:
		return nil, usageError("cannot attach to *v1." + list[0].res.Kind.String() + ": " + err.Error())
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
