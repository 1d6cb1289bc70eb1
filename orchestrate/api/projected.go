package api

// ProjectedVolumeSource puts several sources into one folder.
//
// Source: Kubernetes API reference, "ProjectedVolumeSource v1 core".
type ProjectedVolumeSource struct {
	// Sources are put on top of each other.
	Sources []VolumeProjection `json:"sources"`
	// DefaultMode is the files' permission bits; 0644 by default.
	DefaultMode *int32 `json:"defaultMode,omitempty"`
	// DefaultUser is the user id that owns the files.
	DefaultUser *int64 `json:"defaultUser,omitempty"`
}

// VolumeProjection is one source of a projected volume; exactly one field is set.
type VolumeProjection struct {
	// Secret makes a file of each key of a Secret.
	Secret *ObjectProjection `json:"secret,omitempty" upstream:"v1.SecretProjection"`
	// DownwardAPI makes files of fields of the pod.
	DownwardAPI *DownwardAPIProjection `json:"downwardAPI,omitempty"`
	// ConfigMap makes a file of each key of a ConfigMap.
	ConfigMap *ObjectProjection `json:"configMap,omitempty" upstream:"v1.ConfigMapProjection"`
	// ServiceAccountToken is a token of the pod's account.
	ServiceAccountToken *ServiceAccountTokenProjection `json:"serviceAccountToken,omitempty"`
	// ClusterTrustBundle is a file of certificates to trust.
	ClusterTrustBundle *ClusterTrustBundleProjection `json:"clusterTrustBundle,omitempty"`
	// PodCertificate is a key and a certificate made for the pod.
	PodCertificate *PodCertificateProjection `json:"podCertificate,omitempty"`
}

// ObjectProjection makes a file of each key of a Secret or ConfigMap.
type ObjectProjection struct {
	LocalObjectReference
	// Items choose keys and their file names; all keys by default.
	Items []KeyToPath `json:"items,omitempty"`
	// Optional tells that the object or its keys may be missing.
	Optional *bool `json:"optional,omitempty"`
}

// DownwardAPIProjection makes files of fields of the pod.
type DownwardAPIProjection struct {
	// Items are the files.
	Items []DownwardAPIVolumeFile `json:"items,omitempty"`
}

// DownwardAPIVolumeSource makes files of fields of the pod.
type DownwardAPIVolumeSource struct {
	// Items are the files.
	Items []DownwardAPIVolumeFile `json:"items,omitempty"`
	// DefaultMode is the files' permission bits; 0644 by default.
	DefaultMode *int32 `json:"defaultMode,omitempty"`
	// DefaultUser is the user id that owns the files.
	DefaultUser *int64 `json:"defaultUser,omitempty"`
}

// DownwardAPIVolumeFile is a file with a field of the pod in it.
type DownwardAPIVolumeFile struct {
	// Path of the file in the volume.
	Path string `json:"path"`
	// FieldRef is a field of the pod.
	FieldRef *ObjectFieldSelector `json:"fieldRef,omitempty"`
	// ResourceFieldRef is a request or limit of a container.
	ResourceFieldRef *ResourceFieldSelector `json:"resourceFieldRef,omitempty"`
	// Mode is the file's permission bits.
	Mode *int32 `json:"mode,omitempty"`
	// User is the user id that owns the file.
	User *int64 `json:"user,omitempty"`
}

// ServiceAccountTokenProjection is a token of the pod's account, renewed before it runs out.
type ServiceAccountTokenProjection struct {
	// Audience for whom the token is meant; the API server by default.
	Audience string `json:"audience,omitempty"`
	// ExpirationSeconds is how long it is valid; an hour by default.
	ExpirationSeconds *int64 `json:"expirationSeconds,omitempty"`
	// Path of the file in the volume.
	Path string `json:"path"`
	// User is the user id that owns the file.
	User *int64 `json:"user,omitempty"`
}

