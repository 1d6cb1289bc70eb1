package isolate

import (
	"encoding/binary"
	"slices"
)

// instruction is one of the classic Berkeley packet filter, the language of seccomp filters. Source: linux/filter.h, bpf_common.h.
type instruction struct {
	code   uint16
	jt, jf uint8 // how many instructions are passed over when the comparison holds, and when not
	k      uint32
}

// The operations filters are made of.
const (
	bpfLoad  = 0x20 // A = the word at offset k of struct seccomp_data
	bpfAnd   = 0x54 // A &= k
	bpfJump  = 0x05 // pass over k instructions
	bpfEqual = 0x15 // A == k
	bpfLeast = 0x35 // A >= k
	bpfSet   = 0x45 // A & k != 0
	bpfRet   = 0x06 // the verdict is k
)

// What a filter decides about a call. Source: seccomp(2).
const (
	verdictKill  = 0x80000000
	verdictErrno = 0x00050000
	verdictAllow = 0x7fff0000
)

// Offsets in struct seccomp_data: the call's number, the architecture, and the lower halves of the arguments.
const (
	dataNumber = 0
	dataArch   = 4
	dataArgs   = 16
)

func ret(verdict uint32) instruction { return instruction{bpfRet, 0, 0, verdict} }

func refuse(e Errno) instruction { return ret(verdictErrno | uint32(e)) }

// interval is what happens to the numbers from first up to the next interval's first.
type interval struct {
	first uint32
	code  []instruction // ends in a verdict on every path
}

// tree adds instructions that decide by halving, so that every call costs about as much as any other: seven comparisons for a hundred intervals.
func tree(code []instruction, all []interval) []instruction {
	if len(all) == 1 {
		return append(code, all[0].code...)
	}
	half := len(all) / 2
	at := len(code)
	code = tree(append(code, instruction{bpfLeast, 0, 0, all[half].first}), all[:half])
	if left := len(code) - at - 1; left < 256 {
		code[at].jt = uint8(left)
	} else {
		code[at].jf = 1
		code = slices.Insert(code, at+1, instruction{bpfJump, 0, 0, uint32(left)})
	}
	return tree(code, all[half:])
}

// assemble writes the instructions as the kernel reads them.
func assemble(code []instruction) []byte {
	b := make([]byte, 0, 8*len(code))
	for _, i := range code {
		b = binary.LittleEndian.AppendUint16(b, i.code)
		b = append(b, i.jt, i.jf)
		b = binary.LittleEndian.AppendUint32(b, i.k)
	}
	return b
}
