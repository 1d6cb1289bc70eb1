package json

import (
	"reflect"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// Sorted writes structs in the order of their fields' names, as [Marshal] writes a tree of maps, but without the tree. The zero value
// is ready; it keeps what it learned of types, so one that writes many values is faster than many.
type Sorted struct {
	// Beside are entries that stand beside the fields of the struct itself, in the order of their names.
	Beside []Entry
	// Omit is the name of a field that is left out of the structs directly below.
	Omit string
	w    writer
}

// Entry is a name and a text.
type Entry struct{ Name, Text string }

type sortedField struct {
	field
	path []int
	info *typeInfo
	key  string // the name
}

// Append adds v.
func (s *Sorted) Append(b []byte, v any) ([]byte, error) {
	if s.w.types == nil {
		s.w.types = map[reflect.Type]*typeInfo{}
	}
	const usual = 4 << 10 // of an object
	s.w.sort, s.w.b, s.w.err = s, Grown(b, usual), nil
	s.w.value(reflect.ValueOf(v), nil)
	return s.w.b, s.w.err
}

// sorted writes what stands between the braces of a struct.
func (w *writer) sorted(v reflect.Value, info *typeInfo) {
	if info.sorted == nil {
		info.sorted = w.flat(v.Type(), nil)
		sorting.Func(info.sorted, func(a, b sortedField) int { return strings.Compare(a.key, b.key) })
	}
	var beside []Entry
	if w.depth++; w.depth == 1 {
		beside = w.sort.Beside
	}
	for i := range info.sorted {
		f := &info.sorted[i]
		for len(beside) > 0 && beside[0].Name < f.key {
			w.beside(beside[0])
			beside = beside[1:]
		}
		value := v.Field(f.path[0])
		for _, i := range f.path[1:] {
			value = value.Field(i)
		}
		if !f.omits(value) && (w.depth != 2 || f.key != w.sort.Omit) {
			w.entry(f.name, value, f.info)
		}
	}
	for _, e := range beside {
		w.beside(e)
	}
	w.depth--
}

func (w *writer) beside(e Entry) {
	w.entry(string(AppendString(nil, e.Name))+":", reflect.ValueOf(e.Text), nil)
}

// flat are the fields of a struct and of those that stand inline in it.
func (w *writer) flat(t reflect.Type, path []int) []sortedField {
	var out []sortedField
	for _, f := range w.info(t).fields {
		here := append(path[:len(path):len(path)], f.index)
		if of := t.Field(f.index).Type; f.inline {
			out = append(out, w.flat(of, here)...)
		} else {
			out = append(out, sortedField{f, here, w.info(of), f.name[1 : len(f.name)-2]})
		}
	}
	return out
}
