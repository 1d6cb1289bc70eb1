package schema

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// container checks one container. names are those of the containers before it, volumes those of the pod.
func (v *validator) container(at string, c *api.Container, names, volumes map[string]bool) {
	switch {
	case c.Name == "":
		v.add(api.RequiredAt(at+".name", ""))
	case names[c.Name]:
		v.add(api.DuplicateAt(at+".name", c.Name))
	default:
		v.invalid(at+".name", c.Name, DNSLabel(c.Name))
	}
	names[c.Name] = true
	switch {
	case c.Image == "":
		v.add(api.RequiredAt(at+".image", ""))
	case strings.TrimSpace(c.Image) != c.Image:
		v.add(api.InvalidAt(at+".image", c.Image, "must not have leading or trailing whitespace"))
	}
	v.ports(at+".ports", c.Ports)
	v.env(at+".env", c.Env)
	v.resources(at+".resources", &c.Resources)
	v.mounts(at+".volumeMounts", c.VolumeMounts, volumes)
	v.probe(at+".livenessProbe", c.LivenessProbe, true)
	v.probe(at+".readinessProbe", c.ReadinessProbe, false)
	v.probe(at+".startupProbe", c.StartupProbe, true)
	if c.TerminationMessagePolicy != api.TerminationMessageFile && c.TerminationMessagePolicy != api.TerminationMessageFallbackLogs {
		v.add(api.NotSupportedAt(at+".terminationMessagePolicy", c.TerminationMessagePolicy, api.TerminationMessageFallbackLogs, api.TerminationMessageFile))
	}
	if c.ImagePullPolicy != api.PullAlways && c.ImagePullPolicy != api.PullIfNotPresent && c.ImagePullPolicy != api.PullNever {
		v.add(api.NotSupportedAt(at+".imagePullPolicy", c.ImagePullPolicy, api.PullAlways, api.PullIfNotPresent, api.PullNever))
	}
}

const portRange = "must be between 1 and 65535, inclusive"

func (v *validator) ports(at string, ports []api.ContainerPort) {
	names := map[string]bool{}
	for i, p := range ports {
		at := at + "[" + strconv.Itoa(i) + "]"
		if p.Name != "" {
			v.invalid(at+".name", p.Name, PortName(p.Name))
			if names[p.Name] {
				v.add(api.DuplicateAt(at+".name", p.Name))
			}
			names[p.Name] = true
		}
		switch {
		case p.ContainerPort == 0:
			v.add(api.RequiredAt(at+".containerPort", ""))
		case p.ContainerPort < 1 || p.ContainerPort > 65535:
			v.add(api.InvalidAt(at+".containerPort", p.ContainerPort, portRange))
		}
		if p.HostPort < 0 || p.HostPort > 65535 {
			v.add(api.InvalidAt(at+".hostPort", p.HostPort, portRange))
		}
		if p.Protocol != api.ProtocolTCP && p.Protocol != api.ProtocolUDP && p.Protocol != api.ProtocolSCTP {
			v.add(api.NotSupportedAt(at+".protocol", p.Protocol, api.ProtocolSCTP, api.ProtocolTCP, api.ProtocolUDP))
		}
	}
}

// PortName tells why a word cannot name a port (RFC 6335), in upstream's words; nothing if it can.
func PortName(s string) []string {
	var out []string
	if len(s) > 15 {
		out = append(out, "must be no more than 15 characters")
	}
	letter := false
	for i := range len(s) {
		c := s[i]
		letter = letter || c >= 'a' && c <= 'z'
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return append(out, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
		}
	}
	if !letter {
		out = append(out, "must contain at least one letter (a-z)")
	}
	if strings.Contains(s, "--") {
		out = append(out, "must not contain consecutive hyphens")
	}
	if s != "" && (s[0] == '-' || s[len(s)-1] == '-') {
		out = append(out, "must not begin or end with a hyphen")
	}
	return out
}

