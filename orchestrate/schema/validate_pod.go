package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// podScope is what the checks of a pod's parts have to know of the whole.
type podScope struct {
	spec    *api.PodSpec
	volumes map[string]*api.VolumeSource // those without a mistake
	claims  []string                     // names of resource claims, sorted
}

func (v *validator) pod(p *api.Pod) {
	at := api.Field("spec")
	v.podSpec(at, p.Spec, p.Name)
	if p.Spec.ServiceAccountName == "" {
		for i := range p.Spec.Volumes {
			v.tokenWithoutAccount(at.Child("volumes").Index(i).Child("projected"), p.Spec.Volumes[i].Projected)
		}
	}
	if g := p.Spec.TerminationGracePeriodSeconds; g != nil {
		v.notNegative(at.Child("terminationGracePeriodSeconds"), *g)
	}
	for i := range p.Spec.Containers {
		v.imageBlanks(at.Child("containers").Index(i), &p.Spec.Containers[i])
	}
	for i := range p.Spec.InitContainers {
		v.imageBlanks(at.Child("initContainers").Index(i), &p.Spec.InitContainers[i])
	}
}

// podCreate checks what a pod may not have from the beginning.
func (v *validator) podCreate(p *api.Pod) {
	at := api.Field("spec")
	if len(p.Spec.EphemeralContainers) > 0 {
		v.forbidden(at.Child("ephemeralContainers"), "cannot be set on create")
	}
	if p.Spec.NodeName != "" && len(p.Spec.SchedulingGates) > 0 {
		v.forbidden(at.Child("nodeName"), "cannot be set until all schedulingGates have been cleared")
	}
}

func (v *validator) tokenWithoutAccount(at *api.Path, p *api.ProjectedVolumeSource) {
	if p == nil {
		return
	}
	for i, s := range p.Sources {
		if s.ServiceAccountToken != nil {
			v.forbidden(at.Child("sources").Index(i).Child("serviceAccountToken"), "must not be specified when serviceAccountName is not set")
		}
	}
}

func (v *validator) imageBlanks(at *api.Path, c *api.Container) {
	if strings.TrimSpace(c.Image) != c.Image {
		v.invalid(at.Child("image"), c.Image, "must not have leading or trailing whitespace")
	}
}

