package workload

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Answer is what comes back from a port.
type Answer struct {
	// Open tells that something takes the connection; if not, it is refused at once.
	Open bool
	// Status is the HTTP status; 0 if what listens does not speak HTTP.
	Status int
	// Body of the answer.
	Body string
	// Takes is how long the container needs for it.
	Takes time.Duration
}

const notFound = "<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n</body>\n</html>\n"

// Answer is what a GET of path on a port gets from the container at an age.
func (b *Behaviour) Answer(port int32, path string, age time.Duration) Answer {
	p := b.at(age)
	if age < p.Starts {
		return Answer{}
	}
	for i := range p.Ports {
		if b.number(&p.Ports[i]) == port {
			return b.page(p.Ports[i].Pages, path, age)
		}
	}
	return Answer{}
}

// number is the port a server really listens on.
func (b *Behaviour) number(p *Port) int32 {
	if p.Env != "" {
		if n, err := strconv.ParseInt(b.env(p.Env), 10, 32); err == nil {
			return int32(n)
		}
	}
	return p.Number
}

func (b *Behaviour) page(pages []Page, path string, age time.Duration) Answer {
	if len(pages) == 0 {
		return Answer{Open: true}
	}
	path, _, _ = strings.Cut(path, "?")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	var other *Page
	for i := range pages {
		p := &pages[i]
		if age < p.From || p.Until != 0 && age >= p.Until {
			continue
		}
		if p.Path == path {
			return b.render(p, age)
		}
		if p.Path == "" && other == nil {
			other = p
		}
	}
	if other != nil {
		return b.render(other, age)
	}
	return Answer{Open: true, Status: 404, Body: notFound, Takes: time.Millisecond}
}

func (b *Behaviour) render(p *Page, age time.Duration) Answer {
	return Answer{Open: true, Status: p.Status, Body: b.expand(p.Body, age), Takes: max(p.Takes, time.Millisecond)}
}

// Of is what a container of a pod does; spec is the container's part of the pod's spec.
func (c *Catalog) Of(pod *api.Pod, spec *api.Container, run *api.ContainerRun) Behaviour {
	im, _ := c.Find(spec.Image)
	env := run.Env
	if env == nil {
		env = spec.Env
	}
	return im.Behave(spec.Image, Launch{
		Command: spec.Command, Args: spec.Args, Env: env, Host: Hostname(pod), Started: run.StartedAt, Terminal: spec.Stdin, Once: spec.StdinOnce,
	})
}

// In is the same as Of, with the files that people have changed in the running container.
func (c *Catalog) In(pod *api.Pod, spec *api.Container, run *api.ContainerRun) Behaviour {
	b := c.Of(pod, spec, run)
	for i := range run.Files {
		f := &run.Files[i]
		b.files = append(b.files, mark{time.Duration(f.At - run.Since), f.Name, f.Text, f.Gone})
	}
	return b
}

// Hostname is what the containers of a pod are told their host is called.
func Hostname(pod *api.Pod) string {
	if pod.Spec.Hostname != "" {
		return pod.Spec.Hostname
	}
	return pod.Name
}

// Serve is what a GET of path on a port of a pod gets at a moment, now, in nanoseconds since the epoch of the world: the
// answer of whichever of its running containers listens there. A container that was asked to stop no longer takes
// connections, unless it ignores that.
func (c *Catalog) Serve(pod *api.Pod, box *api.Sandbox, port int32, path string, now int64) Answer {
	for i := range box.Containers {
		run := &box.Containers[i]
		if run.State != api.RunRunning {
			continue
		}
		spec := SpecOf(pod, run)
		if spec == nil {
			continue
		}
		b := c.Of(pod, spec, run)
		if run.TermAt != 0 && now >= run.TermAt {
			if _, _, ends := b.Stop(time.Duration(run.TermAt - run.Since)); ends {
				continue
			}
		}
		if a := b.Answer(port, path, time.Duration(now-run.Since)); a.Open {
			return a
		}
	}
	return Answer{}
}

// SpecOf is the part of a pod's spec that a run carries out; nil if the pod has no such container.
func SpecOf(pod *api.Pod, run *api.ContainerRun) *api.Container {
	list := pod.Spec.Containers
	if run.Init {
		list = pod.Spec.InitContainers
	}
	for i := range list {
		if list[i].Name == run.Name {
			return &list[i]
		}
	}
	return nil
}
