package api

// Volume is a folder the containers of a pod can mount.
type Volume struct {
	// Name of the volume, unique in the pod.
	Name string `json:"name"`
	VolumeSource
}

// VolumeSource is where a volume's content comes from; exactly one field is set.
//
// The plug-ins of single storage vendors, which upstream has removed or handed to CSI drivers
// (awsElasticBlockStore, azureDisk, azureFile, cephfs, cinder, fc, flexVolume, flocker,
// gcePersistentDisk, gitRepo, glusterfs, iscsi, photonPersistentDisk, portworxVolume, quobyte, rbd,
// scaleIO, storageos, vsphereVolume), are not known here: no node of a model has such a device.
//
// Source: Kubernetes API reference, "Volume v1 core".
type VolumeSource struct {
	// HostPath is a file or folder of the node.
	HostPath *HostPathVolumeSource `json:"hostPath,omitempty"`
	// EmptyDir is an empty folder that lives as long as the pod.
	EmptyDir *EmptyDirVolumeSource `json:"emptyDir,omitempty"`
	// Secret makes a file of each key of a Secret.
	Secret *SecretVolumeSource `json:"secret,omitempty"`
	// NFS is a folder of a file server.
	NFS *NFSVolumeSource `json:"nfs,omitempty"`
	// PersistentVolumeClaim is a claim for a volume that outlives the pod.
	PersistentVolumeClaim *PersistentVolumeClaimVolumeSource `json:"persistentVolumeClaim,omitempty"`
	// DownwardAPI makes files of fields of the pod.
	DownwardAPI *DownwardAPIVolumeSource `json:"downwardAPI,omitempty"`
	// ConfigMap makes a file of each key of a ConfigMap.
	ConfigMap *ConfigMapVolumeSource `json:"configMap,omitempty"`
	// Projected puts several sources into one folder.
	Projected *ProjectedVolumeSource `json:"projected,omitempty"`
	// CSI is a volume a CSI driver makes for the pod.
	CSI *CSIVolumeSource `json:"csi,omitempty"`
	// Ephemeral is a claim made for the pod and gone with it.
	Ephemeral *EphemeralVolumeSource `json:"ephemeral,omitempty"`
	// Image is the content of an image.
	Image *ImageVolumeSource `json:"image,omitempty"`
}

// HostPathVolumeSource is a file or folder of the node.
type HostPathVolumeSource struct {
	// Path on the node.
	Path string `json:"path"`
	// Type is what must be there: Directory, DirectoryOrCreate, File, FileOrCreate, Socket, CharDevice, BlockDevice; empty for anything.
	Type *string `json:"type,omitempty" upstream:"v1.HostPathType"`
}

// EmptyDirVolumeSource is an empty folder that lives as long as the pod.
type EmptyDirVolumeSource struct {
	// Medium is empty for the node's disk, Memory for a tmpfs, HugePages for huge pages.
	Medium string `json:"medium,omitempty" upstream:"v1.StorageMedium"`
	// SizeLimit is how much may be written before the pod is evicted.
	SizeLimit *Quantity `json:"sizeLimit,omitempty"`
	// Mode is the folder's permission bits.
	Mode *int32 `json:"mode,omitempty"`
}

// SecretVolumeSource makes a file of each key of a Secret.
type SecretVolumeSource struct {
	// SecretName is the Secret.
	SecretName string `json:"secretName,omitempty"`
	// Items choose keys and their file names; all keys by default.
	Items []KeyToPath `json:"items,omitempty"`
	// DefaultMode is the files' permission bits; 0644 by default.
	DefaultMode *int32 `json:"defaultMode,omitempty"`
	// Optional tells that the Secret or its keys may be missing.
	Optional *bool `json:"optional,omitempty"`
	// DefaultUser is the user id that owns the files.
	DefaultUser *int64 `json:"defaultUser,omitempty"`
}

// ConfigMapVolumeSource makes a file of each key of a ConfigMap.
type ConfigMapVolumeSource struct {
	LocalObjectReference
	// Items choose keys and their file names; all keys by default.
	Items []KeyToPath `json:"items,omitempty"`
	// DefaultMode is the files' permission bits; 0644 by default.
	DefaultMode *int32 `json:"defaultMode,omitempty"`
	// Optional tells that the ConfigMap or its keys may be missing.
	Optional *bool `json:"optional,omitempty"`
	// DefaultUser is the user id that owns the files.
	DefaultUser *int64 `json:"defaultUser,omitempty"`
}

// KeyToPath makes a file of one key.
type KeyToPath struct {
	// Key to take.
	Key string `json:"key"`
	// Path of the file in the volume.
	Path string `json:"path"`
	// Mode is the file's permission bits.
	Mode *int32 `json:"mode,omitempty"`
	// User is the user id that owns the file.
	User *int64 `json:"user,omitempty"`
}

// NFSVolumeSource is a folder of a file server.
type NFSVolumeSource struct {
	// Server is its name or address.
	Server string `json:"server"`
	// Path the server exports.
	Path string `json:"path"`
	// ReadOnly mounts it so that it cannot be written.
	ReadOnly bool `json:"readOnly,omitempty"`
}

// PersistentVolumeClaimVolumeSource is a claim in the pod's namespace.
type PersistentVolumeClaimVolumeSource struct {
	// ClaimName is the PersistentVolumeClaim.
	ClaimName string `json:"claimName"`
	// ReadOnly mounts it so that it cannot be written.
	ReadOnly bool `json:"readOnly,omitempty"`
}

// CSIVolumeSource is a volume a CSI driver makes for the pod.
type CSIVolumeSource struct {
	// Driver is the CSI driver.
	Driver string `json:"driver"`
	// ReadOnly mounts it so that it cannot be written.
	ReadOnly *bool `json:"readOnly,omitempty"`
	// FSType is the file system.
	FSType *string `json:"fsType,omitempty"`
	// VolumeAttributes go to the driver.
	VolumeAttributes map[string]string `json:"volumeAttributes,omitempty"`
	// NodePublishSecretRef is a Secret that goes to the driver.
	NodePublishSecretRef *LocalObjectReference `json:"nodePublishSecretRef,omitempty"`
}

// ImageVolumeSource is the content of an image.
type ImageVolumeSource struct {
	// Reference is the image.
	Reference string `json:"reference,omitempty"`
	// PullPolicy is Always, IfNotPresent or Never.
	PullPolicy PullPolicy `json:"pullPolicy,omitempty"`
}

// PodVolumeHealth tells how one volume of a pod is.
type PodVolumeHealth struct {
	// Name of the volume.
	Name string `json:"name"`
	// HealthConditions tell what is wrong with it.
	HealthConditions []VolumeHealthCondition `json:"healthConditions,omitempty"`
	// LastTransitionTime is when that changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
}

// VolumeHealthCondition tells what is wrong with a volume.
type VolumeHealthCondition struct {
	// Status is the state the volume is in.
	Status string `json:"status" upstream:"v1.VolumeHealthStatusType"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}
