package kubelet

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// answer is what a probe finds out at a moment, and if that is bad, why, in the words of a kubelet.
//
// Source: k8s.io/kubernetes, pkg/probe.
func (p *prober) answer(probe *api.Probe, at int64) (bool, string) {
	c := &p.box.Containers[p.i]
	age := time.Duration(at - c.Since)
	most := time.Duration(max(probe.TimeoutSeconds, 1)) * time.Second
	switch {
	case probe.Exec != nil:
		return exec(&p.b, probe.Exec.Command, age, most)
	case probe.HTTPGet != nil:
		return p.get(probe.HTTPGet, age, most)
	case probe.TCPSocket != nil:
		return p.connect(p.port(probe.TCPSocket.Port), age)
	case probe.GRPC != nil:
		if ok, _ := p.connect(probe.GRPC.Port, age); !ok {
			return false, `timeout: failed to connect service "` + p.address(probe.GRPC.Port) + `" within ` + most.String() + ": context deadline exceeded"
		}
	}
	return true, ""
}

func exec(b *workload.Behaviour, command []string, age, most time.Duration) (bool, string) {
	r := b.Exec(command, age, most)
	switch {
	case r.Missing:
		name := ""
		if len(command) > 0 {
			name = command[0]
		}
		return false, `OCI runtime exec failed: exec failed: unable to start container process: exec: "` + name + `": executable file not found in $PATH`
	case !r.Ended:
		return false, `command timed out: "` + strings.Join(command, " ") + `" timed out after ` + most.String()
	}
	return r.Code == 0, r.Out + r.Err
}

func (p *prober) get(get *api.HTTPGetAction, age, most time.Duration) (bool, string) {
	port := p.port(get.Port)
	a := p.served(port, get.Path, age)
	scheme := "http"
	if get.Scheme == api.SchemeHTTPS {
		scheme = "https"
	}
	path := get.Path
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	asked := `Get "` + scheme + "://" + p.address(port) + path + `": `
	switch {
	case !a.Open:
		return false, asked + "dial tcp " + p.address(port) + ": connect: connection refused"
	case a.Takes > most:
		return false, asked + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
	case a.Status == 0:
		return false, asked + "net/http: HTTP/1.x transport connection broken: malformed HTTP response"
	case scheme == "https":
		return false, asked + "http: server gave HTTP response to HTTPS client"
	}
	return a.Status >= 200 && a.Status < 400, "HTTP probe failed with statuscode: " + strconv.Itoa(a.Status)
}

func (p *prober) connect(port int32, age time.Duration) (bool, string) {
	if p.served(port, "/", age).Open {
		return true, ""
	}
	return false, "dial tcp " + p.address(port) + ": connect: connection refused"
}

// served is what a port of the pod answers: this container, or one beside it.
func (p *prober) served(port int32, path string, age time.Duration) workload.Answer {
	if a := p.b.Answer(port, path, age); a.Open || len(p.box.Containers) == 1 {
		return a
	}
	c := &p.box.Containers[p.i]
	return p.catalog.Serve(p.pod, p.box, port, path, c.Since+int64(age))
}

// port is a port by its number or its name.
func (p *prober) port(which api.IntOrString) int32 {
	name := which.String()
	if n, err := strconv.ParseInt(name, 10, 32); err == nil {
		return int32(n)
	}
	for _, port := range p.spec.Ports {
		if port.Name == name {
			return port.ContainerPort
		}
	}
	return 0
}

func (p *prober) address(port int32) string {
	return p.box.IP + ":" + strconv.FormatInt(int64(port), 10)
}
