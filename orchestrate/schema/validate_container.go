package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) containers(at *api.Path, in *podScope) {
	list := in.spec.Containers
	if len(list) == 0 {
		v.required(at, "")
		return
	}
	for i := range list {
		c, here := &list[i], at.Index(i)
		v.container(here, c, in)
		if slices.ContainsFunc(list[:i], named(c.Name)) {
			v.duplicate(here.Child("name"), c.Name)
		}
		v.hooks(here, c, in)
		v.restartRules(here, c)
	}
	v.hostPorts(at, list)
}

func named(name string) func(api.Container) bool {
	return func(c api.Container) bool { return c.Name == name }
}

func (v *validator) initContainers(at *api.Path, in *podScope) {
	list := in.spec.InitContainers
	for i := range list {
		c, here := &list[i], at.Index(i)
		v.container(here, c, in)
		v.restartRules(here, c)
		if slices.ContainsFunc(in.spec.Containers, named(c.Name)) || c.Name != "" && slices.ContainsFunc(list[:i], named(c.Name)) {
			v.duplicate(here.Child("name"), c.Name)
		}
		v.hostPorts(at, list[i:i+1])
		if sidecar(c) {
			v.hooks(here, c, in)
			continue
		}
		v.noHooks(here, c)
		for j, p := range c.ResizePolicy {
			if p.RestartPolicy == "RestartContainer" {
				v.invalid(here.Child("resizePolicy").Index(j).Child("restartPolicy"), p.RestartPolicy, "must not be set to 'RestartContainer' for non-sidecar initContainers")
			}
		}
	}
}

// sidecar tells whether an init container runs on beside the others.
func sidecar(c *api.Container) bool {
	return c.RestartPolicy != nil && *c.RestartPolicy == api.RestartAlways
}

// hooks checks probes and lifecycle.
func (v *validator) hooks(at *api.Path, c *api.Container, in *podScope) {
	if c.Lifecycle != nil {
		v.lifecycle(at.Child("lifecycle"), c.Lifecycle, in.spec)
	}
	v.probe(at.Child("livenessProbe"), c.LivenessProbe, true)
	v.probe(at.Child("readinessProbe"), c.ReadinessProbe, false)
	v.probe(at.Child("startupProbe"), c.StartupProbe, true)
}

// noHooks checks that an init container that runs to its end has none.
func (v *validator) noHooks(at *api.Path, c *api.Container) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"lifecycle", c.Lifecycle != nil}, {"livenessProbe", c.LivenessProbe != nil},
		{"readinessProbe", c.ReadinessProbe != nil}, {"startupProbe", c.StartupProbe != nil},
	} {
		if f.set {
			v.forbidden(at.Child(f.name), "may not be set for init containers without restartPolicy=Always")
		}
	}
}

func (v *validator) ephemeralContainers(at *api.Path, in *podScope) {
	list := in.spec.EphemeralContainers
	for i := range list {
		c, here := &list[i].Container, at.Index(i)
		v.container(here, c, in)
		v.imageBlanks(here, c)
		isTarget := func(name string) bool {
			return slices.ContainsFunc(in.spec.Containers, named(name)) || slices.ContainsFunc(in.spec.InitContainers, named(name))
		}
		if isTarget(c.Name) || slices.ContainsFunc(list[:i], func(o api.EphemeralContainer) bool { return o.Name == c.Name }) {
			v.duplicate(here.Child("name"), c.Name)
		}
		if t := list[i].TargetContainerName; t != "" && !isTarget(t) {
			v.notFound(here.Child("targetContainerName"), t)
		}
		v.onlyEphemeral(here, c)
	}
}

// onlyEphemeral checks that a container added to look into a pod has nothing others may rely on.
func (v *validator) onlyEphemeral(at *api.Path, c *api.Container) {
	const text = "cannot be set for an Ephemeral Container"
	r := &c.Resources
	for _, f := range []struct {
		name string
		set  bool
	}{
		{"ports", len(c.Ports) > 0}, {"resources", r.Limits != nil || r.Requests != nil || r.Claims != nil},
		{"resizePolicy", c.ResizePolicy != nil}, {"restartPolicy", c.RestartPolicy != nil}, {"restartPolicyRules", c.RestartPolicyRules != nil},
		{"livenessProbe", c.LivenessProbe != nil}, {"readinessProbe", c.ReadinessProbe != nil}, {"startupProbe", c.StartupProbe != nil},
		{"lifecycle", c.Lifecycle != nil},
	} {
		if f.set {
			v.forbidden(at.Child(f.name), text)
		}
	}
	for i, m := range c.VolumeMounts {
		if m.SubPath != "" {
			v.forbidden(at.Child("volumeMounts").Index(i).Child("subPath"), text)
		}
		if m.SubPathExpr != "" {
			v.forbidden(at.Child("volumeMounts").Index(i).Child("subPathExpr"), text)
		}
	}
}

