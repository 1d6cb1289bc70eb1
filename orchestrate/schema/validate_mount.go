package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) mounts(at *api.Path, c *api.Container, in *podScope) {
	for i, m := range c.VolumeMounts {
		here := at.Index(i)
		v.present(here.Child("name"), m.Name)
		if in.volumes[m.Name] == nil {
			v.notFound(here.Child("name"), m.Name)
		}
		v.present(here.Child("mountPath"), m.MountPath)
		if slices.ContainsFunc(c.VolumeMounts[:i], func(o api.VolumeMount) bool { return o.MountPath == m.MountPath }) {
			v.invalid(here.Child("mountPath"), m.MountPath, "must be unique")
		}
		if slices.ContainsFunc(c.VolumeDevices, func(d api.VolumeDevice) bool { return d.Name == m.Name }) {
			v.invalid(here.Child("name"), m.Name, "must not already exist in volumeDevices")
		}
		if slices.ContainsFunc(c.VolumeDevices, func(d api.VolumeDevice) bool { return d.DevicePath == m.MountPath }) {
			v.invalid(here.Child("mountPath"), m.MountPath, "must not already exist as a path in volumeDevices")
		}
		// Upstream leaves the index out of the paths of these; a learner may search for them.
		v.relative(at.Child("subPath"), m.SubPath)
		if m.SubPathExpr != "" && m.SubPath != "" {
			v.invalid(here.Child("subPathExpr"), m.SubPathExpr, "subPathExpr and subPath are mutually exclusive")
		}
		v.relative(at.Child("subPathExpr"), m.SubPathExpr)
		v.propagation(at, c, &m)
		v.bindOptions(here.Child("bindMountOptions"), &m, in.volumes[m.Name])
	}
}

// relative asks for a path below a folder, if there is one.
func (v *validator) relative(at *api.Path, path string) {
	if strings.HasPrefix(path, "/") {
		v.invalid(at, path, "must be a relative path")
	}
	if backsteps(path) {
		v.invalid(at, path, "must not contain '..'")
	}
}

func (v *validator) propagation(at *api.Path, c *api.Container, m *api.VolumeMount) {
	if p := m.MountPropagation; p != nil {
		here := at.Child("mountPropagation")
		oneOf(v, here, *p, "Bidirectional", "HostToContainer", "None")
		if s := c.SecurityContext; *p == "Bidirectional" && (s == nil || s.Privileged == nil || !*s.Privileged) {
			v.forbidden(here, "Bidirectional mount propagation is available only to privileged containers")
		}
	}
	r, here := m.RecursiveReadOnly, at.Child("recursiveReadOnly")
	if r == nil {
		return
	}
	if *r != "Enabled" && *r != "IfPossible" {
		oneOf(v, here, *r, "Disabled", "Enabled", "IfPossible")
		return
	}
	if !m.ReadOnly {
		v.forbidden(here, "may only be specified when readOnly is true")
	}
	if m.MountPropagation != nil && *m.MountPropagation != "None" {
		v.forbidden(here, "may only be specified when mountPropagation is None or not specified")
	}
}

func (v *validator) bindOptions(at *api.Path, m *api.VolumeMount, source *api.VolumeSource) {
	for i, o := range m.BindMountOptions {
		oneOf(v, at.Index(i), o, "nodev", "noexec", "nosuid")
		if slices.Contains(m.BindMountOptions[:i], o) {
			v.duplicate(at.Index(i), o)
		}
	}
	if len(m.BindMountOptions) > 0 && source != nil && source.Image != nil {
		v.invalid(at, m.BindMountOptions, "bindMountOptions may not be used with image volumes")
	}
}

func (v *validator) devices(at *api.Path, c *api.Container, in *podScope) {
	for i, d := range c.VolumeDevices {
		here, before := at.Index(i), c.VolumeDevices[:i]
		name, path := here.Child("name"), here.Child("devicePath")
		v.present(name, d.Name)
		if d.Name != "" && slices.ContainsFunc(before, func(o api.VolumeDevice) bool { return o.Name == d.Name }) {
			v.invalid(name, d.Name, "must be unique")
		}
		if source := in.volumes[d.Name]; source == nil {
			v.notFound(name, d.Name)
		} else if source.PersistentVolumeClaim == nil && source.Ephemeral == nil {
			v.invalid(name, d.Name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode")
		}
		v.present(path, d.DevicePath)
		if slices.ContainsFunc(before, func(o api.VolumeDevice) bool { return o.DevicePath == d.DevicePath && !backsteps(o.DevicePath) }) {
			v.invalid(path, d.DevicePath, "must be unique")
		}
		if backsteps(d.DevicePath) {
			v.invalid(path, d.DevicePath, "can not contain backsteps ('..')")
		}
		if slices.ContainsFunc(c.VolumeMounts, func(m api.VolumeMount) bool { return m.Name == d.Name }) {
			v.invalid(name, d.Name, "must not already exist in volumeMounts")
		}
		if slices.ContainsFunc(c.VolumeMounts, func(m api.VolumeMount) bool { return m.MountPath == d.DevicePath }) {
			v.invalid(path, d.DevicePath, "must not already exist as a path in volumeMounts")
		}
	}
}
