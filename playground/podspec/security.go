package podspec

import (
	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// usual are the capabilities a container runtime gives root when the Pod says nothing: 14 of 41.
const usual = "chown,dac_override,fsetid,fowner,mknod,net_raw,setgid,setuid,setfcap,setpcap,net_bind_service,sys_chroot,kill,audit_write"

// secure applies the security contexts: the container's goes before the pod's.
func secure(s *isolate.Spec, pod *api.PodSecurityContext, c *api.SecurityContext) {
	if pod == nil {
		pod = &api.PodSecurityContext{}
	}
	if c == nil {
		c = &api.SecurityContext{}
	}
	s.User = isolate.User{UID: id(c.RunAsUser, pod.RunAsUser), GID: id(c.RunAsGroup, pod.RunAsGroup)}
	for _, g := range pod.SupplementalGroups {
		s.User.Groups = append(s.User.Groups, uint32(g))
	}
	if pod.FSGroup != nil {
		s.User.Groups = append(s.User.Groups, uint32(*pod.FSGroup))
	}
	s.ReadOnly = on(c.ReadOnlyRootFilesystem)
	if c.AllowPrivilegeEscalation == nil || *c.AllowPrivilegeEscalation {
		s.Open |= isolate.NoNewPrivs
	}
	if !filtered(pod.SeccompProfile, c.SeccompProfile) {
		s.Open |= isolate.Seccomp
	}
	if c.ProcMount != nil && *c.ProcMount == "Unmasked" {
		s.Open |= isolate.Masks
	}
	set := capabilities(c.Capabilities)
	if on(c.Privileged) {
		set, _ = isolate.ParseCapabilities("all")
		s.Open |= isolate.Masks | isolate.Seccomp | isolate.NoNewPrivs
	}
	s.Capabilities = isolate.CapabilitySets{Bounding: set}
	if s.User.UID == 0 { // execve gives root what it has; anybody else keeps nothing, as there are no ambient capabilities
		s.Capabilities.Permitted, s.Capabilities.Effective = set, set
	}
}

// capabilities are the usual ones, less those dropped, with those added; ALL is all.
func capabilities(c *api.Capabilities) isolate.CapabilitySet {
	set, _ := isolate.ParseCapabilities(usual)
	if c == nil {
		return set
	}
	for _, name := range c.Drop {
		out, _ := isolate.ParseCapabilities(name)
		set &^= out
	}
	for _, name := range c.Add {
		in, _ := isolate.ParseCapabilities(name) // a name the kernel does not know gives nothing
		set |= in
	}
	return set
}

// filtered tells whether system calls are filtered. Without a profile they are not.
func filtered(pod, c *api.SecurityProfile) bool {
	if c == nil {
		c = pod
	}
	return c != nil && c.Type != "Unconfined"
}

func id(c, pod *int64) uint32 {
	if c == nil {
		c = pod
	}
	if c == nil {
		return 0
	}
	return uint32(*c)
}
