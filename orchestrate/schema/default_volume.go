package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// defaultVolume fills in the source of a volume; one without a source is an empty folder.
func defaultVolume(s *api.VolumeSource) {
	const mode = 0o644
	if *s == (api.VolumeSource{}) {
		s.EmptyDir = &api.EmptyDirVolumeSource{}
	}
	if s.Secret != nil {
		orPointer(&s.Secret.DefaultMode, mode)
	}
	if s.ConfigMap != nil {
		orPointer(&s.ConfigMap.DefaultMode, mode)
	}
	if s.HostPath != nil {
		orPointer(&s.HostPath.Type, "")
	}
	if s.DownwardAPI != nil {
		orPointer(&s.DownwardAPI.DefaultMode, mode)
		defaultFiles(s.DownwardAPI.Items)
	}
	if s.Projected != nil {
		orPointer(&s.Projected.DefaultMode, mode)
		for i := range s.Projected.Sources {
			defaultProjection(&s.Projected.Sources[i])
		}
	}
	if s.Ephemeral != nil && s.Ephemeral.VolumeClaimTemplate != nil {
		c := &s.Ephemeral.VolumeClaimTemplate.Spec
		orPointer(&c.VolumeMode, "Filesystem")
		roundUp(c.Resources.Limits)
		roundUp(c.Resources.Requests)
	}
	if s.Image != nil {
		or(&s.Image.PullPolicy, pullPolicy(s.Image.Reference))
	}
}

func defaultProjection(p *api.VolumeProjection) {
	if p.DownwardAPI != nil {
		defaultFiles(p.DownwardAPI.Items)
	}
	if p.ServiceAccountToken != nil {
		orPointer(&p.ServiceAccountToken.ExpirationSeconds, 3600)
	}
}

func defaultFiles(files []api.DownwardAPIVolumeFile) {
	for i := range files {
		defaultFieldRef(files[i].FieldRef)
	}
}

// pullPolicy is Always for the tag latest, also where it is only implied. A reference that is none at
// all is taken for one that has another tag, as upstream does.
func pullPolicy(image string) api.PullPolicy {
	name, _, digested := strings.Cut(image, "@")
	last := strings.LastIndexByte(name, '/') + 1
	repository, tag, tagged := strings.Cut(name[last:], ":")
	if imageName(name[:last]+repository) && (tag == "latest" || !tagged && !digested) {
		return api.PullAlways
	}
	return api.PullIfNotPresent
}

// imageName tells whether s can name an image: words of lower case letters, digits and single signs,
// with slashes between, perhaps behind the name of a registry.
func imageName(s string) bool {
	parts := strings.Split(s, "/")
	if len(parts) > 1 && (strings.ContainsAny(parts[0], ".:") || parts[0] == "localhost" || strings.ToLower(parts[0]) != parts[0]) {
		parts = parts[1:]
	}
	return !slices.ContainsFunc(parts, func(p string) bool { return !wordOf(p, "._-") || strings.Contains(p, "..") })
}
