package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) podSecurity(at *api.Path, s *api.PodSecurityContext) {
	if s == nil {
		return
	}
	v.id(at.Child("fsGroup"), s.FSGroup)
	v.id(at.Child("runAsUser"), s.RunAsUser)
	v.id(at.Child("runAsGroup"), s.RunAsGroup)
	for i := range s.SupplementalGroups {
		v.id(at.Child("supplementalGroups").Index(i), &s.SupplementalGroups[i])
	}
	for i, p := range s.Sysctls {
		name := at.Child("sysctls").Index(i).Child("name")
		switch {
		case p.Name == "":
			v.required(name, "")
		case !sysctlName(p.Name):
			v.invalid(name, p.Name, `must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`)
		case slices.ContainsFunc(s.Sysctls[:i], func(o api.Sysctl) bool { return o.Name == p.Name }):
			v.duplicate(name, p.Name)
		}
	}
	oneOfPointer(v, at.Child("fsGroupChangePolicy"), s.FSGroupChangePolicy, "Always", "OnRootMismatch")
	v.seccomp(at.Child("seccompProfile"), s.SeccompProfile)
	v.windows(at.Child("windowsOptions"), s.WindowsOptions)
	v.appArmor(at.Child("appArmorProfile"), s.AppArmorProfile)
	oneOfPointer(v, at.Child("supplementalGroupsPolicy"), s.SupplementalGroupsPolicy, "Merge", "Strict")
	oneOfPointer(v, at.Child("seLinuxChangePolicy"), s.SELinuxChangePolicy, "MountOption", "Recursive")
}

// security checks a container's rights; hostUsers tells that its users are those of the node.
func (v *validator) security(at *api.Path, s *api.SecurityContext, hostUsers bool) {
	if s == nil {
		return
	}
	v.id(at.Child("runAsUser"), s.RunAsUser)
	v.id(at.Child("runAsGroup"), s.RunAsGroup)
	if s.ProcMount != nil {
		oneOf(v, at.Child("procMount"), *s.ProcMount, "Default", "Unmasked")
		if hostUsers && *s.ProcMount == "Unmasked" {
			v.invalid(at.Child("procMount"), *s.ProcMount, "`hostUsers` must be false to use `Unmasked`")
		}
	}
	v.seccomp(at.Child("seccompProfile"), s.SeccompProfile)
	if s.AllowPrivilegeEscalation != nil && !*s.AllowPrivilegeEscalation {
		if s.Privileged != nil && *s.Privileged {
			v.invalidStruct(at, s, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
		}
		if s.Capabilities != nil && slices.Contains(s.Capabilities.Add, "CAP_SYS_ADMIN") {
			v.invalidStruct(at, s, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")
		}
	}
	v.windows(at.Child("windowsOptions"), s.WindowsOptions)
	v.appArmor(at.Child("appArmorProfile"), s.AppArmorProfile)
}

func (v *validator) seccomp(at *api.Path, p *api.SecurityProfile) {
	if p == nil {
		return
	}
	if p.Type == "" {
		v.required(at.Child("type"), "type is required when seccompProfile is set")
		return
	}
	oneOf(v, at.Child("type"), p.Type, "Localhost", "RuntimeDefault", "Unconfined")
	file := at.Child("localhostProfile")
	switch {
	case p.Type == "Localhost" && (p.LocalhostProfile == nil || *p.LocalhostProfile == ""):
		v.required(file, "must be set when seccomp type is Localhost")
	case p.Type == "Localhost":
		v.relative(file, *p.LocalhostProfile)
	case p.LocalhostProfile != nil:
		v.invalidStruct(file, p, "can only be set when seccomp type is Localhost")
	}
}

func (v *validator) appArmor(at *api.Path, p *api.SecurityProfile) {
	if p == nil {
		return
	}
	if p.Type == "" {
		v.required(at.Child("type"), "type is required when appArmorProfile is set")
		return
	}
	oneOf(v, at.Child("type"), p.Type, "Localhost", "RuntimeDefault", "Unconfined")
	file := at.Child("localhostProfile")
	switch name := p.LocalhostProfile; {
	case p.Type != "Localhost":
		if name != nil {
			v.invalid(file, *name, "can only be set when AppArmor type is Localhost")
		}
	case name == nil || strings.TrimSpace(*name) == "":
		v.required(file, "must be set when AppArmor type is Localhost")
	default:
		if strings.TrimSpace(*name) != *name {
			v.invalid(file, *name, "must not be padded with whitespace")
		}
		if len(*name) > 4095 {
			v.add(api.TooLongAt(file.String(), 4095))
		}
	}
}

func (v *validator) windows(at *api.Path, w *api.WindowsSecurityContextOptions) {
	if w == nil {
		return
	}
	if n := w.GMSACredentialSpecName; n != nil {
		v.invalid(at.Child("gmsaCredentialSpecName"), *n, labels.ValidateSubdomain(*n)...)
	}
	if s := w.GMSACredentialSpec; s != nil && *s == "" {
		v.invalid(at.Child("gmsaCredentialSpec"), *s, "gmsaCredentialSpec cannot be an empty string")
	}
	if n := w.RunAsUserName; n != nil && *n == "" {
		v.invalid(at.Child("runAsUserName"), *n, "runAsUserName cannot be an empty string")
	}
}
