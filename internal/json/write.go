package json

import (
	"encoding/base64"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// Marshaler is a value that writes itself.
type Marshaler interface{ MarshalJSON() ([]byte, error) }

// Unmarshaler is a value that reads itself.
type Unmarshaler interface{ UnmarshalJSON([]byte) error }

// Appender is a [Marshaler] that needs no memory of its own.
type Appender interface{ AppendJSON(b []byte) []byte }

// Number is a number in the digits it was written with.
type Number string

// MarshalJSON writes the digits.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// Error is a value JSON cannot say.
type Error struct{ Text string }

// Error is the text of encoding/json.
func (e *Error) Error() string { return e.Text }

// Marshal writes v in one line: structs in the order of their fields, maps in that of their keys.
func Marshal(v any) ([]byte, error) {
	w := writer{types: &Types{}}
	w.any(v)
	return w.b, w.err
}

// Each gives say each value as [Marshal] writes it. The bytes are only valid during the call.
func Each(values []any, say func([]byte)) error {
	w := writer{types: &Types{}}
	for _, v := range values {
		start := len(w.b)
		w.any(v)
		if say(w.b[start:]); len(w.b) >= room {
			w.gone += len(w.b)
			w.b = w.b[:0]
		}
	}
	return w.err
}

// Form is how values are laid out. The zero value is JSON in one line.
type Form struct {
	// Lines puts each entry in a line, with four spaces a level.
	Lines bool
	// YAML writes YAML; nil writes JSON.
	YAML *YAML
}

// YAML is how YAML writes texts; how its maps and lists lie below each other is known here.
type YAML struct {
	// Text adds s. Its further lines are indented that far.
	Text func(b []byte, s string, indent int) []byte
	// Key adds a key with its colon. What follows one that is not simple stands in the same line.
	Key func(b []byte, s string, indent int) (out []byte, simple bool)
	// Order is that of keys.
	Order func(a, b string) int
}

// Write adds v to out. Before an error something may have been added.
func Write(out *strings.Builder, v any, form Form) error {
	w := writer{out: out, types: &Types{}, Form: form}
	w.any(v)
	out.Write(w.b)
	return w.err
}

type writer struct {
	Form
	b      []byte           // what is written
	gone   int              // how much before it has left already
	out    *strings.Builder // for where; nil if it stays
	types  *Types
	err    error
	indent int  // of the lines of what is being written
	keyed  bool // a key was written, and its value comes next
	// While an object is written its structs are in the order of their fields' names.
	object *Object
	depth  int // of structs, in an object
}

// any writes a value; those of trees without reflection.
func (w *writer) any(v any) {
	switch v := v.(type) {
	case nil:
		w.word("null")
	case string:
		w.text(v)
	case bool:
		w.bool(v)
	case int64:
		w.int(v)
	case float64:
		w.float(v)
	case *Object:
		outer, depth := w.object, w.depth
		w.object, w.depth = v, 0
		w.value(v.p, v.info)
		w.object, w.depth = outer, depth
	case []any:
		if v == nil {
			w.word("null")
			return
		}
		w.list(len(v), func(i int) { w.any(v[i]) })
	case map[string]any:
		if v == nil {
			w.word("null")
			return
		}
		keys := make([]string, 0, len(v))
		//order:irrelevant they are sorted
		for k := range v {
			keys = append(keys, k)
		}
		w.mapping(keys, func(key string) { w.any(v[key]) })
	default:
		p, info := w.types.boxed(v)
		w.value(p, info)
	}
}

// value writes what stands at p.
func (w *writer) value(p unsafe.Pointer, info *typeInfo) {
	switch {
	case info.null(p):
		w.word("null")
		return
	case info.writes != 0:
		w.written(p, info)
		return
	}
	switch info.kind {
	case reflect.Pointer:
		w.value(*(*unsafe.Pointer)(p), info.below())
	case reflect.Interface:
		w.any(info.value(p).Interface())
	case reflect.Struct:
		w.structure(p, info)
	case reflect.Slice, reflect.Array:
		if info.bytes() {
			w.text(base64.StdEncoding.EncodeToString(*(*[]byte)(p)))
			return
		}
		first, n := info.list(p)
		below := info.below()
		size := below.t.Size()
		w.list(n, func(i int) { w.value(unsafe.Add(first, uintptr(i)*size), below) })
	case reflect.Map:
		keys, value, err := info.keys(p)
		if err != nil {
			w.err = err
			return
		}
		w.mapping(keys, func(key string) { w.value(value(key), info.below()) })
	case reflect.String:
		w.text(*(*string)(p))
	case reflect.Bool:
		w.bool(*(*bool)(p))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.int(info.word(p))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		w.word(strconv.FormatUint(uint64(info.word(p)), 10))
	case reflect.Float32, reflect.Float64:
		w.float(info.value(p).Float())
	default:
		w.err = &Error{"json: unsupported type: " + info.t.String()}
	}
}

// written writes what writes itself as JSON.
func (w *writer) written(p unsafe.Pointer, info *typeInfo) {
	if w.YAML == nil {
		w.own(p, info)
		return
	}
	start := len(w.b)
	w.own(p, info)
	own := w.b[start:]
	w.b = w.b[:start]
	if plainText(own) {
		w.text(string(own[1 : len(own)-1]))
		return
	}
	v, err := Parse(own)
	switch {
	case err != nil:
		w.err = err
	case v.Kind == Num:
		w.number(v.Text)
	default:
		w.any(v.Tree(func(digits string) any { return Number(digits) }))
	}
}

// own lets a value write itself.
func (w *writer) own(p unsafe.Pointer, info *typeInfo) {
	if w.YAML == nil {
		w.lead(w.keyed)
	}
	if info.writes == appends {
		if a, ok := reflect.NewAt(info.t, p).Interface().(Appender); ok {
			w.b = a.AppendJSON(w.b)
			return
		}
	}
	m, _ := info.value(p).Interface().(Marshaler)
	b, err := m.MarshalJSON()
	if err != nil {
		w.err = err
	}
	w.b = append(w.b, b...)
}

// structure writes a struct: an object's in the order of their fields' names.
func (w *writer) structure(p unsafe.Pointer, info *typeInfo) {
	at := w.begin('{')
	fields, omit := info.fields, ""
	var beside []Entry
	if w.object != nil {
		fields = info.sorted
		if w.depth++; w.depth == 1 {
			beside = w.object.Beside
		} else if w.depth == 2 {
			omit = w.object.Omit
		}
	}
	for _, f := range fields {
		if f.tested && *(*uintptr)(unsafe.Add(p, f.test)) == 0 { // as find says, of most fields at once
			continue
		}
		for len(beside) > 0 && beside[0].Name < f.key {
			w.beside(at, beside[0])
			beside = beside[1:]
		}
		if p, there := f.find(p); there && (omit == "" || f.key != omit) {
			w.field(at, f, p)
		}
	}
	for _, e := range beside {
		w.beside(at, e)
	}
	if w.object != nil {
		w.depth--
	}
	w.end('}', at)
}

func (w *writer) beside(at place, e Entry) {
	w.separate(at)
	w.key(e.Name, func() { w.text(e.Text) })
}

func (w *writer) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.err = &Error{"json: unsupported value: " + strconv.FormatFloat(f, 'g', -1, 64)}
		return
	}
	w.number(string(AppendFloat(nil, f)))
}

