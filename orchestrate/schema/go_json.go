package schema

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// invalidStruct says that a struct is wrong as a whole. Upstream prints its internal type there.
func (v *validator) invalidStruct(at *api.Path, bad any, detail string) {
	v.add(api.FieldError{Type: api.FieldInvalid, Field: at.String(), BadValue: goJSON(bad, ""), Detail: detail})
}

// goJSON is v as Kubernetes' internal types are written: JSON by the Go names of the fields, nothing
// left out. With an indent there is a field or item a line.
func goJSON(v any, indent string) string {
	w := goWriter{indent: indent}
	w.value(reflect.ValueOf(v), 0)
	return w.b.String()
}

type goWriter struct {
	b      strings.Builder
	indent string
}

func (w *goWriter) value(v reflect.Value, depth int) {
	switch {
	case v.IsValid() && v.Type() == reflect.TypeFor[*api.IntOrString]() && v.IsNil():
		w.b.WriteByte('0') // upstream's internal types have no pointer there
		return
	case !v.IsValid(), (v.Kind() == reflect.Pointer || v.Kind() == reflect.Slice || v.Kind() == reflect.Map || v.Kind() == reflect.Interface) && v.IsNil():
		w.b.WriteString("null")
		return
	case v.Type() == reflect.TypeFor[api.Time]() && v.Int() == 0:
		w.b.WriteString("null")
		return
	case v.Kind() == reflect.Pointer:
		w.value(v.Elem(), depth)
		return
	}
	if _, ok := v.Interface().(json.Marshaler); ok {
		w.plain(v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		w.structure(v, depth)
	case reflect.Slice:
		w.group("[]", v.Len(), depth, func(i int) { w.value(v.Index(i), depth+1) })
	case reflect.Map:
		keys := slices.Sorted(maps.Keys(mapped(v)))
		w.group("{}", len(keys), depth, func(i int) {
			w.name(keys[i])
			w.value(v.MapIndex(keyOf(v, keys[i])), depth+1)
		})
	default:
		w.plain(v)
	}
}

// keyOf is a text as a key of a map. Value.Convert would do, but knows how to make anything of anything.
func keyOf(m reflect.Value, text string) reflect.Value {
	key := reflect.New(m.Type().Key()).Elem()
	key.SetString(text)
	return key
}

func mapped(m reflect.Value) map[string]bool {
	out := make(map[string]bool, m.Len())
	//order:irrelevant it goes into a map again
	for it := m.MapRange(); it.Next(); {
		out[it.Key().String()] = true
	}
	return out
}

func (w *goWriter) plain(v reflect.Value) {
	b, err := json.Marshal(v.Interface())
	if err != nil {
		panic("schema: bug: " + v.Type().String() + " cannot be written as JSON: " + err.Error())
	}
	w.b.Write(b)
}

func (w *goWriter) name(s string) {
	w.plain(reflect.ValueOf(s))
	w.b.WriteByte(':')
	if w.indent != "" {
		w.b.WriteByte(' ')
	}
}

// structure writes the fields, those of embedded types among them. Metadata keeps its JSON form, as
// upstream's does.
func (w *goWriter) structure(v reflect.Value, depth int) {
	type named struct {
		name  string
		value reflect.Value
	}
	var fields []named
	var gather func(v reflect.Value)
	gather = func(v reflect.Value) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Type == reflect.TypeFor[api.VolumeSource]() {
				for _, name := range volumeSources {
					fields = append(fields, named{name, fieldOf(v.Field(i), name)})
				}
				continue
			}
			if f.Anonymous && f.Tag.Get("json") == "" {
				gather(v.Field(i))
				continue
			}
			fields = append(fields, named{f.Name, v.Field(i)})
		}
	}
	gather(v)
	w.group("{}", len(fields), depth, func(i int) {
		w.name(fields[i].name)
		w.value(fields[i].value, depth+1)
	})
}

// volumeSources are upstream's volume sources in the order of its internal type. Of those we do not know,
// there is never one; reading the missing field gives null.
var volumeSources = strings.Fields(`HostPath EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo Secret NFS ISCSI Glusterfs
	PersistentVolumeClaim RBD FlexVolume Cinder CephFS Flocker DownwardAPI FC AzureFile ConfigMap VsphereVolume Quobyte AzureDisk
	PhotonPersistentDisk Projected PortworxVolume ScaleIO StorageOS CSI Ephemeral Image`)

// fieldOf is a field by its name; not valid if there is none. Value.FieldByName looks into embedded types too, which weighs.
func fieldOf(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		if v.Type().Field(i).Name == name {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// group writes n things between brackets, a comma between two.
func (w *goWriter) group(brackets string, n, depth int, write func(i int)) {
	w.b.WriteByte(brackets[0])
	for i := range n {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.line(depth + 1)
		write(i)
	}
	if n > 0 {
		w.line(depth)
	}
	w.b.WriteByte(brackets[1])
}

func (w *goWriter) line(depth int) {
	if w.indent != "" {
		w.b.WriteByte('\n')
		w.b.WriteString(strings.Repeat(w.indent, depth))
	}
}
