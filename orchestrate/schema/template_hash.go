package schema

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// TemplateHash is the value of the label pod-template-hash for a template whose name was taken so many times before; nil
// means never. It is upstream's: a hash of how Go prints upstream's type, field by field, so it holds for the fields of
// Kubernetes 1.37.
//
// Source: k8s.io/kubernetes, pkg/controller, ComputeHash; k8s.io/apimachinery, util/dump and util/rand.
func TemplateHash(t *api.PodTemplateSpec, collisions *int32) string {
	d := dumper{}
	d.value(reflect.ValueOf(t).Elem(), "", true)
	if collisions != nil {
		n := uint32(*collisions)
		d.b = append(d.b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24), 0, 0, 0, 0)
	}
	hash := uint32(2166136261) // FNV-1a, 32 bit
	for _, b := range d.b {
		hash = (hash ^ uint32(b)) * 16777619
	}
	const alphabet = "bcdfghjklmnpqrstvwxz2456789"
	digits := strconv.AppendUint(nil, uint64(hash), 10)
	for i, digit := range digits {
		digits[i] = alphabet[int(digit)%len(alphabet)]
	}
	return string(digits)
}

// dumper prints a value the way go-spew prints upstream's type with types and without addresses.
type dumper struct{ b []byte }

func (d *dumper) text(s ...string) {
	for _, s := range s {
		d.b = append(d.b, s...)
	}
}

// value prints v; as is what upstream calls its type, if not what we call it. Elements of lists and maps come without
// their type.
func (d *dumper) value(v reflect.Value, as string, typed bool) {
	t := v.Type()
	if v.Kind() == reflect.Pointer && t.Elem() == reflect.TypeFor[api.PodSpec]() {
		d.value(v.Elem(), as, typed) // shared here, a plain field upstream
		return
	}
	if typed {
		d.text("(", upstreamType(t, as), ")")
	}
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			d.text("<nil>")
			return
		}
		v = v.Elem()
	}
	if !d.special(v) {
		d.plain(v)
	}
}

// special prints the types that have another form upstream.
func (d *dumper) special(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case api.Quantity:
		d.quantity(x)
	case api.IntOrString:
		kind := "0"
		if x.IsText {
			kind = "1"
		}
		d.text("{Type:(intstr.Type)", kind, " IntVal:(int32)", strconv.Itoa(int(x.Number)), " StrVal:(string)", x.Text, "}")
	case api.Revision: // a template has none, nor a time
	case api.Time:
		d.text("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}")
	default:
		return false
	}
	return true
}

func (d *dumper) plain(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		d.text(v.String())
	case reflect.Bool:
		d.text(strconv.FormatBool(v.Bool()))
	case reflect.Slice:
		d.list(v)
	case reflect.Map:
		d.mapping(v)
	case reflect.Struct:
		d.text("{")
		d.fields(v)
		d.text("}")
	default:
		d.b = strconv.AppendInt(d.b, v.Int(), 10)
	}
}

func (d *dumper) list(v reflect.Value) {
	if v.IsNil() {
		d.text("<nil>")
		return
	}
	d.text("[")
	for i := range v.Len() {
		if i > 0 {
			d.text(" ")
		}
		d.value(v.Index(i), "", false)
	}
	d.text("]")
}

