package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// header of a function table of Go 1.20 and later: its magic, two zeros, the size of an instruction (1 in
// WebAssembly) and of a pointer.
var header = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

var errTable = errors.New("the function table is not laid out as Go 1.20 to 1.26 lay it out")

// Places in a function's entry (runtime._func), in bytes.
const (
	nameOff   = 4
	pcsp      = 16
	pcfile    = 20
	pcln      = 24
	npcdata   = 28
	cuOffset  = 32
	startLine = 36
	nfuncdata = 43
	entrySize = 44
)

// What only a printed stack trace asks for (internal/abi/symtab.go).
const (
	pcdataInlTree   = 2
	pcdataArgLive   = 3
	funcdataInlTree = 3
	funcdataArgInfo = 5
	funcdataArgLive = 6
	noFuncdata      = 0xffffffff
)

// table is the runtime's function table inside an image. Slices share the image's memory.
type table struct {
	names, files, pctab []byte
	funcs               [][]byte // an entry each, with its pcdata and funcdata behind it
}

// findTable finds the one function table of an image.
func findTable(memory []byte) (*table, error) {
	at := bytes.Index(memory, header)
	if at < 0 || bytes.Contains(memory[at+1:], header) {
		return nil, errTable
	}
	tab := memory[at:]
	if len(tab) < 72 {
		return nil, errTable
	}
	var field [8]int // nfunc, nfiles, unused, then the offsets of names, compile units, files, pctab and functions
	for i := range field {
		field[i] = int(binary.LittleEndian.Uint64(tab[8+8*i:]))
	}
	if offsets := field[3:]; offsets[0] < 72 || !slices.IsSorted(offsets) || offsets[4] > len(tab) || field[0] <= 0 {
		return nil, errTable
	}
	t := &table{names: tab[field[3]:field[4]], files: tab[field[4]:field[6]], pctab: tab[field[6]:field[7]]}
	return t, t.readFuncs(tab[field[7]:], field[0])
}

func (t *table) readFuncs(functab []byte, n int) error {
	for i := range n {
		if len(functab) < 8*i+8 {
			return errTable
		}
		at := int(binary.LittleEndian.Uint32(functab[8*i+4:]))
		if at < 8*n || at+entrySize > len(functab) {
			return errTable
		}
		f := functab[at:]
		size := entrySize + 4*int(word(f, npcdata)) + 4*int(f[nfuncdata])
		if word(f, npcdata) > 16 || size > len(f) || int(word(f, nameOff)) >= len(t.names) {
			return errTable
		}
		t.funcs = append(t.funcs, f[:size])
	}
	return nil
}

func word(f []byte, at int) uint32        { return binary.LittleEndian.Uint32(f[at:]) }
func setWord(f []byte, at int, to uint32) { binary.LittleEndian.PutUint32(f[at:], to) }

// strip zeroes what only stack traces read, and the names too unless they are to be kept.
func (t *table) strip(keepNames bool) error {
	kept, all := map[uint32]bool{}, map[uint32]bool{}
	for _, f := range t.funcs {
		all[word(f, pcfile)], all[word(f, pcln)] = true, true
		for _, at := range pcTables(f) {
			all[word(f, at)] = true
		}
		stripFunc(f, keepNames)
		for _, at := range pcTables(f) {
			kept[word(f, at)] = true
		}
	}
	if err := t.zeroUnused(all, kept); err != nil {
		return err
	}
	clear(t.files)
	if !keepNames {
		clear(t.names)
	}
	return nil
}

// pcTables are the places in an entry that point into pctab, but for those of file and line.
func pcTables(f []byte) []int {
	at := []int{pcsp}
	for i := range int(word(f, npcdata)) {
		at = append(at, entrySize+4*i)
	}
	return at
}

func stripFunc(f []byte, keepNames bool) {
	for _, at := range []int{pcfile, pcln, cuOffset, startLine} {
		setWord(f, at, 0)
	}
	if !keepNames {
		setWord(f, nameOff, 0)
	}
	pcdata := int(word(f, npcdata))
	for _, i := range []int{pcdataInlTree, pcdataArgLive} {
		if i < pcdata {
			setWord(f, entrySize+4*i, 0)
		}
	}
	for _, i := range []int{funcdataInlTree, funcdataArgInfo, funcdataArgLive} {
		if i < int(f[nfuncdata]) {
			setWord(f, entrySize+4*(pcdata+i), noFuncdata)
		}
	}
}

// zeroUnused clears each table in pctab that nobody points at any more. A table reaches to the beginning of the next.
func (t *table) zeroUnused(all, kept map[uint32]bool) error {
	var starts []uint32
	for at := range all {
		if int(at) > len(t.pctab) {
			return fmt.Errorf("%w: a function points behind pctab", errTable)
		}
		starts = append(starts, at)
	}
	slices.Sort(starts)
	for i, at := range starts {
		end := len(t.pctab)
		if i+1 < len(starts) {
			end = int(starts[i+1])
		}
		if !kept[at] {
			clear(t.pctab[at:end])
		}
	}
	return nil
}
