package request

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Log is the output of one run of a container. It is a value: reading from it does not change it.
type Log struct {
	pod           *api.Pod
	container, id string
}

// LogLine is one line of a log. See [orchestrate.LogLine].
type LogLine = orchestrate.LogLine

// OpenLog finds what a container prints, or, with previous, what its last run before this one printed. The container may be
// empty if the pod has only one. The errors are those of an API server and a kubelet. A pod on no node has a log that is
// empty.
//
// Source of the texts: k8s.io/kubernetes, pkg/registry/core/pod and pkg/kubelet, validateContainerLogStatus.
func (s *Server) OpenLog(namespace, name, container string, previous bool) (Log, error) {
	o, err := s.Get(schema.ByKind(api.KindPod), namespace, name)
	if err != nil {
		return Log{}, err
	}
	pod, ok := o.(*api.Pod)
	if !ok {
		return Log{}, api.NotFound("pods", name)
	}
	if container, err = logContainer(pod, container); err != nil || pod.Spec.NodeName == "" {
		return Log{}, err
	}
	id, problem := logRun(pod, container, previous)
	if problem != "" {
		return Log{}, api.BadRequest(problem)
	}
	return Log{pod, container, id}, nil
}

func logContainer(pod *api.Pod, container string) (string, error) {
	var names []string
	for _, list := range [2][]api.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range list {
			names = append(names, list[i].Name)
			if list[i].Name == container {
				return container, nil
			}
		}
	}
	switch {
	case container != "":
		return "", api.BadRequest("container " + container + " is not valid for pod " + pod.Name)
	case len(pod.Spec.Containers) == 1:
		return pod.Spec.Containers[0].Name, nil
	}
	return "", api.BadRequest("a container name must be specified for pod " + pod.Name + ", choose one of: [" + strings.Join(names, " ") + "]")
}

// logRun is the id of the run that is meant, or why there is none.
func logRun(pod *api.Pod, container string, previous bool) (id, problem string) {
	which := "container " + strconv.Quote(container) + " in pod " + strconv.Quote(pod.Name)
	var st *api.ContainerStatus
	for _, list := range [2][]api.ContainerStatus{pod.Status.ContainerStatuses, pod.Status.InitContainerStatuses} {
		for i := range list {
			if list[i].Name == container {
				st = &list[i]
			}
		}
	}
	if st == nil {
		return "", which + " is not available"
	}
	last := ""
	if t := st.LastTerminationState.Terminated; t != nil {
		last = t.ContainerID
	}
	switch {
	case previous && last == "":
		return "", "previous terminated " + which + " not found"
	case previous:
		return last, ""
	case st.State.Running != nil:
		return st.ContainerID, ""
	case st.State.Terminated != nil && st.State.Terminated.ContainerID != "":
		return st.State.Terminated.ContainerID, ""
	case last != "":
		return last, ""
	case st.State.Terminated != nil || st.LastTerminationState.Terminated != nil:
		return "", which + " is terminated"
	case st.State.Waiting == nil:
		return "", which + " is waiting to start - no logs yet"
	}
	reason := st.State.Waiting.Reason
	switch reason {
	case "ErrImagePull":
		reason = "image can't be pulled"
	case "ImagePullBackOff":
		reason = "trying and failing to pull image"
	}
	return "", which + " is waiting to start: " + reason
}

// Read gives the lines printed from a moment up to another, the second excluded; open tells that there may be more. Moments
// are virtual time since the epoch.
func (s *Server) Read(l Log, from, to time.Duration) (lines []LogLine, open bool) {
	if l.pod == nil {
		return nil, false
	}
	return s.cluster.Logs(l.pod, l.container, l.id, from, to)
}

// NextLine is when there may be more to read after a moment.
func (s *Server) NextLine(l Log, after time.Duration) time.Duration {
	const within = 10 * time.Second
	if l.pod == nil {
		return after + within
	}
	return s.cluster.NextLine(l.pod, l.container, l.id, after, within)
}

// Moment is virtual time as the world's clock shows it.
func (s *Server) Moment(at time.Duration) time.Time { return s.cluster.Wall(0).Std().Add(at) }
