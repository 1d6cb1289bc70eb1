package json

import (
	"reflect"
	"strings"
	"unsafe"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// Types is what was learned of Go types: where their fields are and what they are called. The zero value is ready; one that serves for
// many objects is faster than many.
type Types struct {
	// Number makes the value of a number's digits for trees, as in [Value.Tree]. Whole numbers of up to 63 bits are an int64 in any case.
	Number func(digits string) any
	known  map[reflect.Type]*typeInfo
}

// typeInfo is what is known of a type. Values are reached by their address: with reflection, a thousand pods take three times as long.
type typeInfo struct {
	of     *Types
	t      reflect.Type
	kind   reflect.Kind
	writes writes
	elem   *typeInfo // of what a pointer points to, or a list or map holds, once needed
	fields []*field  // of a struct, those of inline structs among them
	sorted []*field  // the same by name
}

// writes says whether a type writes itself.
type writes uint8

const (
	itself  writes = 1 + iota // by MarshalJSON
	appends                   // by AppendJSON
)

type field struct {
	name                string // as JSON, with the colon
	key                 string // the name alone
	offset              uintptr
	of                  *typeInfo
	omitEmpty, omitZero bool
	tellsZero           bool // its type knows when it is zero
	tested              bool
	test                uintptr // where the word stands that is 0 if the field is left out, where tested
	memo                memo
}

func (t *Types) info(of reflect.Type) *typeInfo {
	info := t.known[of]
	if info != nil {
		return info
	}
	if t.known == nil {
		t.known = map[reflect.Type]*typeInfo{}
	}
	info = &typeInfo{of: t, t: of, kind: of.Kind()}
	t.known[of] = info
	pointed := info.kind == reflect.Pointer || info.kind == reflect.Interface
	if !pointed && of.Implements(reflect.TypeFor[Marshaler]()) {
		info.writes = itself
		if reflect.PointerTo(of).Implements(reflect.TypeFor[Appender]()) {
			info.writes = appends
		}
	} else if info.kind == reflect.Struct {
		info.fields = t.fieldsOf(of, 0, nil)
		info.sorted = append(info.sorted, info.fields...)
		sorting.Func(info.sorted, func(a, b *field) int { return strings.Compare(a.key, b.key) })
	}
	return info
}

// below is what is known of the type of what a value of this type holds.
func (i *typeInfo) below() *typeInfo {
	if i.elem == nil {
		i.elem = i.of.info(i.t.Elem())
	}
	return i.elem
}

func (t *Types) fieldsOf(of reflect.Type, at uintptr, out []*field) []*field {
	for i := range of.NumField() {
		f := of.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		inline := f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct
		switch {
		case name == "-" || !f.IsExported() && !inline:
			continue
		case inline:
			out = t.fieldsOf(f.Type, at+f.Offset, out)
			continue
		case name == "":
			name = f.Name
		}
		made := &field{
			name: string(AppendString(nil, name)) + ":", key: name, offset: at + f.Offset, of: t.info(f.Type),
			omitEmpty: strings.Contains(options, "omitempty"), omitZero: strings.Contains(options, "omitzero"),
			tellsZero: f.Type.Implements(reflect.TypeFor[zeroer]()),
		}
		made.test = made.offset
		switch made.of.kind {
		case reflect.String, reflect.Slice:
			made.test += unsafe.Sizeof(made.test)
			made.tested = made.omitEmpty
		case reflect.Pointer, reflect.Map:
			made.tested = made.omitEmpty
		}
		out = append(out, made)
	}
	return out
}

type zeroer interface{ IsZero() bool }

// value is what stands at p, for reflection.
func (i *typeInfo) value(p unsafe.Pointer) reflect.Value { return reflect.NewAt(i.t, p).Elem() }

// list is where the elements of a list begin, and how many there are.
func (i *typeInfo) list(p unsafe.Pointer) (unsafe.Pointer, int) {
	if i.kind == reflect.Array {
		return p, i.t.Len()
	}
	s := *(*[]byte)(p) // the length of any slice stands where that of bytes does
	return unsafe.Pointer(unsafe.SliceData(s)), len(s)
}

// null tells whether a value is written as null.
func (i *typeInfo) null(p unsafe.Pointer) bool {
	switch i.kind {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		return *(*unsafe.Pointer)(p) == nil
	}
	return false
}

// find gives where the field of the struct at p stands, and whether it is there: it may be left out.
func (f *field) find(p unsafe.Pointer) (unsafe.Pointer, bool) {
	at := unsafe.Add(p, f.offset)
	return at, !(f.omitEmpty && f.of.empty(at) || f.omitZero && f.zero(at))
}

func (i *typeInfo) empty(p unsafe.Pointer) bool {
	switch i.kind {
	case reflect.String:
		return len(*(*string)(p)) == 0
	case reflect.Slice:
		return len(*(*[]byte)(p)) == 0
	case reflect.Pointer, reflect.Interface:
		return *(*unsafe.Pointer)(p) == nil
	case reflect.Map:
		return *(*unsafe.Pointer)(p) == nil || i.value(p).Len() == 0
	case reflect.Struct:
		return false
	case reflect.Array:
		return i.t.Len() == 0
	case reflect.Float32, reflect.Float64:
		return i.value(p).IsZero()
	}
	return i.word(p) == 0
}

func (f *field) zero(p unsafe.Pointer) bool {
	v := f.of.value(p)
	if f.tellsZero && (f.of.kind != reflect.Pointer || !v.IsNil()) {
		return v.Interface().(zeroer).IsZero()
	}
	return v.IsZero()
}

// word is the whole number or truth value at p.
func (i *typeInfo) word(p unsafe.Pointer) int64 {
	switch i.kind {
	case reflect.Bool, reflect.Uint8:
		return int64(*(*uint8)(p))
	case reflect.Int8:
		return int64(*(*int8)(p))
	case reflect.Int16:
		return int64(*(*int16)(p))
	case reflect.Uint16:
		return int64(*(*uint16)(p))
	case reflect.Int32:
		return int64(*(*int32)(p))
	case reflect.Uint32:
		return int64(*(*uint32)(p))
	case reflect.Int, reflect.Uint, reflect.Uintptr:
		return int64(*(*int)(p))
	}
	return *(*int64)(p)
}
