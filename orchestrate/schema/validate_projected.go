package schema

import (
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// projection checks the sources of a projected volume, which share one folder.
type projection struct {
	*validator
	at    *api.Path // the volume
	paths []string  // files made so far
}

func (v *validator) projected(at *api.Path, p *api.ProjectedVolumeSource) {
	v.mode(at.Child("defaultMode"), p.DefaultMode)
	in := projection{validator: v, at: at}
	for i := range p.Sources {
		s, here := &p.Sources[i], at.Child("sources").Index(i)
		if n := in.source(here, s); n > 1 {
			v.forbidden(here, "may not specify more than 1 volume type per source")
		}
	}
}

// source checks all that a source names and counts it.
func (p *projection) source(at *api.Path, s *api.VolumeProjection) (count int) {
	if s.Secret != nil {
		count++
		p.object(at.Child("secret"), s.Secret)
	}
	if s.ConfigMap != nil {
		count++
		p.object(at.Child("configMap"), s.ConfigMap)
	}
	if s.DownwardAPI != nil {
		count++
		for i := range s.DownwardAPI.Items {
			f := &s.DownwardAPI.Items[i]
			p.downwardFile(at.Child("downwardAPI"), f)
			p.claim(f.Path, f.Path)
		}
	}
	if s.ServiceAccountToken != nil {
		count++
		p.token(at.Child("serviceAccountToken"), s.ServiceAccountToken)
	}
	if s.ClusterTrustBundle != nil {
		count++
		p.trustBundle(at.Child("clusterTrustBundle"), s.ClusterTrustBundle)
	}
	if s.PodCertificate != nil {
		count++
		p.certificate(at.Child("podCertificate"), s.PodCertificate)
	}
	return count
}

// claim takes a path for a file; bad is what the error shows if it is taken.
func (p *projection) claim(path, bad string) {
	switch {
	case path == "":
	case slices.Contains(p.paths, path):
		p.invalid(p.at, bad, "conflicting duplicate paths")
	default:
		p.paths = append(p.paths, path)
	}
}

func (p *projection) object(at *api.Path, o *api.ObjectProjection) {
	p.present(at.Child("name"), o.Name)
	for i := range o.Items {
		p.file(at.Child("items").Index(i), &o.Items[i])
		p.claim(o.Items[i].Path, o.Name)
	}
}

func (p *projection) token(at *api.Path, t *api.ServiceAccountTokenProjection) {
	switch e := t.ExpirationSeconds; {
	case e == nil:
		p.required(at.Child("expirationSeconds"), "")
	case *e < 600:
		p.invalid(at.Child("expirationSeconds"), *e, "may not specify a duration less than 10 minutes")
	case *e > 1<<32:
		p.invalid(at.Child("expirationSeconds"), *e, "may not specify a duration larger than 2^32 seconds")
	}
	if p.present(p.at.Child("path"), t.Path) {
		p.ownPath(p.at.Child("path"), t.Path)
	}
	p.id(at.Child("user"), t.User)
}

func (p *projection) trustBundle(at *api.Path, b *api.ClusterTrustBundleProjection) {
	switch {
	case b.Name != nil && b.SignerName != nil:
		p.invalidStruct(at, b, "only one of name and signerName may be used")
	case b.Name != nil:
		if *b.Name == "" {
			p.required(at.Child("name"), "must be a valid object name")
		}
		for _, msg := range labels.ValidateSubdomain(*b.Name) {
			p.invalid(at.Child("name"), *b.Name, "not a valid clustertrustbundlename: "+msg)
		}
		if b.LabelSelector != nil {
			p.invalid(at.Child("labelSelector"), b.LabelSelector, "labelSelector must be unset if name is specified")
		}
	case b.SignerName != nil:
		if *b.SignerName == "" {
			p.required(at.Child("signerName"), "must be a valid signer name")
		}
		if b.LabelSelector != nil {
			p.selector(at.Child("labelSelector"), b.LabelSelector)
		}
	default:
		p.required(at, "either name or signerName must be specified")
	}
	p.present(at.Child("path"), b.Path)
	p.id(at.Child("user"), b.User)
	p.ownPath(at.Child("path"), b.Path)
	p.claim(b.Path, b.Path)
}

func (p *projection) certificate(at *api.Path, c *api.PodCertificateProjection) {
	p.present(at.Child("signerName"), c.SignerName)
	p.id(at.Child("user"), c.User)
	oneOf(p.validator, at.Child("keyType"), c.KeyType, "RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519")
	if m := c.MaxExpirationSeconds; m != nil && *m < 3600 {
		p.invalid(at.Child("maxExpirationSeconds"), *m, "if provided, maxExpirationSeconds must be >= 3600")
	}
	found := false
	for _, f := range []struct{ name, path string }{
		{"credentialBundlePath", c.CredentialBundlePath}, {"keyPath", c.KeyPath}, {"certificateChainPath", c.CertificateChainPath},
	} {
		if f.path != "" {
			found = true
			p.ownPath(at.Child(f.name), f.path)
			p.claim(f.path, f.path)
		}
	}
	if !found {
		p.required(at, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath")
	}
}
