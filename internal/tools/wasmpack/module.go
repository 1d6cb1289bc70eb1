package main

import (
	"encoding/binary"
	"errors"
)

// The sections this program looks into. The last two are the functions' bodies and the initial memory.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	memorySection   = 5
	startSection    = 8
	codeSection     = 10
	dataSection     = 11
)

// section is a part of a module: its id and what is in it.
type section struct {
	id   byte
	body []byte
}

// segment is a piece of initial memory, at an offset from its beginning.
type segment struct {
	offset int
	bytes  []byte
}

var (
	magic          = []byte("\x00asm\x01\x00\x00\x00")
	errShort       = errors.New("the module ends in the middle of a section")
	errActive      = errors.New("a data segment is not active at a constant offset of memory 0, as the Go linker writes them")
	errInstruction = errors.New("an instruction that Go 1.20 to 1.26 does not use")
)

// reader takes a module apart. Its first error stays, and everything read after it is zero.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.rest = nil
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.fail(errShort)
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

// unsigned is a number in LEB128.
func (r *reader) unsigned() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<32 {
		r.fail(errShort)
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

// signed is a number in signed LEB128, which encoding/binary does not know.
func (r *reader) signed() int {
	n, shift := 0, 0
	for {
		b := r.byte()
		n |= int(b&0x7f) << shift
		shift += 7
		if b&0x80 == 0 || shift > 63 {
			if b&0x40 != 0 && shift < 64 {
				n |= -1 << shift
			}
			return n
		}
	}
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.fail(errShort)
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// sections takes a module apart.
func sections(module []byte) ([]section, error) {
	r := reader{rest: module}
	if string(r.bytes(len(magic))) != string(magic) {
		return nil, errors.New("not a WebAssembly module of version 1")
	}
	var all []section
	for len(r.rest) > 0 {
		id := r.byte()
		all = append(all, section{id, r.bytes(r.unsigned())})
	}
	return all, r.err
}

// find gives a section, an empty one if there is none.
func find(all []section, id byte) *section {
	for i := range all {
		if all[i].id == id {
			return &all[i]
		}
	}
	return &section{id: id}
}

// join is the way back from sections.
func join(all []section) []byte {
	module := append([]byte(nil), magic...)
	for _, s := range all {
		module = append(module, s.id)
		module = binary.AppendUvarint(module, uint64(len(s.body)))
		module = append(module, s.body...)
	}
	return module
}

// segments reads a data section.
func segments(body []byte) ([]segment, error) {
	r := reader{rest: body}
	all := make([]segment, 0, r.unsigned()&0xfffff)
	for len(r.rest) > 0 {
		if r.unsigned() != 0 || r.byte() != opI32Const {
			return nil, errActive
		}
		offset := r.signed()
		if r.byte() != opEnd || offset < 0 {
			return nil, errActive
		}
		all = append(all, segment{offset, r.bytes(r.unsigned())})
	}
	return all, r.err
}

// image is the memory that segments describe, from its beginning. A later segment wins, as when a module starts.
func image(all []segment) []byte {
	end := 0
	for _, s := range all {
		end = max(end, s.offset+len(s.bytes))
	}
	memory := make([]byte, end)
	for _, s := range all {
		copy(memory[s.offset:], s.bytes)
	}
	return memory
}

// gap is how many zero bytes end a segment. It is far more than a segment's header costs, since zeros compress well,
// and spares the browser the writing of large empty tables.
const gap = 4096

// dataBody writes the data section of an image: every stretch that is not zero.
func dataBody(memory []byte) []byte {
	var body []byte
	count := 0
	for at := 0; at < len(memory); {
		if memory[at] == 0 {
			at++
			continue
		}
		end := at + 1
		for i := end; i < len(memory) && i-end < gap; i++ {
			if memory[i] != 0 {
				end = i + 1
			}
		}
		body = append(body, 0, opI32Const)
		body = appendSigned(body, at)
		body = append(body, opEnd)
		body = binary.AppendUvarint(body, uint64(end-at))
		body = append(body, memory[at:end]...)
		count++
		at = end
	}
	return append(binary.AppendUvarint(nil, uint64(count)), body...)
}

// appendSigned writes a number in signed LEB128.
func appendSigned(b []byte, n int) []byte {
	for n < -64 || n > 63 {
		b = append(b, byte(n&0x7f)|0x80)
		n >>= 7
	}
	return append(b, byte(n&0x7f))
}
