package kubectl

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (d *description) volumes(list []api.Volume) {
	if len(list) == 0 {
		d.line(0, "%sVolumes:\t<none>", d.space)
		return
	}
	d.again(saidVolumes, &list[0], len(list), func() {
		d.line(0, "%sVolumes:", d.space)
		for i := range list {
			d.line(1, "%s:", d.nested(list[i].Name))
			d.volume(&list[i].VolumeSource)
		}
	})
}

// volume says what kind of volume it is, and its fields.
func (d *description) volume(v *api.VolumeSource) {
	switch {
	case v.HostPath != nil:
		kind := "<none>"
		if v.HostPath.Type != nil {
			kind = *v.HostPath.Type
		}
		d.fields("HostPath (bare host directory volume)", "Path", v.HostPath.Path, "HostPathType", kind)
	case v.EmptyDir != nil:
		limit := "<unset>"
		if q := v.EmptyDir.SizeLimit; q != nil && q.Sign() > 0 {
			limit = q.String()
		}
		d.fields("EmptyDir (a temporary directory that shares a pod's lifetime)", "Medium", v.EmptyDir.Medium, "SizeLimit", limit)
	case v.Secret != nil:
		d.fields("Secret (a volume populated by a Secret)", "SecretName", v.Secret.SecretName, "Optional", isOptional(v.Secret.Optional))
	case v.ConfigMap != nil:
		d.fields("ConfigMap (a volume populated by a ConfigMap)", "Name", v.ConfigMap.Name, "Optional", isOptional(v.ConfigMap.Optional))
	case v.NFS != nil:
		d.fields("NFS (an NFS mount that lasts the lifetime of a pod)", "Server", v.NFS.Server, "Path", v.NFS.Path, "ReadOnly", v.NFS.ReadOnly)
	case v.PersistentVolumeClaim != nil:
		d.fields("PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
			"ClaimName", v.PersistentVolumeClaim.ClaimName, "ReadOnly", v.PersistentVolumeClaim.ReadOnly)
	case v.DownwardAPI != nil:
		d.downward(v.DownwardAPI)
	case v.Projected != nil:
		d.projected(v.Projected)
	case v.CSI != nil:
		d.csi(v.CSI)
	case v.Ephemeral != nil:
		d.fields("EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)")
	case v.Image != nil:
		d.fields("Image (a container image or OCI artifact)", "Reference", v.Image.Reference, "PullPolicy", v.Image.PullPolicy)
	default:
		d.line(1, "<unknown>")
	}
}

// fields writes the type of a volume and then names and values in turn.
func (d *description) fields(kind string, namesAndValues ...any) {
	d.line(2, "Type:\t%s", kind)
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		d.line(2, "%v:\t%v", namesAndValues[i], namesAndValues[i+1])
	}
}

func (d *description) downward(v *api.DownwardAPIVolumeSource) {
	d.fields("DownwardAPI (a volume populated by information about the pod)")
	d.line(2, "Items:")
	for _, item := range v.Items {
		if item.FieldRef != nil {
			d.line(3, "%s -> %s", item.FieldRef.FieldPath, item.Path)
		}
		if item.ResourceFieldRef != nil {
			d.line(3, "%s -> %s", item.ResourceFieldRef.Resource, item.Path)
		}
	}
}

func (d *description) projected(v *api.ProjectedVolumeSource) {
	d.fields("Projected (a volume that contains injected data from multiple sources)")
	for _, s := range v.Sources {
		switch {
		case s.Secret != nil:
			d.line(2, "SecretName:\t%s", s.Secret.Name)
			d.line(2, "Optional:\t%t", isOptional(s.Secret.Optional))
		case s.DownwardAPI != nil:
			d.line(2, "DownwardAPI:\ttrue")
		case s.ConfigMap != nil:
			d.line(2, "ConfigMapName:\t%s", s.ConfigMap.Name)
			d.line(2, "Optional:\t%t", isOptional(s.ConfigMap.Optional))
		case s.ServiceAccountToken != nil && s.ServiceAccountToken.ExpirationSeconds != nil:
			d.line(2, "TokenExpirationSeconds:\t%d", *s.ServiceAccountToken.ExpirationSeconds)
		}
	}
}

func (d *description) csi(v *api.CSIVolumeSource) {
	fsType := ""
	if v.FSType != nil {
		fsType = *v.FSType
	}
	d.fields("CSI (a Container Storage Interface (CSI) volume source)", "Driver", v.Driver, "FSType", fsType, "ReadOnly", isOptional(v.ReadOnly))
	if len(v.VolumeAttributes) == 0 {
		d.line(2, "VolumeAttributes:\t<none>")
		return
	}
	title := "VolumeAttributes:"
	for _, k := range slices.Sorted(maps.Keys(v.VolumeAttributes)) {
		text := fmt.Sprintf("%s=%s", k, v.VolumeAttributes[k])
		if len(text) > maxAnnotation {
			text = text[:maxAnnotation] + "..."
		}
		d.line(2, "%s\t    %s", title, text)
		title = "    "
	}
}
