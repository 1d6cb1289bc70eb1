package api

// PodSecurityContext is under whose rights the containers of a pod run.
//
// Source: Kubernetes API reference, "PodSecurityContext v1 core".
type PodSecurityContext struct {
	// SELinuxOptions are the labels of the processes.
	SELinuxOptions *SELinuxOptions `json:"seLinuxOptions,omitempty"`
	// WindowsOptions are for pods on Windows.
	WindowsOptions *WindowsSecurityContextOptions `json:"windowsOptions,omitempty"`
	// RunAsUser is the user id; the image's by default.
	RunAsUser *int64 `json:"runAsUser,omitempty"`
	// RunAsGroup is the group id; the runtime's default otherwise.
	RunAsGroup *int64 `json:"runAsGroup,omitempty"`
	// RunAsNonRoot refuses to start as user 0.
	RunAsNonRoot *bool `json:"runAsNonRoot,omitempty"`
	// SupplementalGroups are further group ids.
	SupplementalGroups []int64 `json:"supplementalGroups,omitempty"`
	// SupplementalGroupsPolicy is Merge or Strict: whether the image's groups count too.
	SupplementalGroupsPolicy *string `json:"supplementalGroupsPolicy,omitempty" upstream:"v1.SupplementalGroupsPolicy"`
	// FSGroup is the group that owns the pod's volumes.
	FSGroup *int64 `json:"fsGroup,omitempty"`
	// Sysctls are kernel parameters of the pod's namespaces.
	Sysctls []Sysctl `json:"sysctls,omitempty"`
	// FSGroupChangePolicy is OnRootMismatch or Always.
	FSGroupChangePolicy *string `json:"fsGroupChangePolicy,omitempty" upstream:"v1.PodFSGroupChangePolicy"`
	// SeccompProfile limits the system calls.
	SeccompProfile *SecurityProfile `json:"seccompProfile,omitempty" upstream:"v1.SeccompProfile"`
	// AppArmorProfile limits what the processes may touch.
	AppArmorProfile *SecurityProfile `json:"appArmorProfile,omitempty" upstream:"v1.AppArmorProfile"`
	// SELinuxChangePolicy is Recursive or MountOption: how volumes are labelled.
	SELinuxChangePolicy *string `json:"seLinuxChangePolicy,omitempty" upstream:"v1.PodSELinuxChangePolicy"`
}

// SecurityContext is under whose rights one container runs; it goes before the pod's.
//
// Source: Kubernetes API reference, "SecurityContext v1 core".
type SecurityContext struct {
	// Capabilities to add to or take from the runtime's default set.
	Capabilities *Capabilities `json:"capabilities,omitempty"`
	// Privileged gives the container nearly all rights of the node's root.
	Privileged *bool `json:"privileged,omitempty"`
	// SELinuxOptions are the labels of the processes.
	SELinuxOptions *SELinuxOptions `json:"seLinuxOptions,omitempty"`
	// WindowsOptions are for containers on Windows.
	WindowsOptions *WindowsSecurityContextOptions `json:"windowsOptions,omitempty"`
	// RunAsUser is the user id; the image's by default.
	RunAsUser *int64 `json:"runAsUser,omitempty"`
	// RunAsGroup is the group id; the runtime's default otherwise.
	RunAsGroup *int64 `json:"runAsGroup,omitempty"`
	// RunAsNonRoot refuses to start as user 0.
	RunAsNonRoot *bool `json:"runAsNonRoot,omitempty"`
	// ReadOnlyRootFilesystem keeps the container from writing to its own file system.
	ReadOnlyRootFilesystem *bool `json:"readOnlyRootFilesystem,omitempty"`
	// AllowPrivilegeEscalation false sets no_new_privs: no process gets more rights than its parent.
	AllowPrivilegeEscalation *bool `json:"allowPrivilegeEscalation,omitempty"`
	// ProcMount is Default or Unmasked.
	ProcMount *string `json:"procMount,omitempty" upstream:"v1.ProcMountType"`
	// SeccompProfile limits the system calls.
	SeccompProfile *SecurityProfile `json:"seccompProfile,omitempty" upstream:"v1.SeccompProfile"`
	// AppArmorProfile limits what the processes may touch.
	AppArmorProfile *SecurityProfile `json:"appArmorProfile,omitempty" upstream:"v1.AppArmorProfile"`
}

// Capabilities to add to or take from a default set, for example NET_ADMIN.
type Capabilities struct {
	// Add these.
	Add []string `json:"add,omitempty" upstream:"v1.Capability"`
	// Drop these; ALL drops all.
	Drop []string `json:"drop,omitempty" upstream:"v1.Capability"`
}

// SELinuxOptions are an SELinux label.
type SELinuxOptions struct {
	// User part of the label.
	User string `json:"user,omitempty"`
	// Role part of the label.
	Role string `json:"role,omitempty"`
	// Type part of the label.
	Type string `json:"type,omitempty"`
	// Level part of the label.
	Level string `json:"level,omitempty"`
}

// WindowsSecurityContextOptions are for Windows.
type WindowsSecurityContextOptions struct {
	// GMSACredentialSpecName names the credential spec.
	GMSACredentialSpecName *string `json:"gmsaCredentialSpecName,omitempty"`
	// GMSACredentialSpec is the credential spec itself.
	GMSACredentialSpec *string `json:"gmsaCredentialSpec,omitempty"`
	// RunAsUserName is the user.
	RunAsUserName *string `json:"runAsUserName,omitempty"`
	// HostProcess runs the container on the host itself.
	HostProcess *bool `json:"hostProcess,omitempty"`
}

// SecurityProfile is a seccomp or AppArmor profile.
type SecurityProfile struct {
	// Type is RuntimeDefault, Unconfined or Localhost.
	Type string `json:"type" upstream:"v1.SeccompProfileType"`
	// LocalhostProfile is a profile on the node, for the type Localhost.
	LocalhostProfile *string `json:"localhostProfile,omitempty"`
}

// Sysctl is a kernel parameter.
type Sysctl struct {
	// Name of the parameter.
	Name string `json:"name"`
	// Value of the parameter.
	Value string `json:"value"`
}