// ClusterTrustBundleProjection is a file of certificates to trust.
type ClusterTrustBundleProjection struct {
	// Name of one bundle.
	Name *string `json:"name,omitempty"`
	// SignerName finds all bundles of a signer.
	SignerName *string `json:"signerName,omitempty"`
	// LabelSelector narrows signerName down.
	LabelSelector *LabelSelector `json:"labelSelector,omitempty"`
	// Optional tells that there may be none.
	Optional *bool `json:"optional,omitempty"`
	// Path of the file in the volume.
	Path string `json:"path"`
	// User is the user id that owns the file.
	User *int64 `json:"user,omitempty"`
}

// PodCertificateProjection is a key and a certificate made for the pod.
type PodCertificateProjection struct {
	// SignerName is who signs it.
	SignerName string `json:"signerName,omitempty"`
	// KeyType is the kind of key, for example ED25519.
	KeyType string `json:"keyType,omitempty"`
	// MaxExpirationSeconds is how long it may be valid.
	MaxExpirationSeconds *int32 `json:"maxExpirationSeconds,omitempty"`
	// CredentialBundlePath is a file for key and certificates together.
	CredentialBundlePath string `json:"credentialBundlePath,omitempty"`
	// KeyPath is a file for the key alone.
	KeyPath string `json:"keyPath,omitempty"`
	// CertificateChainPath is a file for the certificates alone.
	CertificateChainPath string `json:"certificateChainPath,omitempty"`
	// UserAnnotations go to the signer.
	UserAnnotations map[string]string `json:"userAnnotations,omitempty"`
	// User is the user id that owns the files.
	User *int64 `json:"user,omitempty"`
}

// EphemeralVolumeSource is a claim made for the pod and gone with it.
type EphemeralVolumeSource struct {
	// VolumeClaimTemplate is the claim to make.
	VolumeClaimTemplate *PersistentVolumeClaimTemplate `json:"volumeClaimTemplate,omitempty"`
}

// PersistentVolumeClaimTemplate is a claim to make.
type PersistentVolumeClaimTemplate struct {
	// Metadata of the claim: labels, annotations.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec of the claim.
	Spec PersistentVolumeClaimSpec `json:"spec"`
}

// PersistentVolumeClaimSpec is what a claim asks for.
type PersistentVolumeClaimSpec struct {
	// AccessModes are ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.
	AccessModes []string `json:"accessModes,omitempty" upstream:"v1.PersistentVolumeAccessMode"`
	// Selector finds volumes to choose from.
	Selector *LabelSelector `json:"selector,omitempty"`
	// Resources say how large it is to be.
	Resources VolumeResourceRequirements `json:"resources,omitempty"`
	// VolumeName is the PersistentVolume the claim is bound to.
	VolumeName string `json:"volumeName,omitempty"`
	// StorageClassName is the StorageClass that makes the volume.
	StorageClassName *string `json:"storageClassName,omitempty"`
	// VolumeMode is Filesystem or Block.
	VolumeMode *string `json:"volumeMode,omitempty" upstream:"v1.PersistentVolumeMode"`
	// DataSource is what to fill the volume from.
	DataSource *TypedLocalObjectReference `json:"dataSource,omitempty"`
	// DataSourceRef is what to fill the volume from, of any kind.
	DataSourceRef *TypedObjectReference `json:"dataSourceRef,omitempty"`
	// VolumeAttributesClassName is the VolumeAttributesClass of the volume.
	VolumeAttributesClassName *string `json:"volumeAttributesClassName,omitempty"`
}

// TypedObjectReference names an object of some kind, perhaps in another namespace.
type TypedObjectReference struct {
	// APIGroup of the object; null or empty for the core group.
	APIGroup *string `json:"apiGroup"`
	// Kind of the object.
	Kind string `json:"kind"`
	// Name of the object.
	Name string `json:"name"`
	// Namespace of the object.
	Namespace *string `json:"namespace,omitempty"`
}