// number writes digits. In YAML, those with a fraction or exponent are written as floats are.
func (w *writer) number(digits string) {
	if w.YAML != nil && strings.ContainsAny(digits, ".eE") {
		if f, err := strconv.ParseFloat(digits, 64); err == nil {
			digits = strconv.FormatFloat(f, 'g', -1, 64)
		}
	}
	w.word(digits)
}

// list writes n elements.
func (w *writer) list(n int, write func(i int)) {
	at := w.begin('[')
	for i := range n {
		w.separate(at)
		if w.YAML != nil {
			w.b = append(w.b, "- "...)
			w.indent += 2
		}
		write(i)
		if w.YAML != nil {
			w.indent -= 2
		}
		if w.out != nil && len(w.b) >= room {
			w.leave((w.here() - at.start) / (i + 1) * (n - i - 1))
		}
	}
	w.end(']', at)
}

// room is how much is written before it leaves: it is still near, and so are the parts of it that are written again.
const room = 64 << 10

// leave hands over what is written; so much more is likely to come.
func (w *writer) leave(more int) {
	if free := w.out.Cap() - w.out.Len() - len(w.b); free < more {
		w.out.Grow(len(w.b) + more*17/16)
	}
	w.out.Write(w.b)
	w.gone += len(w.b)
	w.b = w.b[:0]
}

// mapping writes entries in the order of their keys.
func (w *writer) mapping(keys []string, write func(key string)) {
	if w.YAML != nil {
		sorting.Func(keys, w.YAML.Order)
	} else {
		slices.Sort(keys)
	}
	at := w.begin('{')
	for _, k := range keys {
		w.separate(at)
		w.key(k, func() { write(k) })
	}
	w.end('}', at)
}
