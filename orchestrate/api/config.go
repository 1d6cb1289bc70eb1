package api

// ConfigMap holds texts that pods read as files or environment variables.
//
// Source: Kubernetes API reference, "ConfigMap v1 core".
type ConfigMap struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Immutable, once true, keeps the data as they are.
	Immutable *bool `json:"immutable,omitempty"`
	// Data are texts by key.
	Data map[string]string `json:"data,omitempty"`
	// BinaryData are bytes by key, in base64; no key may be in both.
	BinaryData map[string][]byte `json:"binaryData,omitempty"`
}

// Kind is KindConfigMap.
func (*ConfigMap) Kind() Kind { return KindConfigMap }

// Clone copies the top and shares what is below it.
func (c *ConfigMap) Clone() Object { d := *c; return &d }

// Secret holds what not everybody shall read: passwords, keys, tokens.
//
// Source: Kubernetes API reference, "Secret v1 core".
type Secret struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Immutable, once true, keeps the data as they are.
	Immutable *bool `json:"immutable,omitempty"`
	// Data are bytes by key, in base64.
	Data map[string][]byte `json:"data,omitempty"`
	// StringData are texts a writer gives; the server moves them into data and never shows them.
	StringData map[string]string `json:"stringData,omitempty"`
	// Type says which keys there must be; Opaque, the default, asks for none.
	Type SecretType `json:"type,omitempty"`
}

// Kind is KindSecret.
func (*Secret) Kind() Kind { return KindSecret }

// Clone copies the top and shares what is below it.
func (s *Secret) Clone() Object { c := *s; return &c }

// SecretType says what a Secret is for.
type SecretType string

// The types of Secrets that ask for certain keys, and the one that does not.
const (
	SecretOpaque              SecretType = "Opaque"
	SecretServiceAccountToken SecretType = "kubernetes.io/service-account-token"
	SecretDockercfg           SecretType = "kubernetes.io/dockercfg"
	SecretDockerConfigJSON    SecretType = "kubernetes.io/dockerconfigjson"
	SecretBasicAuth           SecretType = "kubernetes.io/basic-auth"
	SecretSSHAuth             SecretType = "kubernetes.io/ssh-auth"
	SecretTLS                 SecretType = "kubernetes.io/tls"
	SecretBootstrapToken      SecretType = "bootstrap.kubernetes.io/token"
)

// ServiceAccount is who a pod is towards the API server.
//
// Source: Kubernetes API reference, "ServiceAccount v1 core".
type ServiceAccount struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Secrets the account's pods may use, in the older form.
	Secrets []ObjectReference `json:"secrets,omitempty"`
	// ImagePullSecrets name secrets with passwords for image registries.
	ImagePullSecrets []LocalObjectReference `json:"imagePullSecrets,omitempty"`
	// AutomountServiceAccountToken tells whether the account's token is mounted.
	AutomountServiceAccountToken *bool `json:"automountServiceAccountToken,omitempty"`
}

// Kind is KindServiceAccount.
func (*ServiceAccount) Kind() Kind { return KindServiceAccount }

// Clone copies the top and shares what is below it.
func (s *ServiceAccount) Clone() Object { c := *s; return &c }
