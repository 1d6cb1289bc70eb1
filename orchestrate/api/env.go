package api

// EnvVar is an environment variable of a container.
type EnvVar struct {
	// Name of the variable.
	Name string `json:"name"`
	// Value, in which $(OTHER) stands for the value of a variable defined before.
	Value string `json:"value,omitempty"`
	// ValueFrom takes the value from somewhere else; not together with value.
	ValueFrom *EnvVarSource `json:"valueFrom,omitempty"`
}

// EnvVarSource is where a variable's value comes from; exactly one field is set.
type EnvVarSource struct {
	// FieldRef is a field of the pod, for example metadata.name.
	FieldRef *ObjectFieldSelector `json:"fieldRef,omitempty"`
	// ResourceFieldRef is a request or limit of a container.
	ResourceFieldRef *ResourceFieldSelector `json:"resourceFieldRef,omitempty"`
	// ConfigMapKeyRef is a key of a ConfigMap.
	ConfigMapKeyRef *KeySelector `json:"configMapKeyRef,omitempty" upstream:"v1.ConfigMapKeySelector"`
	// SecretKeyRef is a key of a Secret.
	SecretKeyRef *KeySelector `json:"secretKeyRef,omitempty" upstream:"v1.SecretKeySelector"`
	// FileKeyRef is a key in a file of variables.
	FileKeyRef *FileKeySelector `json:"fileKeyRef,omitempty"`
}

// ObjectFieldSelector is a field of the pod itself.
type ObjectFieldSelector struct {
	// APIVersion in which the path is written; v1 by default.
	APIVersion string `json:"apiVersion,omitempty"`
	// FieldPath of the field.
	FieldPath string `json:"fieldPath"`
}

// ResourceFieldSelector is a request or limit of a container.
type ResourceFieldSelector struct {
	// ContainerName is the container; its own if empty.
	ContainerName string `json:"containerName,omitempty"`
	// Resource, for example limits.cpu.
	Resource string `json:"resource"`
	// Divisor is the unit of the value; 1 by default.
	Divisor Quantity `json:"divisor,omitempty"`
}

// KeySelector is one key of a ConfigMap or Secret.
type KeySelector struct {
	LocalObjectReference
	// Key in it.
	Key string `json:"key"`
	// Optional tells that the object or the key may be missing.
	Optional *bool `json:"optional,omitempty"`
}

// FileKeySelector is a key in a file of variables.
type FileKeySelector struct {
	// VolumeName is the volume with the file.
	VolumeName string `json:"volumeName"`
	// Path of the file in the volume.
	Path string `json:"path"`
	// Key in the file.
	Key string `json:"key"`
	// Optional tells that the file or the key may be missing.
	Optional *bool `json:"optional,omitempty"`
}

// EnvFromSource makes a variable of each key of a ConfigMap or Secret.
type EnvFromSource struct {
	// Prefix of the variables' names.
	Prefix string `json:"prefix,omitempty"`
	// ConfigMapRef is the ConfigMap.
	ConfigMapRef *EnvSource `json:"configMapRef,omitempty" upstream:"v1.ConfigMapEnvSource"`
	// SecretRef is the Secret.
	SecretRef *EnvSource `json:"secretRef,omitempty" upstream:"v1.SecretEnvSource"`
}

// EnvSource is a ConfigMap or Secret whose keys become variables.
type EnvSource struct {
	LocalObjectReference
	// Optional tells that the object may be missing.
	Optional *bool `json:"optional,omitempty"`
}
