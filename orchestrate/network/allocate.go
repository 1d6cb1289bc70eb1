package network

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// The ranges addresses and ports of Services come from. Those a server picks itself lie above the lower band, so that
// people who ask for one by hand rarely collide with it.
//
// Source: Kubernetes documentation, "Service ClusterIP allocation" and "Avoid assigning a NodePort collision".
const (
	// ServiceRange is where cluster addresses come from, as the recorded control plane had it.
	ServiceRange                = "10.96.0.0/16"
	firstNodePort, lastNodePort = 30000, 32767

	ipBand   = 256 // min(max(16, 65536/16), 256)
	portBand = 86  // min(max(16, 2768/32), 128)
)

// Allocation is one Service on its way into the store.
type Allocation struct {
	// New is the Service as it is asked for, with its defaults; [Allocate] fills it in. Old is the stored one, nil on
	// create.
	New, Old *api.Service
	// Snapshot has the Services that hold addresses and ports already.
	Snapshot store.Snapshot
	// Rand picks free ones.
	Rand *clock.Rand
	// DryRun changes a text: upstream's range answers differently then.
	DryRun bool
}

// Allocate gives a Service its address, its address families and its node ports, or takes those it asks for. On an update
// it keeps what the client left out and drops what the new type has no use for. The error is a *api.StatusError in the
// words of an API server. What is wrong with the fields themselves is left to validation, which comes after.
//
// Source: k8s.io/kubernetes, pkg/registry/core/service/storage, alloc.go and storage.go, version 1.37.
func Allocate(a Allocation) error {
	if a.Old != nil {
		dropUnused(&a.New.Spec, &a.Old.Spec)
		keepAllocated(&a.New.Spec, &a.Old.Spec)
	}
	normalizeIPs(a.New, a.Old)
	defaultFamilies(a.New, a.Old)
	h := a.held()
	if err := a.addresses(h); err != nil {
		return err
	}
	if err := a.nodePorts(h); err != nil {
		return err
	}
	return a.healthPort(h)
}

// taken are addresses and ports that some Services have.
type taken struct {
	ips   map[string]bool
	ports map[int32]bool
}

// held is who has what: the other Services and, on an update, the Service itself.
type held struct{ others, mine taken }

func (a *Allocation) held() *held {
	h := &held{taken{map[string]bool{}, map[int32]bool{}}, taken{map[string]bool{}, map[int32]bool{}}}
	for _, o := range a.Snapshot.List(api.KindService) {
		s, ok := o.(*api.Service)
		if !ok {
			continue
		}
		t := h.others
		if a.Old != nil && s.UID == a.Old.UID {
			t = h.mine
		}
		for _, ip := range s.Spec.ClusterIPs {
			t.ips[ip] = true
		}
		for i := range s.Spec.Ports {
			t.ports[s.Spec.Ports[i].NodePort] = true
		}
		t.ports[s.Spec.HealthCheckNodePort] = true
	}
	return h
}

// addresses takes the cluster addresses the Service asks for, or picks one.
func (a *Allocation) addresses(h *held) error {
	s := &a.New.Spec
	if s.Type == api.ServiceExternalName || s.ClusterIP == api.ClusterIPNone {
		return nil
	}
	if len(s.ClusterIPs) == 0 {
		ip, ok := pickIP(h, a.Rand)
		if !ok {
			return api.InternalError(fmt.Errorf("failed to allocate a serviceIP: range is full"))
		}
		s.ClusterIP, s.ClusterIPs = ip, []string{ip}
		return nil
	}
	for _, ip := range s.ClusterIPs {
		_, known := parseIPv4(ip)
		if !known || h.mine.ips[ip] {
			continue // validation finds fault with the first, the second is its own
		}
		why := ""
		switch {
		case !inRange(ip) && a.DryRun:
			why = "the provided IP (" + ip + ") is not in the valid range. The range of valid IPs is " + ServiceRange
		case !inRange(ip):
			why = "the provided network does not match the current range"
		case h.others.ips[ip]:
			why = "provided IP is already allocated"
		default:
			continue
		}
		return a.invalid(api.InvalidAt("spec.clusterIPs", s.ClusterIPs, "failed to allocate IP "+ip+": "+why))
	}
	return nil
}

func (a *Allocation) invalid(e api.FieldError) error {
	return api.Invalid("Service", a.New.Name, []api.FieldError{e})
}

