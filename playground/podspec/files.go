package podspec

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// mounts are the files a container gets beside its image's: those of the kubelet, then the volumes it mounts.
func (b *builder) mounts(c *api.Container) []isolate.Mount {
	folder := "/var/lib/kubelet/pods/" + string(b.pod.UID)
	out := []isolate.Mount{
		{Kind: isolate.Bind, Source: folder + "/etc-hosts", Target: "/etc/hosts", File: true, Writable: true},
		{Kind: isolate.Bind, Source: folder + "/containers/" + c.Name + "/termination-log", Target: terminationLog(c), File: true, Writable: true},
	}
	for _, m := range c.VolumeMounts {
		for i := range b.pod.Spec.Volumes {
			if v := &b.pod.Spec.Volumes[i]; v.Name == m.Name {
				out = append(out, volume(v, &m, folder))
			}
		}
	}
	return out
}

func terminationLog(c *api.Container) string {
	if c.TerminationMessagePath != "" {
		return c.TerminationMessagePath
	}
	return "/dev/termination-log"
}

// volume is one mount. What the kubelet writes itself cannot be written by the container.
func volume(v *api.Volume, m *api.VolumeMount, folder string) isolate.Mount {
	out := isolate.Mount{Kind: isolate.Bind, Target: m.MountPath, Writable: !m.ReadOnly}
	plugin := "kubernetes.io~csi"
	switch {
	case v.HostPath != nil:
		out.Source = v.HostPath.Path
		out.File = v.HostPath.Type != nil && strings.HasPrefix(*v.HostPath.Type, "File")
	case v.EmptyDir != nil && v.EmptyDir.Medium == "Memory" && m.SubPath == "":
		out.Kind = isolate.Tmpfs
		if v.EmptyDir.SizeLimit != nil {
			out.Size = v.EmptyDir.SizeLimit.Value()
		}
		return out
	case v.EmptyDir != nil:
		plugin = "kubernetes.io~empty-dir"
	case v.ConfigMap != nil:
		plugin, out.Writable = "kubernetes.io~configmap", false
	case v.Secret != nil:
		plugin, out.Writable = "kubernetes.io~secret", false
	case v.Projected != nil:
		plugin, out.Writable = "kubernetes.io~projected", false
	case v.DownwardAPI != nil:
		plugin, out.Writable = "kubernetes.io~downward-api", false
	case v.NFS != nil:
		plugin = "kubernetes.io~nfs"
	}
	if out.Source == "" {
		out.Source = folder + "/volumes/" + plugin + "/" + v.Name
	}
	if m.SubPath != "" {
		out.Source += "/" + m.SubPath
	}
	return out
}

// environment are the variables a Pod alone tells, in its order, and the names of the others with where they come from.
func (b *builder) environment(c *api.Container) (env, unresolved []string) {
	env = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=" + hostname(b.pod)}
	for _, from := range c.EnvFrom {
		switch {
		case from.ConfigMapRef != nil:
			unresolved = append(unresolved, "all keys of ConfigMap "+from.ConfigMapRef.Name)
		case from.SecretRef != nil:
			unresolved = append(unresolved, "all keys of Secret "+from.SecretRef.Name)
		}
	}
	for i := range c.Env {
		v := &c.Env[i]
		value, elsewhere := expand(v.Value, env), ""
		if v.ValueFrom != nil {
			value, elsewhere = b.valueFrom(v.ValueFrom)
		}
		if elsewhere != "" {
			unresolved = append(unresolved, v.Name+" from "+elsewhere)
			continue
		}
		env = append(env, v.Name+"="+value)
	}
	return env, unresolved
}

// valueFrom is a value the pod itself holds, or the words for where it is.
func (b *builder) valueFrom(from *api.EnvVarSource) (value, elsewhere string) {
	switch {
	case from.ConfigMapKeyRef != nil:
		return "", "ConfigMap " + from.ConfigMapKeyRef.Name
	case from.SecretKeyRef != nil:
		return "", "Secret " + from.SecretKeyRef.Name
	case from.FieldRef != nil:
		return b.field(from.FieldRef.FieldPath)
	}
	return "", "the container's resources"
}

func (b *builder) field(path string) (value, elsewhere string) {
	pod := b.pod
	switch path {
	case "metadata.name":
		return pod.Name, ""
	case "metadata.namespace":
		return pod.Namespace, ""
	case "metadata.uid":
		return string(pod.UID), ""
	case "spec.nodeName":
		return pod.Spec.NodeName, ""
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName, ""
	case "status.podIP":
		return pod.Status.PodIP, ""
	case "status.hostIP":
		return pod.Status.HostIP, ""
	}
	for _, of := range []struct {
		name   string
		values map[string]string
	}{{"metadata.labels", pod.Labels}, {"metadata.annotations", pod.Annotations}} {
		if key, ok := strings.CutPrefix(path, of.name+"["); ok {
			if key, err := strconv.Unquote(strings.ReplaceAll(strings.TrimSuffix(key, "]"), "'", `"`)); err == nil {
				return of.values[key], ""
			}
		}
	}
	return "", "the pod's " + path
}

// expand puts values of variables defined before in place of $(NAME); $$ is a dollar, and what is not defined stays.
func expand(value string, env []string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(value, "$")
		out.WriteString(before)
		switch {
		case !found:
			return out.String()
		case strings.HasPrefix(after, "$"):
			out.WriteByte('$')
			value = after[1:]
			continue
		}
		name, rest, closed := strings.Cut(after, ")")
		if name, opened := strings.CutPrefix(name, "("); opened && closed {
			if v, defined := lookup(env, name); defined {
				out.WriteString(v)
				value = rest
				continue
			}
		}
		out.WriteByte('$')
		value = after
	}
}

// lookup finds the last variable of a name.
func lookup(env []string, name string) (string, bool) {
	for i := len(env) - 1; i >= 0; i-- {
		if n, v, _ := strings.Cut(env[i], "="); n == name {
			return v, true
		}
	}
	return "", false
}