func (d *dumper) mapping(v reflect.Value) {
	if v.IsNil() {
		d.text("<nil>")
		return
	}
	//order:irrelevant sorted below
	keys := v.MapKeys()
	sorting.Func(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	d.text("map[")
	for i, k := range keys {
		if i > 0 {
			d.text(" ")
		}
		d.text(k.String(), ":")
		d.value(v.MapIndex(k), "", false)
	}
	d.text("]")
}

// fields prints the fields of a struct by their names in Go.
func (d *dumper) fields(v reflect.Value) {
	t := v.Type()
	var retired map[string]string
	if t == reflect.TypeFor[api.VolumeSource]() {
		retired = retiredVolumes
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if i > 0 {
			d.text(" ")
		}
		name, as := f.Name, f.Tag.Get("upstream")
		if f.Anonymous && as != "" {
			name, as = as, "v1."+as
		}
		for _, r := range strings.Fields(retired[name]) {
			field, kind, _ := strings.Cut(r, "=")
			d.text(field, ":(*v1.", kind, ")<nil> ")
		}
		d.text(name, ":")
		if name == "DeletionTimestamp" { // a pointer upstream, and a template has none
			d.text("(*v1.Time)<nil>")
			continue
		}
		d.value(v.Field(i), as, true)
	}
}

// retiredVolumes are the fields of upstream's VolumeSource that are left out here, each with its type, by the field
// that follows them.
var retiredVolumes = map[string]string{
	"Secret":                "GCEPersistentDisk=GCEPersistentDiskVolumeSource AWSElasticBlockStore=AWSElasticBlockStoreVolumeSource GitRepo=GitRepoVolumeSource",
	"PersistentVolumeClaim": "ISCSI=ISCSIVolumeSource Glusterfs=GlusterfsVolumeSource",
	"DownwardAPI":           "RBD=RBDVolumeSource FlexVolume=FlexVolumeSource Cinder=CinderVolumeSource CephFS=CephFSVolumeSource Flocker=FlockerVolumeSource",
	"ConfigMap":             "FC=FCVolumeSource AzureFile=AzureFileVolumeSource",
	"Projected":             "VsphereVolume=VsphereVirtualDiskVolumeSource Quobyte=QuobyteVolumeSource AzureDisk=AzureDiskVolumeSource PhotonPersistentDisk=PhotonPersistentDiskVolumeSource",
	"CSI":                   "PortworxVolume=PortworxVolumeSource ScaleIO=ScaleIOVolumeSource StorageOS=StorageOSVolumeSource",
}

// upstreamType is what upstream calls a type.
func upstreamType(t reflect.Type, as string) string {
	switch {
	case t.Kind() == reflect.Pointer:
		return "*" + upstreamType(t.Elem(), as)
	case t.Kind() == reflect.Slice && t.Name() == "":
		return "[]" + upstreamType(t.Elem(), as)
	case t.Kind() == reflect.Map && t.Name() == "":
		return "map[" + upstreamType(t.Key(), "") + "]" + upstreamType(t.Elem(), "")
	case t == reflect.TypeFor[api.Quantity]():
		return "resource.Quantity"
	case t == reflect.TypeFor[api.IntOrString]():
		return "intstr.IntOrString"
	case t == reflect.TypeFor[api.UID]():
		return "types.UID"
	case t == reflect.TypeFor[api.Revision]():
		return "string"
	case as != "":
		return as
	case t.PkgPath() != "":
		return "v1." + t.Name()
	}
	return t.String()
}

// quantity prints the fields of upstream's type as they are after a canonical text was read.
func (d *dumper) quantity(q api.Quantity) {
	text := q.String()
	end := strings.LastIndexAny(text, "0123456789") + 1
	if e := strings.IndexByte(text, 'e'); e > 0 {
		end = e
	}
	number, suffix := text[:end], text[end:]
	value, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		panic("orchestrate: bug: a canonical quantity begins with an integer, not " + text)
	}
	format, scale, kept := "DecimalSI", 0, ""
	switch q.Format() {
	case api.BinarySI:
		format = "BinarySI"
		shift := 10 * (strings.IndexByte("KMGTPE", (suffix + " ")[0]) + 1)
		if value&7 != 0 {
			kept = text
		}
		value <<= shift
	default:
		if exponent, ok := strings.CutPrefix(suffix, "e"); ok {
			format = "DecimalExponent"
			if scale, err = strconv.Atoi(exponent); err != nil {
				panic("orchestrate: bug: a quantity has no exponent " + exponent)
			}
		} else if suffix != "" {
			scale = 3*strings.Index("num kMGTPE", suffix) - 9
		}
		if !strings.HasSuffix(number, "000") && (number == "0" || number[0] != '0') {
			kept = text
		}
	}
	d.text("{i:(resource.int64Amount){value:(int64)", strconv.FormatInt(value, 10), " scale:(resource.Scale)", strconv.Itoa(scale),
		"} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)", kept, " Format:(resource.Format)", format, "}")
}