// container checks what containers of all sorts have in common.
func (v *validator) container(at *api.Path, c *api.Container, in *podScope) {
	if v.present(at.Child("name"), c.Name) {
		v.invalid(at.Child("name"), c.Name, DNSLabel(c.Name)...)
	}
	v.present(at.Child("image"), c.Image)
	oneOf(v, at.Child("terminationMessagePolicy"), c.TerminationMessagePolicy, api.TerminationMessageFile, api.TerminationMessageFallbackLogs)
	v.ports(at.Child("ports"), c.Ports)
	v.env(at.Child("env"), c.Env)
	v.envFrom(at.Child("envFrom"), c.EnvFrom)
	v.mounts(at.Child("volumeMounts"), c, in)
	v.devices(at.Child("volumeDevices"), c, in)
	v.pullPolicy(at.Child("imagePullPolicy"), c.ImagePullPolicy)
	v.resources(at.Child("resources"), &c.Resources, in.claims)
	v.resizePolicy(at.Child("resizePolicy"), c.ResizePolicy, in.spec.RestartPolicy)
	v.security(at.Child("securityContext"), c.SecurityContext, in.spec.HostUsers == nil || *in.spec.HostUsers)
}

func (v *validator) pullPolicy(at *api.Path, p api.PullPolicy) {
	oneOf(v, at, p, api.PullAlways, api.PullIfNotPresent, api.PullNever)
}

const portRange = "must be between 1 and 65535, inclusive"

func (v *validator) port(at *api.Path, n int32) {
	if n < 1 || n > 65535 {
		v.invalid(at, n, portRange)
	}
}

func (v *validator) ports(at *api.Path, ports []api.ContainerPort) {
	var names []string
	for i, p := range ports {
		here := at.Index(i)
		if p.Name != "" {
			if msgs := PortName(p.Name); len(msgs) > 0 {
				v.invalid(here.Child("name"), p.Name, msgs...)
			} else if slices.Contains(names, p.Name) {
				v.duplicate(here.Child("name"), p.Name)
			} else {
				names = append(names, p.Name)
			}
		}
		if p.ContainerPort == 0 {
			v.required(here.Child("containerPort"), "")
		} else {
			v.port(here.Child("containerPort"), p.ContainerPort)
		}
		if p.HostPort != 0 {
			v.port(here.Child("hostPort"), p.HostPort)
		}
		if v.present(here.Child("protocol"), string(p.Protocol)) {
			oneOf(v, here.Child("protocol"), p.Protocol, api.ProtocolSCTP, api.ProtocolTCP, api.ProtocolUDP)
		}
	}
}

// hostPorts checks that no two containers want the same port of the node.
func (v *validator) hostPorts(at *api.Path, list []api.Container) {
	var taken []string
	for i := range list {
		for j, p := range list[i].Ports {
			if p.HostPort == 0 {
				continue
			}
			port := string(p.Protocol) + "/" + p.HostIP + "/" + strconv.Itoa(int(p.HostPort))
			if slices.Contains(taken, port) {
				v.duplicate(at.Index(i).Child("ports").Index(j).Child("hostPort"), port)
			} else {
				taken = append(taken, port)
			}
		}
	}
}

// hostNetworkPorts checks that ports are what they are on the node, where that is the same network.
func (v *validator) hostNetworkPorts(at *api.Path, s *api.PodSpec) {
	if !s.HostNetwork {
		return
	}
	for i := range s.Containers {
		for j, p := range s.Containers[i].Ports {
			if p.HostPort != p.ContainerPort {
				v.invalid(at.Index(i).Child("ports").Index(j).Child("hostPort"), p.HostPort, "must match `containerPort` when `hostNetwork` is true")
			}
		}
	}
}

func (v *validator) restartRules(at *api.Path, c *api.Container) {
	policy, rules := at.Child("restartPolicy"), at.Child("restartPolicyRules")
	if c.RestartPolicy == nil && len(c.RestartPolicyRules) > 0 {
		v.required(policy, "must specify restartPolicy when restart rules are used")
	}
	oneOfPointer(v, policy, c.RestartPolicy, api.RestartAlways, api.RestartNever, api.RestartOnFailure)
	if n := len(c.RestartPolicyRules); n > 20 {
		v.add(api.TooManyAt(rules.String(), n, 20))
	}
	for i, r := range c.RestartPolicyRules {
		oneOf(v, rules.Index(i).Child("action"), r.Action, "Restart", "RestartAllContainers")
		codes := rules.Index(i).Child("exitCodes")
		if r.ExitCodes == nil {
			v.required(codes, "must be specified")
			continue
		}
		oneOf(v, codes.Child("operator"), r.ExitCodes.Operator, "In", "NotIn")
		if n := len(r.ExitCodes.Values); n > 255 {
			v.add(api.TooManyAt(codes.Child("values").String(), n, 255))
		}
	}
}

func (v *validator) resizePolicy(at *api.Path, list []api.ContainerResizePolicy, restart api.RestartPolicy) {
	for i, p := range list {
		if slices.ContainsFunc(list[:i], func(o api.ContainerResizePolicy) bool { return o.ResourceName == p.ResourceName }) {
			v.duplicate(at.Index(i), p.ResourceName)
		}
		if v.present(at, string(p.ResourceName)) {
			oneOf(v, at, p.ResourceName, api.ResourceCPU, api.ResourceMemory)
		}
		if v.present(at, p.RestartPolicy) {
			oneOf(v, at, p.RestartPolicy, "NotRequired", "RestartContainer")
		}
		if restart == api.RestartNever && p.RestartPolicy != "NotRequired" {
			v.invalid(at, p.RestartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'")
		}
	}
}

// backsteps tells whether a path climbs out of the folder it begins in.
func backsteps(path string) bool { return slices.Contains(strings.Split(path, "/"), "..") }