// pickIP draws a free address from above the lower band, or from below when all above are taken.
func pickIP(h *held, r *clock.Rand) (string, bool) {
	const size = 1<<16 - 2 // neither the network's own address nor the last one
	if i, ok := pick(ipBand, size, r, func(i int) bool { return h.others.ips[serviceIP(i)] }); ok {
		return serviceIP(i), true
	}
	i, ok := pick(0, ipBand, r, func(i int) bool { return h.others.ips[serviceIP(i)] })
	return serviceIP(i), ok
}

// serviceIP is the i-th address of the range that may be given out.
func serviceIP(i int) string {
	return "10.96." + strconv.Itoa((i+1)>>8) + "." + strconv.Itoa((i+1)&255)
}

// pick draws a number in [from, to) that is not taken, and goes on from there if it is; false if all are.
func pick(from, to int, r *clock.Rand, taken func(int) bool) (int, bool) {
	at := r.IntN(to - from)
	for range to - from {
		if !taken(from + at) {
			return from + at, true
		}
		at = (at + 1) % (to - from)
	}
	return 0, false
}

func inRange(ip string) bool { return strings.HasPrefix(ip, "10.96.") }

// nodePorts takes the node ports the Service asks for, and picks those it needs.
func (a *Allocation) nodePorts(h *held) error {
	s := &a.New.Spec
	if !needsNodePort(s) {
		return nil
	}
	asked := map[int32]bool{}
	shared := map[int32]int32{} // one port number, several protocols: one node port
	for i := range s.Ports {
		p := &s.Ports[i]
		if p.NodePort == 0 || asked[p.NodePort] || h.mine.ports[p.NodePort] {
			continue
		}
		if why := refusedPort(h, p.NodePort); why != "" {
			return a.invalid(api.InvalidAt("spec.ports["+strconv.Itoa(i)+"].nodePort", p.NodePort, why))
		}
		asked[p.NodePort] = true
	}
	for i := range s.Ports {
		if p := &s.Ports[i]; p.NodePort != 0 {
			asked[p.NodePort] = true
			if _, ok := shared[p.Port]; !ok {
				shared[p.Port] = p.NodePort
			}
		}
	}
	for i := range s.Ports {
		p := &s.Ports[i]
		if p.NodePort != 0 {
			continue
		}
		if n, ok := shared[p.Port]; ok && !usedWith(s, n, p.Protocol) {
			p.NodePort = n
			continue
		}
		n, ok := pickPort(h, asked, a.Rand)
		if !ok {
			return api.InternalError(fmt.Errorf("failed to allocate a nodePort: range is full"))
		}
		p.NodePort, shared[p.Port], asked[n] = n, n, true
	}
	return nil
}

// usedWith tells whether the Service has this node port for this protocol already.
func usedWith(s *api.ServiceSpec, n int32, protocol api.Protocol) bool {
	for i := range s.Ports {
		if s.Ports[i].NodePort == n && s.Ports[i].Protocol == protocol {
			return true
		}
	}
	return false
}

// refusedPort is why a node port cannot be had; "" if it can.
func refusedPort(h *held, p int32) string {
	if p < firstNodePort || p > lastNodePort {
		return "provided port is not in the valid range. The range of valid ports is 30000-32767"
	}
	if h.others.ports[p] {
		return "provided port is already allocated"
	}
	return ""
}

func pickPort(h *held, asked map[int32]bool, r *clock.Rand) (int32, bool) {
	taken := func(i int) bool { p := int32(i); return h.others.ports[p] || h.mine.ports[p] || asked[p] }
	n, ok := pick(firstNodePort+portBand, lastNodePort+1, r, taken)
	if !ok {
		n, ok = pick(firstNodePort, firstNodePort+portBand, r, taken)
	}
	return int32(n), ok
}

// healthPort gives a load balancer with a local policy the port on which nodes say whether they have endpoints.
func (a *Allocation) healthPort(h *held) error {
	s := &a.New.Spec
	if !needsHealthPort(s) || h.mine.ports[s.HealthCheckNodePort] {
		return nil
	}
	if s.HealthCheckNodePort != 0 {
		if why := refusedPort(h, s.HealthCheckNodePort); why != "" {
			return api.InternalError(fmt.Errorf("failed to allocate requested HealthCheck NodePort %d: %s", s.HealthCheckNodePort, why))
		}
		return nil
	}
	mine := map[int32]bool{}
	for i := range s.Ports {
		mine[s.Ports[i].NodePort] = true
	}
	n, ok := pickPort(h, mine, a.Rand)
	if !ok {
		return api.InternalError(fmt.Errorf("failed to allocate a HealthCheck NodePort : range is full"))
	}
	s.HealthCheckNodePort = n
	return nil
}