func (v *validator) podSpec(at *api.Path, s *api.PodSpec, podName string) {
	in := &podScope{spec: s, volumes: v.volumes(at.Child("volumes"), s.Volumes, podName)}
	in.claims = v.resourceClaims(at.Child("resourceClaims"), s.ResourceClaims)
	v.containers(at.Child("containers"), in)
	v.initContainers(at.Child("initContainers"), in)
	v.ephemeralContainers(at.Child("ephemeralContainers"), in)
	v.podResources(at.Child("resources"), in)
	v.hostNetworkPorts(at.Child("containers"), s)
	oneOf(v, at.Child("restartPolicy"), s.RestartPolicy, api.RestartAlways, api.RestartOnFailure, api.RestartNever)
	oneOf(v, at.Child("dnsPolicy"), s.DNSPolicy, api.DNSClusterFirstWithHostNet, api.DNSClusterFirst, api.DNSDefault, api.DNSNone)
	v.labels(at.Child("nodeSelector"), s.NodeSelector)
	v.podSecurity(at.Child("securityContext"), s.SecurityContext)
	if s.ShareProcessNamespace != nil && *s.ShareProcessNamespace && s.HostPID {
		v.invalid(at.Child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled")
	}
	v.affinity(at.Child("affinity"), s.Affinity)
	v.dnsConfig(at.Child("dnsConfig"), s)
	for i, g := range s.ReadinessGates {
		v.invalid(at.Child("readinessGates").Index(i).Child("conditionType"), string(g.ConditionType), labels.ValidateKey(string(g.ConditionType))...)
	}
	v.schedulingGates(at.Child("schedulingGates"), s.SchedulingGates)
	v.spread(at.Child("topologySpreadConstraints"), s.TopologySpreadConstraints)
	v.hostUsers(at, s)
	v.hostnameOverride(at.Child("hostnameOverride"), s)
	v.podNames(at, s)
	v.tolerations(at.Child("tolerations"), s.Tolerations)
	v.podClasses(at, s)
	v.podSystem(at, in)
	v.fileKeys(at, s)
}

func (v *validator) podNames(at *api.Path, s *api.PodSpec) {
	if s.ServiceAccountName != "" {
		v.invalid(at.Child("serviceAccountName"), s.ServiceAccountName, labels.ValidateSubdomain(s.ServiceAccountName)...)
	}
	if s.NodeName != "" {
		v.invalid(at.Child("nodeName"), s.NodeName, labels.ValidateSubdomain(s.NodeName)...)
	}
	if d := s.ActiveDeadlineSeconds; d != nil && (*d < 1 || *d > 1<<31-1) {
		v.invalid(at.Child("activeDeadlineSeconds"), *d, "must be between 1 and 2147483647, inclusive")
	}
	if s.Hostname != "" {
		v.invalid(at.Child("hostname"), s.Hostname, DNSLabel(s.Hostname)...)
	}
	if s.Subdomain != "" {
		v.invalid(at.Child("subdomain"), s.Subdomain, DNSLabel(s.Subdomain)...)
	}
}

func (v *validator) podClasses(at *api.Path, s *api.PodSpec) {
	for i, a := range s.HostAliases {
		here := at.Child("hostAliases").Index(i)
		v.invalid(here.Child("ip"), a.IP, address(a.IP)...)
		for j, h := range a.Hostnames {
			v.invalid(here.Child("hostnames").Index(j), h, labels.ValidateSubdomain(h)...)
		}
	}
	if s.PriorityClassName != "" {
		v.invalid(at.Child("priorityClassName"), s.PriorityClassName, labels.ValidateSubdomain(s.PriorityClassName)...)
	}
	if s.RuntimeClassName != nil {
		v.invalid(at.Child("runtimeClassName"), *s.RuntimeClassName, labels.ValidateSubdomain(*s.RuntimeClassName)...)
	}
	oneOfPointer(v, at.Child("preemptionPolicy"), s.PreemptionPolicy, api.PreemptLowerPriority, api.PreemptNever)
	if s.Overhead != nil {
		v.resources(at.Child("overhead"), &api.ResourceRequirements{Limits: s.Overhead}, nil)
	}
}

func (v *validator) podSystem(at *api.Path, in *podScope) {
	s := in.spec
	if s.OS != nil {
		switch s.OS.Name {
		case "":
			v.required(at.Child("os").Child("name"), "")
		case "linux":
			v.onlyLinux(at, s)
		default:
			oneOf(v, at.Child("os"), s.OS.Name, "linux", "windows")
		}
	}
	if g := s.SchedulingGroup; g != nil {
		here := at.Child("schedulingGroup").Child("podGroupName")
		if g.PodGroupName == nil {
			v.invalid(here, nil, "must specify one of: `podGroupName`")
		} else {
			v.invalid(here, *g.PodGroupName, labels.ValidateSubdomain(*g.PodGroupName)...)
		}
		if len(s.EvictionResponders) > 0 {
			v.forbidden(at.Child("schedulingGroup"), "may not be set when evictionResponders is set")
		}
	}
}

func (v *validator) onlyLinux(at *api.Path, s *api.PodSpec) {
	const text = "windows options cannot be set for a linux pod"
	if s.SecurityContext != nil && s.SecurityContext.WindowsOptions != nil {
		v.forbidden(at.Child("securityContext").Child("windowsOptions"), text)
	}
	eachContainer(at, s, func(at *api.Path, c *api.Container) {
		if c.SecurityContext != nil && c.SecurityContext.WindowsOptions != nil {
			v.forbidden(at.Child("securityContext").Child("windowsOptions"), text)
		}
	})
}

// eachContainer visits the containers of all sorts: init containers, containers, ephemeral ones.
func eachContainer(at *api.Path, s *api.PodSpec, visit func(at *api.Path, c *api.Container)) {
	for i := range s.InitContainers {
		visit(at.Child("initContainers").Index(i), &s.InitContainers[i])
	}
	for i := range s.Containers {
		visit(at.Child("containers").Index(i), &s.Containers[i])
	}
	for i := range s.EphemeralContainers {
		visit(at.Child("ephemeralContainers").Index(i), &s.EphemeralContainers[i].Container)
	}
}

// hostUsers checks what a pod in a user namespace of its own may not share.
func (v *validator) hostUsers(at *api.Path, s *api.PodSpec) {
	const text = "when `hostUsers` is false"
	if s.HostUsers == nil || *s.HostUsers {
		return
	}
	for _, f := range []struct {
		name   string
		shared bool
	}{{"hostNetwork", s.HostNetwork}, {"HostPID", s.HostPID}, {"HostIPC", s.HostIPC}} {
		if f.shared {
			v.forbidden(at.Child(f.name), text)
		}
	}
	eachContainer(at, s, func(at *api.Path, c *api.Container) {
		if len(c.VolumeDevices) > 0 {
			v.forbidden(at.Child("volumeDevices"), text)
		}
	})
}

func (v *validator) hostnameOverride(at *api.Path, s *api.PodSpec) {
	if s.HostnameOverride == nil {
		return
	}
	if s.SetHostnameAsFQDN != nil && *s.SetHostnameAsFQDN {
		v.forbidden(at, "may not be specified when setHostnameAsFQDN is true")
	}
	if s.HostNetwork {
		v.forbidden(at, "may not be specified when hostNetwork is true")
	}
	if len(*s.HostnameOverride) > 64 {
		v.add(api.TooLongAt(at.String(), 64))
	}
	v.invalid(at, *s.HostnameOverride, labels.ValidateSubdomain(*s.HostnameOverride)...)
}

func (v *validator) dnsConfig(at *api.Path, s *api.PodSpec) {
	c := s.DNSConfig
	if s.DNSPolicy == api.DNSNone {
		if c == nil {
			v.required(at, "must provide `dnsConfig` when `dnsPolicy` is None")
			return
		}
		if len(c.Nameservers) == 0 {
			v.required(at.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None")
			return
		}
	}
	if c == nil {
		return
	}
	if len(c.Nameservers) > 3 {
		v.invalid(at.Child("nameservers"), c.Nameservers, "must not have more than 3 nameservers")
	}
	for i, n := range c.Nameservers {
		v.invalid(at.Child("nameservers").Index(i), n, address(n)...)
	}
	if len(c.Searches) > 32 {
		v.invalid(at.Child("searches"), c.Searches, "must not have more than 32 search paths")
	}
	if len(strings.Join(c.Searches, " ")) > 2048 {
		v.invalid(at.Child("searches"), c.Searches, "must not have more than 2048 characters (including spaces) in the search list")
	}
	for i, d := range c.Searches {
		if d != "." {
			d = strings.TrimSuffix(d, ".")
			v.invalid(at.Child("searches").Index(i), d, searchDomain(d)...)
		}
	}
	for i, o := range c.Options {
		if o.Name == "" {
			v.required(at.Child("options").Index(i), "must not be empty")
		}
	}
}

// fileKeys checks that variables from files name volumes their pod can write to.
func (v *validator) fileKeys(at *api.Path, s *api.PodSpec) {
	eachContainer(at, s, func(at *api.Path, c *api.Container) {
		for i, e := range c.Env {
			if e.ValueFrom == nil || e.ValueFrom.FileKeyRef == nil {
				continue
			}
			name := e.ValueFrom.FileKeyRef.VolumeName
			here := at.Child("env").Index(i).Child("valueFrom").Child("fileKeyRef").Child("volumeName")
			volume := slices.IndexFunc(s.Volumes, func(vol api.Volume) bool { return vol.Name == name })
			if volume < 0 {
				v.notFound(here, name)
			} else if s.Volumes[volume].EmptyDir == nil {
				v.invalid(here, name, "referenced volume must be of type emptyDir")
			}
		}
	})
}
