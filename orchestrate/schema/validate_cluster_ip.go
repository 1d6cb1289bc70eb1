package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// clusterIPs checks clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy against each other.
func (v *validator) clusterIPs(at *api.Path, s *api.ServiceSpec, old *api.Service) {
	if s.Type == api.ServiceExternalName {
		return
	}
	ips, families := at.Child("clusterIPs"), at.Child("ipFamilies")
	switch {
	case s.ClusterIP == "" && len(s.ClusterIPs) > 0:
		v.invalid(ips, s.ClusterIPs, "must be empty when `clusterIP` is not specified")
	case s.ClusterIP != "" && len(s.ClusterIPs) == 0:
		v.required(ips, "")
	case s.ClusterIP != "" && s.ClusterIPs[0] != s.ClusterIP:
		v.invalid(ips, s.ClusterIPs, "first value must match `clusterIP`")
	}
	for i, f := range s.IPFamilies {
		oneOf(v, families.Index(i), f, api.IPv4, api.IPv6)
		if slices.Contains(s.IPFamilies[:i], f) {
			v.duplicate(families.Index(i), string(f))
		}
	}
	oneOfPointer(v, at.Child("ipFamilyPolicy"), s.IPFamilyPolicy, api.PreferDualStack, api.RequireDualStack, api.SingleStack)
	if v.eachClusterIP(ips, s.ClusterIPs, old) && len(s.ClusterIPs) > 0 {
		v.familiesOfIPs(ips, s)
	}
}

// eachClusterIP checks each address by itself, and tells whether all were addresses. What was good enough before still is.
func (v *validator) eachClusterIP(at *api.Path, ips []string, old *api.Service) bool {
	good := true
	for i, ip := range ips {
		switch {
		case ip == api.ClusterIPNone && i == 0:
			if len(ips) > 1 {
				good = false
				v.invalid(at, ips, "'None' must be the first and only value")
			}
		case old != nil && slices.Contains(old.Spec.ClusterIPs, ip):
		default:
			msgs := address(ip)
			good = good && len(msgs) == 0
			v.invalid(at.Index(i), ip, msgs...)
		}
	}
	if len(ips) > 2 {
		v.invalid(at, ips, "may only hold up to 2 values")
	}
	return good
}

func (v *validator) familiesOfIPs(at *api.Path, s *api.ServiceSpec) {
	if len(s.ClusterIPs) > 1 && !dualStack(s.ClusterIPs) {
		v.invalid(at, s.ClusterIPs, "may specify no more than one IP for each IP family")
	}
	if headless(s) {
		return
	}
	for i, ip := range s.ClusterIPs {
		if i == len(s.IPFamilies) {
			return
		}
		if f := s.IPFamilies[i]; f == api.IPv4 && ipFamily(ip) == 6 || f == api.IPv6 && ipFamily(ip) != 6 {
			v.invalid(at.Index(i), ip, "expected an "+string(f)+" value as indicated by `ipFamilies["+strconv.Itoa(i)+"]`")
		}
	}
}

// dualStack tells that there are addresses of both families.
func dualStack(ips []string) bool {
	four := slices.ContainsFunc(ips, func(ip string) bool { return ipFamily(ip) == 4 })
	return four && slices.ContainsFunc(ips, func(ip string) bool { return ipFamily(ip) == 6 })
}

func (v *validator) externalIPs(at *api.Path, ips []string) {
	for i, ip := range ips {
		if msgs := address(ip); len(msgs) > 0 {
			v.invalid(at.Index(i), ip, msgs...)
		} else {
			v.endpointIP(at.Index(i), ip)
		}
	}
}

// endpointIP refuses addresses that no endpoint can have.
func (v *validator) endpointIP(at *api.Path, ip string) {
	four := ipFamily(ip) == 4
	low := strings.ToLower(ip)
	first, _, _ := strings.Cut(low, ":")
	significant := strings.Trim(ip, "0:")
	switch {
	case ip == "0.0.0.0" || !four && significant == "":
		v.invalid(at, ip, "may not be unspecified ("+ip+")")
	case four && strings.HasPrefix(ip, "127.") || !four && significant == "1" && strings.HasSuffix(ip, "1"):
		v.invalid(at, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)")
	case four && strings.HasPrefix(ip, "169.254.") || !four && len(first) == 4 && first[:2] == "fe" && strings.IndexByte("89ab", first[2]) >= 0:
		v.invalid(at, ip, "may not be in the link-local range (169.254.0.0/16, fe80::/10)")
	case four && strings.HasPrefix(ip, "224.0.0.") || strings.HasPrefix(low, "ff02:"):
		v.invalid(at, ip, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
	}
}

const onceSet = "may not change once set"

// serviceUpdate checks what of a Service may change. Addresses stay, unless it becomes or was an ExternalName.
func (v *validator) serviceUpdate(at *api.Path, s, old *api.ServiceSpec) {
	if s.Type != api.ServiceExternalName && old.Type != api.ServiceExternalName {
		if !headless(s) || !headless(old) {
			v.clusterIPsUpdate(at, s, old)
		}
		if !headless(s) && !headless(old) {
			v.familiesUpdate(at, s, old)
		}
	}
	if s.Type == api.ServiceLoadBalancer && old.Type == api.ServiceLoadBalancer && !same(s.LoadBalancerClass, old.LoadBalancerClass) {
		v.invalid(at.Child("loadBalancerClass"), pointed(s.LoadBalancerClass), onceSet)
	}
	v.loadBalancerClass(at.Child("loadBalancerClass"), s) // upstream looks at it here and once more below
	if needsHealthCheck(s) && needsHealthCheck(old) && s.HealthCheckNodePort != old.HealthCheckNodePort {
		v.forbidden(at.Child("healthCheckNodePort"), "field is immutable")
	}
}

func (v *validator) clusterIPsUpdate(at *api.Path, s, old *api.ServiceSpec) {
	here, now, was := at.Child("clusterIPs"), s.ClusterIPs, old.ClusterIPs
	if len(now) == len(was) {
		for i := range was {
			if now[i] != was[i] {
				v.invalid(here.Index(i), now, onceSet)
			}
		}
		return
	}
	if len(now) == 0 {
		v.invalid(here.Index(0), now, "primary clusterIP can not be unset")
	} else if len(was) > 0 && now[0] != was[0] {
		v.invalid(here.Index(0), now, onceSet)
	}
	if len(now) == 1 && len(was) > 1 {
		v.singleStack(at, s, "clusterIP")
	}
}

func (v *validator) familiesUpdate(at *api.Path, s, old *api.ServiceSpec) {
	here, now, was := at.Child("ipFamilies").Index(0), s.IPFamilies, old.IPFamilies
	switch {
	case len(now) == len(was):
		for i := range was {
			if now[i] != was[i] {
				v.invalid(here, now, onceSet)
			}
		}
		return
	case len(now) < len(was) && len(s.ClusterIPs) == 0:
		v.invalid(here, now, "primary ipFamily can not be unset")
	}
	if len(now) > 0 && len(was) > 0 && now[0] != was[0] {
		v.invalid(here, s.ClusterIPs, onceSet)
	}
	if len(now) == 1 && len(was) > 1 {
		v.singleStack(at, s, "ipFamily")
	}
}

func (v *validator) singleStack(at *api.Path, s *api.ServiceSpec, what string) {
	if p := s.IPFamilyPolicy; p == nil || *p != api.SingleStack {
		v.invalid(at.Child("ipFamilyPolicy"), pointed(p), "must be set to 'SingleStack' when releasing the secondary "+what)
	}
}
