//go:build amd64 || arm64

package isolate

import (
	"strings"
	"unsafe"
)

// compiled is a plan in the kernel's terms: rows whose arguments point to cells, and all the memory they need.
type compiled struct {
	plan  Plan
	rows  []row // one for each step
	child []row // the child's, copied, in order
	steps []int // the step each of the child's rows comes from
	first int   // the first of the child's rows that executes the command
	// What rows point to. Nothing of it is grown after pointers into it were taken.
	results []uint64
	cells   []uint64
	bytes   []byte
	lists   [][]uint64
	buffers map[Ref][]uint64
	nowhere uint64 // results that nobody needs
	zero    uint64 // arguments that are not there
}

// compile lays the plan out in memory. It fails only for calls the architecture does not have.
func compile(p Plan) (*compiled, error) {
	c := &compiled{plan: p, first: -1, buffers: map[Ref][]uint64{}, results: make([]uint64, len(p.Results)), rows: make([]row, len(p.Steps))}
	arguments, size := 0, 0
	for _, s := range p.Steps {
		arguments += len(s.Args)
		for _, a := range s.Args {
			size += len(a.Text) + 1 + len(a.Bytes) + 7
			for _, t := range a.List {
				size += len(t) + 1
			}
		}
	}
	c.cells, c.bytes = make([]uint64, 0, arguments), make([]byte, 0, size)
	for i, s := range p.Steps {
		r := &c.rows[i]
		r.number = ^uint64(0)
		if s.Call != checkCall {
			n, ok := p.Arch.number(s.Call)
			if !ok {
				return nil, &StepError{Step: s, Index: i, Line: p.Line(i), Errno: ENOSYS}
			}
			r.number = uint64(n)
		}
		for j := range r.args {
			r.args[j] = &c.zero
			if j < len(s.Args) {
				r.args[j] = c.argument(s.Args[j])
			}
		}
		r.tolerate, r.skip, r.result = uint64(s.Tolerate), uint64(s.Skip), &c.nowhere
		if s.Result != noResult {
			r.result = &c.results[s.Result]
		}
		if s.By == Child {
			if s.Call == "execve" && c.first < 0 {
				c.first = len(c.child)
			}
			c.child, c.steps = append(c.child, *r), append(c.steps, i)
		}
	}
	return c, nil
}

// argument is the cell a row takes an argument from.
func (c *compiled) argument(a Arg) *uint64 {
	switch a.Kind {
	case Result:
		return &c.results[a.Value]
	case Cell:
		return &c.buffers[Ref(uint32(a.Value))][a.Value>>32/8]
	}
	c.cells = append(c.cells, c.value(a))
	return &c.cells[len(c.cells)-1]
}

func (c *compiled) value(a Arg) uint64 {
	switch a.Kind {
	case String:
		return c.string(a.Text)
	case Bytes:
		return c.block(a.Bytes)
	case List:
		pointers := make([]uint64, len(a.List)+1)
		for i, s := range a.List {
			pointers[i] = c.string(s)
		}
		c.lists = append(c.lists, pointers)
		return address(pointers)
	case Program:
		program := []uint64{uint64(len(a.Bytes) / 8), c.block(a.Bytes)}
		c.lists = append(c.lists, program)
		return address(program)
	case Buffer:
		ref := Ref(uint32(a.Value))
		if c.buffers[ref] == nil {
			c.buffers[ref] = make([]uint64, (a.Value>>32+7)/8)
		}
		return address(c.buffers[ref])
	}
	return a.Value
}

func address(words []uint64) uint64 { return uint64(uintptr(unsafe.Pointer(&words[0]))) }

// here is where the next byte will be.
func (c *compiled) here() uint64 {
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(c.bytes)))) + uint64(len(c.bytes))
}

func (c *compiled) string(s string) uint64 {
	at := c.here()
	c.bytes = append(append(c.bytes, s...), 0)
	return at
}

func (c *compiled) block(b []byte) uint64 {
	for c.here()%8 != 0 {
		c.bytes = append(c.bytes, 0)
	}
	at := c.here()
	c.bytes = append(c.bytes, b...)
	return at
}

// withPID is the text for the parent, which may speak of the child by its process id.
func withPID(text string, pid uint64) []byte {
	digits := num(pid).String()
	return append([]byte(strings.ReplaceAll(text, "{pid}", digits)), 0)
}