func (v *validator) env(at string, env []api.EnvVar) {
	for i := range env {
		e, at := &env[i], at+"["+strconv.Itoa(i)+"]"
		switch {
		case e.Name == "":
			v.add(api.RequiredAt(at+".name", ""))
		case strings.ContainsFunc(e.Name, func(r rune) bool { return r < 0x20 || r > 0x7e || r == '=' }):
			v.add(api.InvalidAt(at+".name", e.Name, "a valid environment variable name must consist only of printable ASCII characters other than '='"))
		}
		if e.ValueFrom == nil {
			continue
		}
		if e.Value != "" {
			v.add(api.InvalidAt(at+".valueFrom", "", "may not be specified when `value` is not empty"))
		}
		if n := len(pointersOf(reflect.ValueOf(e.ValueFrom).Elem())); n == 0 {
			v.add(api.InvalidAt(at+".valueFrom", "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
		} else if n > 1 {
			v.add(api.InvalidAt(at+".valueFrom", "", "may not have more than one field specified at a time"))
		}
	}
}

// standard are the resources a container may ask for without a domain in their name.
var standard = []api.ResourceName{api.ResourceCPU, api.ResourceMemory, api.ResourceEphemeralStorage}

func (v *validator) resources(at string, r *api.ResourceRequirements) {
	v.resourceList(at+".limits", r.Limits)
	v.resourceList(at+".requests", r.Requests)
	for _, name := range slices.Sorted(maps.Keys(r.Requests)) {
		request := r.Requests[name]
		if limit, ok := r.Limits[name]; ok && request.Cmp(limit) > 0 {
			v.add(api.InvalidAt(at+".requests", request.String(), "must be less than or equal to "+string(name)+" limit of "+limit.String()))
		}
	}
}

func (v *validator) resourceList(at string, list api.ResourceList) {
	for _, name := range slices.Sorted(maps.Keys(list)) {
		at, q := at+"["+string(name)+"]", list[name]
		if msgs := labels.ValidateKey(string(name)); len(msgs) > 0 {
			v.invalid(at, string(name), msgs)
		} else if !strings.Contains(string(name), "/") && !slices.Contains(standard, name) && !strings.HasPrefix(string(name), "hugepages-") {
			v.invalid(at, string(name), []string{"must be a standard resource type or fully qualified", "must be a standard resource for containers"})
		}
		if q.Sign() < 0 {
			v.add(api.InvalidAt(at, q.String(), "must be greater than or equal to 0"))
		}
		if strings.Contains(string(name), "/") && q.Milli()%1000 != 0 {
			v.add(api.InvalidAt(at, q.String(), "must be an integer"))
		}
	}
}

func (v *validator) mounts(at string, mounts []api.VolumeMount, volumes map[string]bool) {
	paths := map[string]bool{}
	for i, m := range mounts {
		at := at + "[" + strconv.Itoa(i) + "]"
		switch {
		case m.Name == "":
			v.add(api.RequiredAt(at+".name", ""))
		case !volumes[m.Name]:
			v.add(api.NotFoundAt(at+".name", m.Name))
		}
		v.required(at+".mountPath", m.MountPath, "")
		if paths[m.MountPath] {
			v.add(api.InvalidAt(at+".mountPath", m.MountPath, "must be unique"))
		}
		paths[m.MountPath] = true
		if slices.Contains(strings.Split(m.SubPath, "/"), "..") {
			v.add(api.InvalidAt(at+".subPath", m.SubPath, "must not contain '..'"))
		}
	}
}

// probe checks a probe; of some one success must be enough.
func (v *validator) probe(at string, p *api.Probe, once bool) {
	if p == nil {
		return
	}
	handlers := pointersOf(reflect.ValueOf(p.ProbeHandler))
	for i, h := range handlers {
		if i > 0 {
			v.add(api.ForbiddenAt(at+"."+h, "may not specify more than 1 handler type"))
		}
	}
	if len(handlers) == 0 {
		v.add(api.RequiredAt(at, "must specify a handler type"))
	}
	v.notNegative(at+".initialDelaySeconds", p.InitialDelaySeconds)
	v.notNegative(at+".timeoutSeconds", p.TimeoutSeconds)
	v.notNegative(at+".periodSeconds", p.PeriodSeconds)
	v.notNegative(at+".successThreshold", p.SuccessThreshold)
	v.notNegative(at+".failureThreshold", p.FailureThreshold)
	if once && p.SuccessThreshold != 1 {
		v.add(api.InvalidAt(at+".successThreshold", p.SuccessThreshold, "must be 1"))
	}
}

func (v *validator) notNegative(at string, n int32) {
	if n < 0 {
		v.add(api.InvalidAt(at, n, "must be greater than or equal to 0"))
	}
}

// pointersOf are the JSON names of the pointer fields of a struct that are set, in order.
func pointersOf(v reflect.Value) []string {
	var out []string
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Pointer && !f.IsNil() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			out = append(out, name)
		}
	}
	return out
}

// sourcesOf are the JSON names of the sources a volume names, emptyDir first as upstream asks for it first.
func sourcesOf(s *api.VolumeSource) []string {
	out := pointersOf(reflect.ValueOf(*s))
	if i := slices.Index(out, "emptyDir"); i > 0 {
		out = slices.Insert(slices.Delete(out, i, i+1), 0, "emptyDir")
	}
	return out
}
