package schema

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// maxData is how many bytes the values of a ConfigMap or Secret may have together: 1 MiB.
const maxData = 1 << 20

// staysAsItIs is what upstream says of a ConfigMap or Secret that is immutable.
const staysAsItIs = "field is immutable when `immutable` is set"

func (v *validator) configMap(c, old *api.ConfigMap) {
	if old != nil && isTrue(old.Immutable) {
		v.staysImmutable(c.Immutable)
		v.unchanged("data", same(c.Data, old.Data))
		v.unchanged("binaryData", same(c.BinaryData, old.BinaryData))
	}
	size := 0
	at := api.Field("data")
	for _, k := range slices.Sorted(maps.Keys(c.Data)) {
		v.invalid(at.Key(k), k, ConfigKey(k)...)
		if _, twice := c.BinaryData[k]; twice {
			v.invalid(at.Key(k), k, "duplicate of key present in binaryData")
		}
		size += len(c.Data[k])
	}
	size += v.bytes(api.Field("binaryData"), c.BinaryData)
	if size > maxData {
		v.add(api.TooLongAt("[]", maxData)) // upstream's way to say: the whole object
	}
}

// bytes checks keys and gives how many bytes all values have together.
func (v *validator) bytes(at *api.Path, data map[string][]byte) int {
	size := 0
	for _, k := range slices.Sorted(maps.Keys(data)) {
		v.invalid(at.Key(k), k, ConfigKey(k)...)
		size += len(data[k])
	}
	return size
}

func isTrue(b *bool) bool { return b != nil && *b }

func (v *validator) staysImmutable(now *bool) { v.unchanged("immutable", isTrue(now)) }

func (v *validator) unchanged(field string, same bool) {
	if !same {
		v.forbidden(api.Field(field), staysAsItIs)
	}
}

func (v *validator) secret(s, old *api.Secret) {
	if old != nil {
		if s.Type != old.Type {
			v.invalid(api.Field("type"), string(s.Type), "field is immutable")
		}
		if isTrue(old.Immutable) {
			v.staysImmutable(s.Immutable)
			v.unchanged("data", same(s.Data, old.Data))
		}
	}
	at := api.Field("data")
	if v.bytes(at, s.Data) > maxData {
		v.add(api.TooLongAt(at.String(), maxData))
	}
	v.secretType(at, s)
}

// secretKeys are the keys a Secret of a type must have.
var secretKeys = map[api.SecretType][]string{
	api.SecretDockercfg:        {".dockercfg"},
	api.SecretDockerConfigJSON: {".dockerconfigjson"},
	api.SecretSSHAuth:          {"ssh-privatekey"},
	api.SecretTLS:              {"tls.crt", "tls.key"},
	api.SecretBasicAuth:        {"username", "password"},
}

// accountName is the annotation that says whose token a Secret is to hold.
const accountName = "kubernetes.io/service-account.name"

func (v *validator) secretType(at *api.Path, s *api.Secret) {
	if s.Type == api.SecretServiceAccountToken && s.Annotations[accountName] == "" {
		v.required(api.Field("metadata").Child("annotations").Key(accountName), "")
	}
	var missing []string
	for _, k := range secretKeys[s.Type] {
		value, there := s.Data[k]
		switch {
		case !there || s.Type == api.SecretSSHAuth && len(value) == 0:
			missing = append(missing, k)
		case s.Type == api.SecretDockercfg || s.Type == api.SecretDockerConfigJSON:
			if _, err := parseTree(value); err != nil {
				v.invalid(at.Key(k), "<secret contents redacted>", err.Error())
			}
		}
	}
	if s.Type == api.SecretBasicAuth && len(missing) == 1 {
		return // either of them is enough
	}
	for _, k := range missing {
		v.required(at.Key(k), "")
	}
}

func (v *validator) lease(l *api.Lease) {
	at, s := api.Field("spec"), &l.Spec
	if d := s.LeaseDurationSeconds; d != nil && *d <= 0 {
		v.invalid(at.Child("leaseDurationSeconds"), *d, "must be greater than 0")
	}
	if n := s.LeaseTransitions; n != nil && *n < 0 {
		v.invalid(at.Child("leaseTransitions"), *n, notNegative)
	}
}
