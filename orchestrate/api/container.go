package api

// Container is one program in a pod, with the image it comes from.
//
// Source: Kubernetes API reference, "Container v1 core".
type Container struct {
	// Name of the container, unique in the pod.
	Name string `json:"name"`
	// Image to run, for example nginx:1.27.
	Image string `json:"image,omitempty"`
	// Command replaces the image's entrypoint.
	Command []string `json:"command,omitempty"`
	// Args replace the image's default arguments.
	Args []string `json:"args,omitempty"`
	// WorkingDir in which the program starts.
	WorkingDir string `json:"workingDir,omitempty"`
	// Ports the program listens on; a port left out here can still be reached.
	Ports []ContainerPort `json:"ports,omitempty"`
	// EnvFrom makes a variable of each key of a ConfigMap or Secret.
	EnvFrom []EnvFromSource `json:"envFrom,omitempty"`
	// Env are environment variables.
	Env []EnvVar `json:"env,omitempty"`
	// Resources the container asks for, and where it is stopped.
	Resources ResourceRequirements `json:"resources,omitempty"`
	// ResizePolicy says what happens when a resource changes.
	ResizePolicy []ContainerResizePolicy `json:"resizePolicy,omitempty"`
	// RestartPolicy Always makes an init container a sidecar: it runs on beside the others.
	RestartPolicy *RestartPolicy `json:"restartPolicy,omitempty" upstream:"v1.ContainerRestartPolicy"`
	// RestartPolicyRules decide by exit code, before the restart policy does.
	RestartPolicyRules []ContainerRestartRule `json:"restartPolicyRules,omitempty"`
	// VolumeMounts put volumes of the pod into the container's file system.
	VolumeMounts []VolumeMount `json:"volumeMounts,omitempty"`
	// VolumeDevices put block volumes of the pod into the container.
	VolumeDevices []VolumeDevice `json:"volumeDevices,omitempty"`
	// LivenessProbe restarts the container when it fails.
	LivenessProbe *Probe `json:"livenessProbe,omitempty"`
	// ReadinessProbe takes the container out of services while it fails.
	ReadinessProbe *Probe `json:"readinessProbe,omitempty"`
	// StartupProbe must succeed once before the other probes begin.
	StartupProbe *Probe `json:"startupProbe,omitempty"`
	// Lifecycle are actions after the start and before the end.
	Lifecycle *Lifecycle `json:"lifecycle,omitempty"`
	// TerminationMessagePath is the file whose text goes into the status when the container ends.
	TerminationMessagePath string `json:"terminationMessagePath,omitempty"`
	// TerminationMessagePolicy is File or FallbackToLogsOnError.
	TerminationMessagePolicy string `json:"terminationMessagePolicy,omitempty" upstream:"v1.TerminationMessagePolicy"`
	// ImagePullPolicy is Always, IfNotPresent or Never; Always by default if the tag is latest.
	ImagePullPolicy PullPolicy `json:"imagePullPolicy,omitempty"`
	// SecurityContext is under whose rights the container runs.
	SecurityContext *SecurityContext `json:"securityContext,omitempty"`
	// Stdin keeps the program's input open.
	Stdin bool `json:"stdin,omitempty"`
	// StdinOnce closes it after the first client has gone.
	StdinOnce bool `json:"stdinOnce,omitempty"`
	// TTY gives the program a terminal; needs stdin.
	TTY bool `json:"tty,omitempty"`
}

// EphemeralContainer is a container added to a running pod.
type EphemeralContainer struct {
	Container `upstream:"EphemeralContainerCommon"`
	// TargetContainerName is the container whose process namespace it joins.
	TargetContainerName string `json:"targetContainerName,omitempty"`
}

// PullPolicy says when an image is pulled.
type PullPolicy string

// The pull policies.
const (
	PullAlways       PullPolicy = "Always"
	PullIfNotPresent PullPolicy = "IfNotPresent"
	PullNever        PullPolicy = "Never"
)

// What a container has by default.
const (
	TerminationMessagePathDefault  = "/dev/termination-log"
	TerminationMessageFile         = "File"
	TerminationMessageFallbackLogs = "FallbackToLogsOnError"
)

