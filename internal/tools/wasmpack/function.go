package main

import "encoding/binary"

// The instructions this program knows by name; the others it only passes on.
const (
	opUnreachable  = 0x00
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opI32Load      = 0x28 // the first of the loads
	opI32Load8U    = 0x2d
	opI32Store     = 0x36 // the first of the stores
	opI64Store     = 0x37
	opI32Store8    = 0x3a
	opI64Store32   = 0x3e // the last of the stores
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI32Eqz       = 0x45
	opI64Eqz       = 0x50
	opI32LtU       = 0x49
	opI32GtU       = 0x4b
	opI32Add       = 0x6a
	opI32Sub       = 0x6b
	opI32Mul       = 0x6c
	opI32DivU      = 0x6e
	opI32RemU      = 0x70
	opI32And       = 0x71
	opI32Or        = 0x72
	opI32Xor       = 0x73
	opI32Shl       = 0x74
	opI32ShrU      = 0x76
	opI64Add       = 0x7c
	opI32WrapI64   = 0xa7
	opExtendS      = 0xac // i64.extend_i32_s
	opExtendU      = 0xad // i64.extend_i32_u
	opLastNumeric  = 0xc4
	opPrefix       = 0xfc
)

const (
	typeI32   = 0x7f
	typeEmpty = 0x40
)

// instruction is one of a function's: its opcode and the immediates this program looks at.
type instruction struct {
	op    byte
	n     int    // a constant, an index, a depth, or the offset of a load or store
	align int    // of a load or store
	table []int  // the depths of a br_table, its default at the end
	raw   []byte // as it was written; nil if it is new or has been changed
}

// local is a run of local variables of one type.
type local struct {
	count int
	kind  byte
}

// function is the body of a function taken apart.
type function struct {
	locals []local
	code   []instruction
}

// function takes a body apart.
func (r *reader) function() function {
	var f function
	for range r.unsigned() & 0xffff {
		f.locals = append(f.locals, local{r.unsigned(), r.byte()})
	}
	f.code = make([]instruction, 0, len(r.rest)/2)
	for len(r.rest) > 0 {
		before := r.rest
		i := r.instruction()
		i.raw = before[:len(before)-len(r.rest)]
		f.code = append(f.code, i)
	}
	return f
}

func (r *reader) instruction() instruction {
	i := instruction{op: r.byte()}
	switch op := i.op; {
	case op == opBlock, op == opLoop, op == opIf, op == opMemorySize, op == opMemoryGrow:
		if i.n = int(r.byte()); i.n < typeEmpty && op <= opIf {
			r.fail(errInstruction) // of a type with a number
		}
	case op == opBr, op == opBrIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
		i.n = r.unsigned()
	case op == opBrTable:
		for range r.unsigned()&0xfffff + 1 {
			i.table = append(i.table, r.unsigned())
		}
	case op == opCallIndirect:
		i.n = r.unsigned()
		if r.byte() != 0 {
			r.fail(errInstruction)
		}
	case op >= opI32Load && op <= opI64Store32:
		i.align, i.n = r.unsigned(), r.unsigned()
	case op == opI32Const, op == opI64Const:
		i.n = r.signed()
	case op == opF32Const:
		r.bytes(4)
	case op == opF64Const:
		r.bytes(8)
	case op == opPrefix:
		switch kind := r.unsigned(); {
		case kind <= 7: // truncations
		case kind == 10: // memory.copy
			r.bytes(2)
		case kind == 11: // memory.fill
			r.byte()
		default:
			r.fail(errInstruction)
		}
	case op > opLastNumeric:
		r.fail(errInstruction)
	}
	return i
}

// append is the way back from reader.function.
func (f *function) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(f.locals)))
	for _, l := range f.locals {
		b = append(binary.AppendUvarint(b, uint64(l.count)), l.kind)
	}
	for _, i := range f.code {
		b = i.append(b)
	}
	return b
}

func (i *instruction) append(b []byte) []byte {
	if i.raw != nil {
		return append(b, i.raw...)
	}
	b = append(b, i.op)
	switch op := i.op; {
	case op == opBrTable:
		b = binary.AppendUvarint(b, uint64(len(i.table)-1))
		for _, to := range i.table {
			b = binary.AppendUvarint(b, uint64(to))
		}
		return b
	case op == opBlock, op == opLoop, op == opIf:
		return append(b, byte(i.n))
	case op == opI32Const, op == opI64Const:
		return appendSigned(b, i.n)
	case op == opBr, op == opBrIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
		return binary.AppendUvarint(b, uint64(i.n))
	case op == opCallIndirect:
		return append(binary.AppendUvarint(b, uint64(i.n)), 0)
	case op >= opI32Load && op <= opI64Store32:
		return binary.AppendUvarint(binary.AppendUvarint(b, uint64(i.align)), uint64(i.n))
	}
	return b
}

// is says whether the instructions from here on have these opcodes.
func (f *function) is(at int, ops ...byte) bool {
	if at < 0 || at+len(ops) > len(f.code) {
		return false
	}
	for k, op := range ops {
		if f.code[at+k].op != op {
			return false
		}
	}
	return true
}

// edits are new instructions in place of old ones: by the place of the first, how many it replaces and with what.
type edit struct {
	at, drop int
	code     []instruction
}

// apply makes changes that are given in order and do not overlap.
func (f *function) apply(edits []edit) {
	if len(edits) == 0 {
		return
	}
	code := make([]instruction, 0, len(f.code)+8*len(edits))
	next := 0
	for _, e := range edits {
		code = append(code, f.code[next:e.at]...)
		code = append(code, e.code...)
		next = e.at + e.drop
	}
	f.code = append(code, f.code[next:]...)
}

// rewriteCode shortens every function of a code section.
func rewriteCode(body []byte, of func(number int) *pcs) ([]byte, error) {
	r := reader{rest: body}
	count := r.unsigned()
	out := binary.AppendUvarint(make([]byte, 0, len(body)), uint64(count))
	var b []byte
	for range count {
		part := reader{rest: r.bytes(r.unsigned())}
		f := part.function()
		if part.err != nil {
			return nil, part.err
		}
		f.foldAddresses()
		f.makeRoom()
		f.countCalls(of)
		f.returnInPlace()
		f.fromTheEnd()
		f.shorten()
		f.plainly()
		b = f.append(b[:0])
		out = append(binary.AppendUvarint(out, uint64(len(b))), b...)
	}
	return out, r.err
}
