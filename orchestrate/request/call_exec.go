package request

import (
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// ExecResult is how a command in a container ended.
type ExecResult struct {
	// Out and Err are what it printed, and Code is its exit code.
	Out, Err string
	Code     int32
	// Status is what a server sends behind them: Success, or why not.
	Status api.Status
}

// Exec runs the command a call asks for in a container, to its end.
//
// Source: k8s.io/kubernetes, pkg/registry/core/pod/rest; k8s.io/kubelet, the error stream of remotecommand v4 and later.
func (s *Server) Exec(c Call) (ExecResult, error) {
	r, err := s.read(c)
	if err != nil {
		return ExecResult{}, err
	}
	if r == nil || r.place.res == nil || r.place.res.Kind != api.KindPod || r.place.subresource != "exec" {
		return ExecResult{}, notServed()
	}
	pod, container, err := r.execPlace()
	if err != nil {
		return ExecResult{}, err
	}
	argv := valuesOf(c.Query, "command")
	if len(argv) == 0 {
		return ExecResult{}, api.BadRequest("you must specify at least one command for the container")
	}
	res, ok := s.cluster.Exec(s.who(c.User), pod, container, argv)
	if !ok {
		return ExecResult{}, api.InternalError(containerMissing(container))
	}
	out := ExecResult{Out: res.Out, Err: res.Err, Code: res.Code, Status: api.Status{Status: "Success"}}
	code := strconv.Itoa(int(res.Code))
	if res.Code != 0 {
		out.Status = api.Failure(0, "NonZeroExitCode", "command terminated with non-zero exit code: exit status "+code, &api.StatusDetails{
			Causes: []api.StatusCause{{Type: "ExitCode", Message: code}},
		}).Status
	}
	return out, nil
}

type containerMissing string

func (c containerMissing) Error() string {
	return `unable to upgrade connection: container not found ("` + string(c) + `")`
}

// execPlace is the pod and the container a command is to run in.
func (r *call) execPlace() (*api.Pod, string, error) {
	o, err := r.server.Get(schema.ByKind(api.KindPod), r.place.namespace, r.place.name)
	if err != nil {
		return nil, "", err
	}
	pod, ok := o.(*api.Pod)
	if !ok {
		return nil, "", api.NotFound("pods", r.place.name)
	}
	if pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed {
		return nil, "", api.BadRequest("cannot exec into a container in a completed pod; current phase is " + string(pod.Status.Phase))
	}
	container, err := logContainer(pod, r.query["container"])
	if err != nil {
		return nil, "", err
	}
	if pod.Spec.NodeName == "" {
		return nil, "", api.BadRequest("pod " + pod.Name + " does not have a host assigned")
	}
	if running(pod, container) {
		return pod, container, nil
	}
	return nil, "", api.InternalError(containerMissing(container))
}

func running(pod *api.Pod, container string) bool {
	return slices.ContainsFunc(pod.Status.ContainerStatuses, func(s api.ContainerStatus) bool {
		return s.Name == container && s.State.Running != nil
	})
}
