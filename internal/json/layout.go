package json

import (
	"reflect"
	"strconv"
	"unsafe"
)

// How values lie beside and below each other, in the three forms.

// place is where a map or list begins.
type place struct {
	before int // in all that was written, the bracket included
	start  int // of what is in it
	indent int // of the lines around it
	keyed  bool
}

// begin opens a map or list. In YAML it stands below its key, a list no further in than that.
func (w *writer) begin(bracket byte) place {
	at := place{before: w.here(), indent: w.indent, keyed: w.keyed}
	w.keyed = false
	switch {
	case w.YAML == nil:
		w.lead(at.keyed)
		w.b = append(w.b, bracket)
		if w.Lines {
			w.indent += 4
		}
	case at.keyed:
		if bracket == '{' {
			w.indent += 2
		}
		w.line()
	}
	at.start = w.here()
	return at
}

// here is how much was written.
func (w *writer) here() int { return w.gone + len(w.b) }

// separate comes before each entry or element.
func (w *writer) separate(at place) {
	first := w.here() == at.start
	if !first && w.YAML == nil {
		w.b = append(w.b, ',')
	}
	if w.Lines || !first && w.YAML != nil {
		w.line()
	}
}

// end closes a map or list.
func (w *writer) end(bracket byte, at place) {
	empty := w.here() == at.start
	w.indent = at.indent
	switch {
	case w.YAML == nil:
		if w.Lines && !empty {
			w.line()
		}
		w.b = append(w.b, bracket)
	case empty:
		w.b = w.b[:at.before-w.gone]
		w.lead(at.keyed)
		w.b = append(w.b, bracket-2, bracket)
	}
}

const spaces = "                                                                "

// line begins a new line.
func (w *writer) line() {
	w.b = append(w.b, '\n')
	for n := w.indent; n > 0; n -= len(spaces) {
		w.b = append(w.b, spaces[:min(n, len(spaces))]...)
	}
}

// lead puts a space between a key and its value.
func (w *writer) lead(keyed bool) {
	if w.keyed = false; keyed && (w.Lines || w.YAML != nil) {
		w.b = append(w.b, ' ')
	}
}

// key writes a key and then its value.
func (w *writer) key(k string, write func()) {
	simple := true
	if w.YAML != nil {
		w.b, simple = w.YAML.Key(w.b, k, w.indent)
	} else {
		w.text(k)
		w.b = append(w.b, ':')
	}
	if w.keyed = simple; simple {
		write()
		return
	}
	w.b = append(w.b, ' ')
	w.indent += 2
	write()
	w.indent -= 2
}

// word writes a word that is the same in all forms.
func (w *writer) word(s string) {
	w.lead(w.keyed)
	w.b = append(w.b, s...)
}

func (w *writer) bool(v bool) { w.word(strconv.FormatBool(v)) }

func (w *writer) int(v int64) {
	w.lead(w.keyed)
	w.b = strconv.AppendInt(w.b, v, 10)
}

// text writes s; of an object, as it is read again.
func (w *writer) text(s string) {
	indent := w.indent
	if w.keyed {
		indent += 2
	}
	w.lead(w.keyed)
	switch {
	case w.YAML != nil:
		w.b = w.YAML.Text(w.b, s, indent)
	case w.object != nil:
		w.b = AppendString(w.b, valid(s))
	default:
		w.b = AppendString(w.b, s)
	}
}

// memo is how a field was written last. What objects have in common, as pods of a template have most of themselves, is copied from
// there.
type memo struct {
	by         *writer
	p          unsafe.Pointer // of a text, a list, a map or what is pointed to
	n          int64          // its length, or the number if it is one
	indent     int
	start, end int // in all that was written, the name included
}

// field writes a field of a struct.
func (w *writer) field(at place, f *field, p unsafe.Pointer) {
	w.separate(at)
	now, known := memo{by: w, indent: w.indent, start: w.here()}, true
	switch f.of.kind {
	case reflect.String:
		s := *(*string)(p)
		now.p, now.n = unsafe.Pointer(unsafe.StringData(s)), int64(len(s))
	case reflect.Slice:
		first, n := f.of.list(p)
		now.p, now.n = first, int64(n)
	case reflect.Pointer, reflect.Map:
		now.p = *(*unsafe.Pointer)(p)
	case reflect.Struct, reflect.Interface, reflect.Array, reflect.Float32, reflect.Float64:
		known = false
	default:
		now.n = f.of.word(p)
	}
	if old := &f.memo; known && old.by == w && old.start >= w.gone && old.p == now.p && old.n == now.n && old.indent == now.indent {
		w.b = append(w.b, w.b[old.start-w.gone:old.end-w.gone]...)
		return
	}
	if w.YAML != nil {
		w.b = append(append(w.b, f.key...), ':')
	} else {
		w.b = append(w.b, f.name...)
	}
	w.keyed = true
	w.value(p, f.of)
	now.end = w.here()
	f.memo = now
}
