package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// volumes checks the volumes and gives those without a mistake.
func (v *validator) volumes(at *api.Path, list []api.Volume, podName string) map[string]*api.VolumeSource {
	if len(list) == 0 {
		return nil
	}
	right := make(map[string]*api.VolumeSource, len(list))
	for i := range list {
		vol, here, before := &list[i], at.Index(i), v.count()
		v.volumeSource(here, &vol.VolumeSource)
		if v.present(here.Child("name"), vol.Name) {
			v.invalid(here.Child("name"), vol.Name, DNSLabel(vol.Name)...)
		}
		if right[vol.Name] != nil {
			v.duplicate(here.Child("name"), vol.Name)
		}
		if v.count() == before {
			right[vol.Name] = &vol.VolumeSource
		}
		if pvc := vol.PersistentVolumeClaim; pvc != nil && podName != "" && slices.ContainsFunc(list, func(o api.Volume) bool {
			return o.Ephemeral != nil && podName+"-"+o.Name == pvc.ClaimName
		}) {
			v.invalid(here.Child("persistentVolumeClaim").Child("claimName"), pvc.ClaimName, "must not reference a PVC that gets created for an ephemeral volume")
		}
	}
	return right
}

// volumeSource checks the first source a volume names, and that it names no other.
func (v *validator) volumeSource(at *api.Path, s *api.VolumeSource) {
	found := false
	for _, source := range []struct {
		name  string
		set   bool
		check func(at *api.Path)
	}{
		{"emptyDir", s.EmptyDir != nil, func(at *api.Path) { v.emptyDir(at, s.EmptyDir) }},
		{"hostPath", s.HostPath != nil, func(at *api.Path) { v.hostPath(at, s.HostPath) }},
		{"secret", s.Secret != nil, func(at *api.Path) {
			v.present(at.Child("secretName"), s.Secret.SecretName)
			v.files(at, s.Secret.DefaultMode, s.Secret.Items)
		}},
		{"nfs", s.NFS != nil, func(at *api.Path) { v.nfs(at, s.NFS) }},
		{"persistentVolumeClaim", s.PersistentVolumeClaim != nil, func(at *api.Path) {
			v.present(at.Child("claimName"), s.PersistentVolumeClaim.ClaimName)
		}},
		{"downwardAPI", s.DownwardAPI != nil, func(at *api.Path) {
			v.mode(at.Child("defaultMode"), s.DownwardAPI.DefaultMode)
			for i := range s.DownwardAPI.Items {
				v.downwardFile(at, &s.DownwardAPI.Items[i])
			}
		}},
		{"configMap", s.ConfigMap != nil, func(at *api.Path) {
			v.present(at.Child("name"), s.ConfigMap.Name)
			v.files(at, s.ConfigMap.DefaultMode, s.ConfigMap.Items)
		}},
		{"projected", s.Projected != nil, func(at *api.Path) { v.projected(at, s.Projected) }},
		{"csi", s.CSI != nil, func(at *api.Path) { v.csi(at, s.CSI) }},
		{"ephemeral", s.Ephemeral != nil, func(at *api.Path) { v.ephemeral(at, s.Ephemeral) }},
		{"image", s.Image != nil, func(at *api.Path) {
			v.present(at.Child("reference"), s.Image.Reference)
			v.pullPolicy(at.Child("pullPolicy"), s.Image.PullPolicy)
		}},
	} {
		switch {
		case source.set && found:
			v.forbidden(at.Child(source.name), "may not specify more than 1 volume type")
		case source.set:
			found = true
			source.check(at.Child(source.name))
		}
	}
	if !found {
		v.required(at, "must specify a volume type")
	}
}

