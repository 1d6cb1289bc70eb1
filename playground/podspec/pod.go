package podspec

import (
	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Pod is a pod as its node's kernel sees it.
type Pod struct {
	// Cgroup is the pod's own, the parent of its containers'.
	Cgroup Cgroup
	// Pause holds the namespaces that containers share.
	Pause Container
	// Containers are the init containers, in the order in which they run, the others, and those added later to debug.
	Containers []Container
}

// Container is one process tree of a pod.
type Container struct {
	// Name is the container's, or "pause".
	Name string
	// Init tells that it runs before the others.
	Init bool
	// Spec is what runs and behind which walls. Limits are those of its cgroup.
	Spec isolate.Spec
	// Joins are the namespaces of Pause that it enters instead of having its own. They are in Spec.Open too.
	Joins isolate.Walls
	// Cgroup is the path below the cgroup root, such as /kubepods/burstable/podUID/NAME.
	Cgroup string
	// OOMScoreAdj is added to its score when memory is short, -1000 to 1000: the greater, the sooner it is killed.
	OOMScoreAdj int
	// Unresolved names the variables that come from another object, which a Pod alone does not tell: "DB_PASSWORD from Secret db".
	Unresolved []string
}

// Cgroup is a node of the cgroup tree and its limits.
type Cgroup struct {
	Path   string
	Limits isolate.Limits
}

// shared are the namespaces of a pod that all its containers live in.
const shared = isolate.NetNS | isolate.IPCNS | isolate.UTSNS

// Of turns a Pod into what its node's kernel is asked for. memory is the node's capacity in bytes, from which the order of
// killing is computed; 0 leaves that out. The pod is not changed; one that is not bound yet is turned just the same.
func Of(pod *api.Pod, memory int64) Pod {
	b := builder{pod: pod, memory: memory, outside: outside(pod), joins: shared}
	if on(pod.Spec.ShareProcessNamespace) {
		b.joins |= isolate.PIDNS
	}
	if b.outside&isolate.UserNS == 0 {
		b.joins |= isolate.UserNS
	}
	b.joins &^= b.outside
	p := Pod{Cgroup: podCgroup(pod)}
	b.cgroup = p.Cgroup.Path
	p.Pause = b.pause()
	for i := range pod.Spec.InitContainers {
		p.Containers = append(p.Containers, b.container(&pod.Spec.InitContainers[i], true))
	}
	for i := range pod.Spec.Containers {
		p.Containers = append(p.Containers, b.container(&pod.Spec.Containers[i], false))
	}
	for i := range pod.Spec.EphemeralContainers {
		p.Containers = append(p.Containers, b.container(&pod.Spec.EphemeralContainers[i].Container, false))
	}
	return p
}

// builder is what the containers of a pod have in common.
type builder struct {
	pod     *api.Pod
	memory  int64
	cgroup  string
	outside isolate.Walls // namespaces the pod shares with its node
	joins   isolate.Walls // namespaces a container shares with the others
}

// outside are the namespaces in which the pod is left with the node.
func outside(pod *api.Pod) isolate.Walls {
	w := isolate.UserNS | isolate.TimeNS
	if pod.Spec.HostUsers != nil && !*pod.Spec.HostUsers {
		w &^= isolate.UserNS
	}
	if pod.Spec.HostNetwork {
		w |= isolate.NetNS | isolate.UTSNS
	}
	if pod.Spec.HostPID {
		w |= isolate.PIDNS
	}
	if pod.Spec.HostIPC {
		w |= isolate.IPCNS
	}
	return w
}

// pause is the process that sleeps: nobody, with no capability, so that nothing can be done with it.
func (b *builder) pause() Container {
	nobody := isolate.User{UID: 65535, GID: 65535}
	return Container{Name: "pause", Cgroup: b.cgroup + "/pause", OOMScoreAdj: -998, Spec: isolate.Spec{
		Name: "pause", Args: []string{"/pause"}, Rootfs: layers("pause"), ReadOnly: true, Hostname: hostname(b.pod), User: nobody,
		Open: b.outside, Limits: isolate.Limits{Weight: weight(2)},
	}}
}

func (b *builder) container(c *api.Container, init bool) Container {
	s := isolate.Spec{
		Name: c.Name, Rootfs: layers(c.Image), Dir: c.WorkingDir, Hostname: hostname(b.pod), Limits: limits(&c.Resources),
		Args: append(append([]string(nil), c.Command...), c.Args...), Open: b.outside | b.joins, Mounts: b.mounts(c),
	}
	env, unresolved := b.environment(c)
	s.Env = env
	secure(&s, b.pod.Spec.SecurityContext, c.SecurityContext)
	return Container{
		Name: c.Name, Init: init, Spec: s, Joins: b.joins, Cgroup: b.cgroup + "/" + c.Name,
		OOMScoreAdj: b.oomScore(c), Unresolved: unresolved,
	}
}

func hostname(pod *api.Pod) string {
	name := pod.Spec.Hostname
	if name == "" {
		name = pod.Name
	}
	if len(name) > 63 { // as the kubelet does: a host name is one label
		name = name[:63]
		for len(name) > 0 && (name[len(name)-1] == '-' || name[len(name)-1] == '.') {
			name = name[:len(name)-1]
		}
	}
	return name
}

// layers is where a node keeps an image's files, one folder over the other.
func layers(image string) string { return "/var/lib/containers/" + image }

func on(b *bool) bool { return b != nil && *b }
