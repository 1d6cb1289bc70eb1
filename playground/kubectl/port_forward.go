package kubectl

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func portForwardVerb() *verb {
	return &verb{
		name: "port-forward", types: true,
		short:    "Reach a port of a pod from this machine, until Ctrl-C.",
		usage:    "TYPE/NAME [LOCAL_PORT:]REMOTE_PORT ... [flags]",
		examples: []string{"kubectl port-forward pod/web 8080:80", "kubectl port-forward service/web 8080:http"},
		flags: `
address|l||The addresses to listen on; localhost by default.
pod-running-timeout|d1m0s||Accepted; a pod that does not run is an error at once.`,
		run: portForward,
	}
}

// forward is one port that is forwarded.
type forward struct{ local, remote int32 }

// Source of the texts: k8s.io/kubectl/pkg/cmd/portforward and k8s.io/client-go/tools/portforward.
func portForward(c *call) error {
	if len(c.args) < 2 {
		return c.misuse("TYPE/NAME and list of ports are required for port-forward")
	}
	t, err := oneTarget(c.args[0])
	if err != nil {
		return err
	}
	o, err := c.env.Server.Get(t.res, c.namespace(), t.name)
	if err != nil {
		return err
	}
	pods, err := c.podsOf(t.res, o)
	if err != nil {
		return err
	}
	if len(pods) == 0 {
		return usageError("timed out waiting for the condition")
	}
	best(pods, false)
	pod := pods[0]
	svc, _ := o.(*api.Service)
	var forwards []forward
	for _, word := range c.args[1:] {
		f, err := readForward(word, pod, svc)
		if err != nil {
			return err
		}
		forwards = append(forwards, f)
	}
	if pod.Status.Phase != api.PodRunning {
		return usageError("unable to forward port because pod is not running. Current status=" + string(pod.Status.Phase))
	}
	for _, f := range forwards {
		c.tellForward(pod, f)
	}
	c.job = &forwardJob{pod.Namespace, pod.Name, pod.UID}
	return nil
}

// tellForward says what kubectl says, and what is reached by it.
func (c *call) tellForward(pod *api.Pod, f forward) {
	addresses := []string{"127.0.0.1", "[::1]"}
	if list := c.list("address"); len(list) > 0 && list[0] != "localhost" {
		addresses = list
	}
	local, remote := itoa(int(f.local)), itoa(int(f.remote))
	for _, a := range addresses {
		c.out.WriteString("Forwarding from " + a + ":" + local + " -> " + remote + "\n")
	}
	c.out.WriteString("  this machine, port " + local + " -> API server -> kubelet of " + pod.Spec.NodeName + " -> pod/" + pod.Name + ", port " + remote + "\n")
	switch a := c.env.Server.Ask(pod, f.remote); {
	case !a.Open:
		c.out.WriteString("  Nothing listens there now: a connection would be refused.\n")
	case a.Status == 0:
		c.out.WriteString("  Something listens there that does not speak HTTP.\n")
	default:
		line, _, _ := strings.Cut(strings.TrimSpace(a.Body), "\n")
		c.out.WriteString("  A GET of / is answered now: " + itoa(a.Status) + ", " + printable(line) + "\n")
	}
}

// readForward reads 8080:80, 80, :80 or 8080:NAME. A port of a Service is the one of its pods that it leads to.
func readForward(word string, pod *api.Pod, svc *api.Service) (f forward, err error) {
	local, remote, two := strings.Cut(word, ":")
	if strings.Count(word, ":") > 1 {
		return f, usageError("invalid port format '" + word + "'")
	}
	if !two {
		remote = local
	}
	number, bad := strconv.ParseUint(remote, 10, 16)
	if svc != nil {
		number, err = servicePort(svc, pod, remote)
	} else if bad != nil {
		number, err = namedPort(pod, remote)
	}
	if err != nil {
		return f, err
	}
	f.remote = int32(number)
	if number == 0 {
		return f, usageError("remote port must be > 0")
	}
	switch n, bad := strconv.ParseUint(local, 10, 16); {
	case two && local == "":
		f.local = 30000 + f.remote%10000 // kubectl asks the machine for a free one
	case bad != nil && two:
		return f, usageError("error parsing local port '" + local + "': strconv.ParseUint: parsing " + quote(local) + ": invalid syntax")
	case bad != nil || n == 0:
		f.local = f.remote
	default:
		f.local = int32(n)
	}
	return f, nil
}

func namedPort(pod *api.Pod, name string) (uint64, error) {
	for i := range pod.Spec.Containers {
		for _, p := range pod.Spec.Containers[i].Ports {
			if p.Name == name {
				return uint64(p.ContainerPort), nil
			}
		}
	}
	return 0, usageError("Pod '" + pod.Name + "' does not have a named port '" + name + "'")
}

func servicePort(svc *api.Service, pod *api.Pod, port string) (uint64, error) {
	for i := range svc.Spec.Ports {
		p := &svc.Spec.Ports[i]
		if p.Name != port && itoa(int(p.Port)) != port {
			continue
		}
		target, _ := dig(schema.Tree(svc), "spec", "ports").([]any)
		switch v := dig(target[i], "targetPort").(type) {
		case int64:
			if svc.Spec.ClusterIP != "None" && v > 0 {
				return uint64(v), nil
			}
		case string:
			return namedPort(pod, v)
		}
		return uint64(p.Port), nil
	}
	return 0, usageError("Service " + svc.Name + " does not have a service port " + port)
}

// forwardJob is a port-forward; it ends with the pod, or by Ctrl-C.
type forwardJob struct {
	namespace, name string
	uid             api.UID
}

// Poll tells whether the pod still runs.
func (j *forwardJob) Poll(env *Env) (Result, bool) {
	o, err := env.Server.Get(podResource, j.namespace, j.name)
	if p, ok := o.(*api.Pod); err == nil && ok && p.UID == j.uid && p.Status.Phase == api.PodRunning {
		return Result{}, false
	}
	return failed("error: lost connection to pod"), true
}

// Clone copies the job.
func (j *forwardJob) Clone() Job {
	k := *j
	return &k
}