// ContainerPort is a port a container listens on.
type ContainerPort struct {
	// Name of the port, by which services can refer to it.
	Name string `json:"name,omitempty"`
	// HostPort opens the port on the node too.
	HostPort int32 `json:"hostPort,omitempty"`
	// ContainerPort is the number of the port.
	ContainerPort int32 `json:"containerPort"`
	// Protocol is TCP, UDP or SCTP.
	Protocol Protocol `json:"protocol,omitempty"`
	// HostIP is the node's address for hostPort.
	HostIP string `json:"hostIP,omitempty"`
}

// Protocol of a port.
type Protocol string

// The protocols.
const (
	ProtocolTCP  Protocol = "TCP"
	ProtocolUDP  Protocol = "UDP"
	ProtocolSCTP Protocol = "SCTP"
)

// ContainerRestartRule says what to do when a container ends.
type ContainerRestartRule struct {
	// Action is Restart or RestartAllContainers.
	Action string `json:"action,omitempty" upstream:"v1.ContainerRestartRuleAction"`
	// ExitCodes for which the rule holds.
	ExitCodes *ContainerRestartRuleOnExitCodes `json:"exitCodes,omitempty"`
}

// ContainerRestartRuleOnExitCodes is a set of exit codes.
type ContainerRestartRuleOnExitCodes struct {
	// Operator is In or NotIn.
	Operator string `json:"operator,omitempty" upstream:"v1.ContainerRestartRuleOnExitCodesOperator"`
	// Values are the exit codes.
	Values []int32 `json:"values,omitempty"`
}

// VolumeMount puts a volume into a container's file system.
type VolumeMount struct {
	// Name of the volume.
	Name string `json:"name"`
	// ReadOnly mounts it so that it cannot be written.
	ReadOnly bool `json:"readOnly,omitempty"`
	// RecursiveReadOnly is Disabled, IfPossible or Enabled: whether mounts below it are read-only too.
	RecursiveReadOnly *string `json:"recursiveReadOnly,omitempty" upstream:"v1.RecursiveReadOnlyMode"`
	// MountPath is where in the container.
	MountPath string `json:"mountPath"`
	// SubPath is a folder of the volume, instead of its root.
	SubPath string `json:"subPath,omitempty"`
	// MountPropagation is None, HostToContainer or Bidirectional.
	MountPropagation *string `json:"mountPropagation,omitempty" upstream:"v1.MountPropagationMode"`
	// SubPathExpr is a subPath in which $(VARIABLE) is expanded.
	SubPathExpr string `json:"subPathExpr,omitempty"`
	// BindMountOptions are further options of the mount.
	BindMountOptions []string `json:"bindMountOptions,omitempty"`
}

// VolumeDevice puts a block volume into a container.
type VolumeDevice struct {
	// Name of the volume.
	Name string `json:"name"`
	// DevicePath is where in the container.
	DevicePath string `json:"devicePath"`
}

// VolumeMountStatus is a mount as it is.
type VolumeMountStatus struct {
	// Name of the volume.
	Name string `json:"name"`
	// MountPath is where in the container.
	MountPath string `json:"mountPath"`
	// ReadOnly tells that it cannot be written.
	ReadOnly bool `json:"readOnly,omitempty"`
	// RecursiveReadOnly tells whether mounts below it are read-only too.
	RecursiveReadOnly *string `json:"recursiveReadOnly,omitempty" upstream:"v1.RecursiveReadOnlyMode"`
	// VolumeStatus tells what the volume came from.
	VolumeStatus *VolumeStatus `json:"volumeStatus,omitempty"`
}

// VolumeStatus tells what a mounted volume came from.
type VolumeStatus struct {
	// Image the volume came from.
	Image *ImageVolumeStatus `json:"image,omitempty"`
}

// ImageVolumeStatus tells which image a volume came from.
type ImageVolumeStatus struct {
	// ImageRef is the digest of the image.
	ImageRef string `json:"imageRef,omitempty"`
}
