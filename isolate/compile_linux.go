//go:build amd64 || arm64

package isolate

import (
	"os"
	"slices"
	"strings"
	"syscall"
	"unsafe"
)

// compiled is a plan in the kernel's terms: rows whose arguments point to cells, and all the memory they need.
type compiled struct {
	plan  Plan
	rows  []row // one for each step
	child []row // the child's, copied, in order, with those of the process between
	steps []int // the step each of the child's rows comes from
	first int   // the first of the child's rows that executes the command
	apart int   // the last row of the process between, -1 if there is none
	// placed are results that a structure in memory holds. common is what the child tells us by.
	placed map[Ref]*uint64
	common *common
	// What rows point to. Nothing of it is grown after pointers into it were taken.
	results []uint64
	cells   []uint64
	bytes   []byte
	lists   [][]uint64
	buffers map[Ref][]uint64
	nowhere uint64 // results that nobody needs
	zero    uint64 // arguments that are not there
}

// common is where the child and the process between note how far they are: memory we share with them, even with a copy of us.
type common struct {
	child, between table
	part           uint64
	mapped         []byte // nil if it is memory like all other
}

// newCommon makes it, in a page of its own if the child is going to be a copy.
func newCommon(p Plan) (*common, error) {
	copied := func(s Step) bool { return s.Call == "clone3" && s.Args[0].Value&cloneVM == 0 }
	if !slices.ContainsFunc(p.Steps, copied) {
		return new(common), nil
	}
	page, err := syscall.Mmap(-1, 0, os.Getpagesize(), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED|syscall.MAP_ANON)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	c := (*common)(unsafe.Pointer(&page[0]))
	c.mapped = page
	return c, nil
}

func (c *common) free() {
	if c.mapped != nil {
		_ = syscall.Munmap(c.mapped)
	}
}

// compile lays the plan out in memory. It fails only for calls the architecture does not have.
func compile(p Plan) (*compiled, error) {
	c := &compiled{plan: p, first: -1, apart: -1, buffers: map[Ref][]uint64{}, placed: map[Ref]*uint64{}, results: make([]uint64, len(p.Results)), rows: make([]row, len(p.Steps))}
	var err error
	if c.common, err = newCommon(p); err != nil {
		return nil, err
	}
	arguments, size, child := 0, 0, 0
	for _, s := range p.Steps {
		if s.By == Child {
			child++
		}
		arguments += len(s.Args)
		for _, a := range s.Args {
			size += len(a.Text) + 1 + len(a.Bytes) + 7
			for _, t := range a.List {
				size += len(t) + 1
			}
			switch a.Kind {
			case Message:
				c.message(Ref(a.Value))
			case Pair:
				words := a.before()
				pair := append(words, 0)
				c.lists = append(c.lists, pair)
				c.placed[Ref(uint32(a.Value))] = &pair[len(words)]
			}
		}
	}
	c.cells, c.bytes = make([]uint64, 0, arguments), make([]byte, 0, size)
	c.child, c.steps = make([]row, 0, child), make([]int, 0, child)
	for i, s := range p.Steps {
		r := &c.rows[i]
		switch {
		case s.Call == checkCall:
			r.number = rowCheck
		case s.Call == netlinkCall: // Go's
		case s.Call == partCall && s.By == Child:
			r.number = rowPart
		default:
			n, ok := p.Arch.number(s.Call)
			if !ok {
				c.common.free()
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
			r.result = c.result(s.Result)
		}
		if s.By == Child || s.By == Between {
			switch {
			case s.By == Between:
				c.apart = len(c.child)
			case s.Call == "execve" && c.first < 0:
				c.first = len(c.child)
			}
			c.child, c.steps = append(c.child, *r), append(c.steps, i)
		}
	}
	return c, nil
}

// result is the cell a result goes to.
func (c *compiled) result(r Ref) *uint64 {
	if at := c.placed[r]; at != nil {
		return at
	}
	return &c.results[r]
}

// message lays out what sendmsg takes to hand a descriptor on: a struct msghdr, one byte to send, and a control message whose descriptor is the
// result itself. Source: unix(7), cmsg(3).
func (c *compiled) message(r Ref) {
	const solSocketRights = 1<<32 | 1 // SCM_RIGHTS, SOL_SOCKET
	m := make([]uint64, 13)
	at := func(i int) uint64 { return address(m[i:]) }
	copy(m, []uint64{0, 0, at(7), 1, at(10), 24, 0}) // no name; one part; control; no flags
	copy(m[7:], []uint64{at(9), 1, 0})               // the part: one byte
	copy(m[10:], []uint64{20, solSocketRights, 0})   // the control message
	c.lists = append(c.lists, m)
	c.placed[r] = &m[12]
}

// argument is the cell a row takes an argument from.
func (c *compiled) argument(a Arg) *uint64 {
	switch a.Kind {
	case Result:
		return c.result(Ref(a.Value))
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
	case Message:
		m := c.placed[Ref(a.Value)]
		return uint64(uintptr(unsafe.Pointer(m))) - 12*8
	case Pair:
		return uint64(uintptr(unsafe.Pointer(c.placed[Ref(uint32(a.Value))]))) - 8*uint64(len(a.before()))
	case Program:
		program := []uint64{uint64(len(a.Bytes) / 8), c.block(a.Bytes)}
		c.lists = append(c.lists, program)
		return address(program)
	case Buffer:
		ref := Ref(uint32(a.Value))
		if ref == refPart {
			return uint64(uintptr(unsafe.Pointer(&c.common.part)))
		}
		if c.buffers[ref] == nil {
			words := make([]uint64, (a.Value>>32+7)/8)
			copy(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 8*len(words)), a.Bytes)
			c.buffers[ref] = words
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