func (v *validator) emptyDir(at *api.Path, e *api.EmptyDirVolumeSource) {
	if e.SizeLimit != nil && e.SizeLimit.Sign() < 0 {
		v.forbidden(at.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity")
	}
}

func (v *validator) hostPath(at *api.Path, h *api.HostPathVolumeSource) {
	if v.present(at.Child("path"), h.Path) && backsteps(h.Path) {
		v.invalid(at.Child("path"), h.Path, "must not contain '..'")
	}
	oneOfPointer(v, at.Child("type"), h.Type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket")
}

func (v *validator) nfs(at *api.Path, n *api.NFSVolumeSource) {
	v.present(at.Child("server"), n.Server)
	v.present(at.Child("path"), n.Path)
	if !strings.HasPrefix(n.Path, "/") {
		v.invalid(at.Child("path"), n.Path, "must be an absolute path")
	}
}

func (v *validator) csi(at *api.Path, c *api.CSIVolumeSource) {
	driver := at.Child("driver")
	if v.present(driver, c.Driver) {
		if len(c.Driver) > 63 {
			v.add(api.TooLongAt(driver.String(), 63))
		}
		v.invalid(driver, c.Driver, labels.ValidateSubdomain(strings.ToLower(c.Driver))...)
	}
	if r := c.NodePublishSecretRef; r != nil && v.present(at.Child("nodePublishSecretRef").Child("name"), r.Name) {
		v.invalid(at.Child("name"), r.Name, labels.ValidateSubdomain(r.Name)...)
	}
}

func (v *validator) ephemeral(at *api.Path, e *api.EphemeralVolumeSource) {
	t := e.VolumeClaimTemplate
	if t == nil {
		v.required(at.Child("volumeClaimTemplate"), "")
		return
	}
	meta, spec := at.Child("volumeClaimTemplate").Child("metadata"), at.Child("volumeClaimTemplate").Child("spec")
	v.annotations(meta.Child("annotations"), t.Annotations)
	v.labels(meta.Child("labels"), t.Labels)
	if len(t.Spec.AccessModes) == 0 {
		v.required(spec.Child("accessModes"), "at least 1 access mode is required")
	}
	if t.Spec.Selector != nil {
		v.selector(spec.Child("selector"), t.Spec.Selector)
	}
	for _, m := range t.Spec.AccessModes {
		oneOf(v, spec.Child("accessModes"), m, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
	}
	size, asked := t.Spec.Resources.Requests[api.ResourceStorage]
	storage := spec.Child("resources").Key("storage")
	if !asked {
		v.required(storage, "")
	} else if size.Sign() <= 0 {
		v.invalid(storage, size, "must be greater than zero")
	}
	if c := t.Spec.StorageClassName; c != nil && *c != "" {
		v.invalid(spec.Child("storageClassName"), *c, labels.ValidateSubdomain(*c)...)
	}
	oneOfPointer(v, spec.Child("volumeMode"), t.Spec.VolumeMode, "Block", "Filesystem")
}

func (v *validator) mode(at *api.Path, m *int32) {
	if m != nil && (*m < 0 || *m > 0o777) {
		v.invalid(at, *m, "must be a number between 0 and 0777 (octal), both inclusive")
	}
}

// files checks the files made of keys.
func (v *validator) files(at *api.Path, mode *int32, items []api.KeyToPath) {
	v.mode(at.Child("defaultMode"), mode)
	for i := range items {
		v.file(at.Child("items").Index(i), &items[i])
	}
}

func (v *validator) file(at *api.Path, f *api.KeyToPath) {
	v.present(at.Child("key"), f.Key)
	v.present(at.Child("path"), f.Path)
	v.ownPath(at.Child("path"), f.Path)
	v.mode(at.Child("mode"), f.Mode)
	v.id(at.Child("user"), f.User)
}

// ownPath asks for a path in a volume that does not collide with the kubelet's own files there.
func (v *validator) ownPath(at *api.Path, path string) {
	v.relative(at, path)
	if strings.HasPrefix(path, "..") && path != ".." && !strings.HasPrefix(path, "../") {
		v.invalid(at, path, "must not start with '..'")
	}
}

func (v *validator) downwardFile(at *api.Path, f *api.DownwardAPIVolumeFile) {
	v.present(at.Child("path"), f.Path)
	v.ownPath(at.Child("path"), f.Path)
	switch {
	case f.FieldRef != nil:
		v.fieldRef(at.Child("fieldRef"), f.FieldRef, fileFields)
		if f.ResourceFieldRef != nil {
			v.invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")
		}
	case f.ResourceFieldRef != nil:
		v.resourceRef(at.Child("resourceFieldRef"), f.ResourceFieldRef, true)
	default:
		v.required(at, "one of fieldRef and resourceFieldRef is required")
	}
	v.mode(at.Child("mode"), f.Mode)
	v.id(at.Child("user"), f.User)
}
