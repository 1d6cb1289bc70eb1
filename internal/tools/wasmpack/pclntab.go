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

var errTable = errors.New("the function table is not laid out as Go 1.26 lays it out")

// Places in a function's entry (runtime._func), in bytes.
const (
	nameOff     = 4
	deferReturn = 12
	pcsp        = 16
	pcfile      = 20
	pcln        = 24
	npcdata     = 28
	cuOffset    = 32
	startLine   = 36
	funcID      = 40
	nfuncdata   = 43
	entrySize   = 44
	stackMap    = entrySize + 4*pcdataStackMap
)

// What only a printed stack trace asks for, and what nothing does (internal/abi/symtab.go).
const (
	pcdataUnsafe    = 0 // asked before a goroutine is interrupted in the middle, which WebAssembly cannot do
	pcdataStackMap  = 1 // this one is needed
	pcdataInlTree   = 2
	pcdataMost      = 16
	pcdataArgLive   = 3
	funcdataInlTree = 3
	funcdataArgInfo = 5
	funcdataArgLive = 6
	noFuncdata      = 0xffffffff
)

// table is the runtime's function table inside an image. Slices share the image's memory.
type table struct {
	names, files, pctab []byte
	funcdata            []byte       // what the functions' funcdata point at
	find                []byte       // how the runtime finds a function by its program counter
	functab             []byte       // where each entry is, and then the entries
	funcs               [][]byte     // an entry each, with its pcdata and funcdata behind it
	at, dataAt, findAt  int          // where functab, funcdata and find are
	end                 int          // where the program's memory ends
	known               map[int]*pcs // of functions of which the numbers of calls may change
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
	t := &table{names: tab[field[3]:field[4]], files: tab[field[4]:field[6]], pctab: tab[field[6]:field[7]], functab: tab[field[7]:], at: at + field[7]}
	if err := t.readFuncs(t.functab, field[0]); err != nil {
		return nil, err
	}
	m := findModule(memory, at, at+field[3])
	if m == nil || m[modFuncdata] > m[modFindFunc] || m[modFindFunc] > uint64(len(memory)) {
		return nil, errTable
	}
	t.funcdata, t.find = memory[m[modFuncdata]:m[modFindFunc]], memory[m[modFindFunc]:]
	t.dataAt, t.findAt, t.end = int(m[modFuncdata]), int(m[modFindFunc]), int(m[modEnd])
	return t, nil
}

// Words of runtime.moduledata, which knows where everything lies. Behind the funcdata the linker puts the table that finds a function.
const (
	modNames    = 1
	modFindFunc = 19
	modEnd      = 34
	modFuncdata = 40
	modWords    = 42
)

// findModule finds the moduledata that names a function table and its names; nil if there is not one.
func findModule(memory []byte, table, names int) []uint64 {
	var found []uint64
	for at := 0; at+8*modWords <= len(memory); at += 8 {
		if binary.LittleEndian.Uint64(memory[at:]) != uint64(table) || binary.LittleEndian.Uint64(memory[at+8*modNames:]) != uint64(names) {
			continue
		}
		if found != nil {
			return nil
		}
		found = make([]uint64, modWords)
		for i := range found {
			found[i] = binary.LittleEndian.Uint64(memory[at+8*i:])
		}
	}
	return found
}

func (t *table) readFuncs(functab []byte, n int) error {
	goexits := 0
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
		if word(f, npcdata) > pcdataMost || size > len(f) || int(word(f, nameOff)) >= len(t.names) {
			return errTable
		}
		t.funcs = append(t.funcs, f[:size])
		if f[funcID] == goexit {
			goexits++
		}
	}
	if goexits != 1 {
		return fmt.Errorf("%w: %d functions are runtime.goexit", errTable, goexits)
	}
	return nil
}

func word(f []byte, at int) uint32        { return binary.LittleEndian.Uint32(f[at:]) }
func setWord(f []byte, at int, to uint32) { binary.LittleEndian.PutUint32(f[at:], to) }

// pcs gives what the runtime knows of the numbers of a function's calls, for the function's own number; nil if it may not change.
func (t *table) pcs(number int) *pcs {
	i := (number - firstFunction) >> 16
	if i < 0 || i >= len(t.funcs) || t.funcs[i][funcID] == goexit || t.known[i] != nil {
		return nil
	}
	f := t.funcs[i]
	p := &pcs{deferreturn: int(word(f, deferReturn))}
	for what, to := range map[int]*[]stretch{pcsp: &p.heights, stackMap: &p.maps} {
		if what == stackMap && word(f, npcdata) <= pcdataStackMap || word(f, what) == 0 {
			continue
		}
		if *to = readRuns(t.pctab[word(f, what):]); *to == nil {
			return nil
		}
	}
	if t.known == nil {
		t.known = map[int]*pcs{}
	}
	t.known[i] = p
	return p
}

// strip removes what only stack traces read or nothing does, and the names too unless they are to be kept.
func (t *table) strip(keepNames bool) error {
	var data []uint32
	for _, f := range t.funcs {
		ends, err := t.mapEnds(f)
		if err != nil {
			return err
		}
		data = append(appendWords(data, f, funcdataOf(f)), ends...)
		stripFunc(f, keepNames)
	}
	if err := t.rewritePCs(); err != nil {
		return err
	}
	if err := gather(t.funcdata, 0, data, places(t.funcs, funcdataOf)); err != nil {
		return err
	}
	clear(t.files)
	if !keepNames {
		clear(t.names)
	}
	return nil
}

// rewritePCs writes the tables of numbers anew, each once and in the order in which it is met, so that like stands beside like.
func (t *table) rewritePCs() error {
	kept := append([]byte(nil), t.pctab[0])
	known := map[string]uint32{}
	write := func(w []byte, content []byte) {
		at, ok := known[string(content)]
		if !ok {
			at = uint32(len(kept))
			known[string(content)] = at
			kept = append(kept, content...)
		}
		setWord(w, 0, at)
	}
	for column := range 1 + pcdataMost {
		for i, f := range t.funcs {
			at := pcTables(f)
			if column >= len(at) || word(f, at[column]) == 0 {
				continue
			}
			runs := readRuns(t.pctab[word(f, at[column]):])
			if runs == nil {
				return fmt.Errorf("%w: no table of numbers where a function has one", errTable)
			}
			if p := t.known[i]; p != nil && at[column] == pcsp {
				runs = p.heights
			} else if p != nil && at[column] == stackMap {
				runs = p.maps
			}
			if runs == nil {
				setWord(f, at[column], 0)
				continue
			}
			write(f[at[column]:], appendRuns(nil, runs))
		}
	}
	if len(kept) > len(t.pctab) {
		return fmt.Errorf("%w: no room for the tables of numbers", errTable)
	}
	for i, p := range t.known {
		setWord(t.funcs[i], deferReturn, uint32(p.deferreturn))
	}
	clear(t.pctab)
	copy(t.pctab, kept)
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

// funcdataOf are the places in an entry that point into the funcdata.
func funcdataOf(f []byte) []int {
	var at []int
	for i := range int(f[nfuncdata]) {
		at = append(at, entrySize+4*(int(word(f, npcdata))+i))
	}
	return at
}

func appendWords(to []uint32, f []byte, places []int) []uint32 {
	for _, at := range places {
		if w := word(f, at); w != noFuncdata {
			to = append(to, w)
		}
	}
	return to
}

func stripFunc(f []byte, keepNames bool) {
	for _, at := range []int{pcfile, pcln, cuOffset, startLine} {
		setWord(f, at, 0)
	}
	if !keepNames {
		setWord(f, nameOff, 0)
	}
	pcdata := int(word(f, npcdata))
	for _, i := range []int{pcdataUnsafe, pcdataInlTree, pcdataArgLive} {
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

// goexit is the funcID of runtime.goexit (internal/abi/symtab.go). A goroutine returns to it as if it had been called from its second instruction.
const goexit = 8

// places are the words of entries that point somewhere, by columns.
func places(funcs [][]byte, of func(f []byte) []int) [][][]byte {
	var columns [][][]byte
	for _, f := range funcs {
		for i, at := range of(f) {
			if i == len(columns) {
				columns = append(columns, nil)
			}
			columns[i] = append(columns[i], f[at:at+4])
		}
	}
	return columns
}

// gather keeps of a region what is pointed at: its first skip bytes, which are for nothing, and each thing in the order in which it is met, so that
// like stands beside like. starts are where things began, and a thing reaches to the beginning of the next.
func gather(region []byte, skip int, starts []uint32, columns [][][]byte) error {
	slices.Sort(starts)
	if len(starts) > 0 && int(starts[len(starts)-1]) >= len(region) {
		return fmt.Errorf("%w: a function points behind a region", errTable)
	}
	moved := map[uint32]uint32{}
	kept := append([]byte(nil), region[:skip]...)
	for _, w := range slices.Concat(columns...) {
		from := word(w, 0)
		if from == noFuncdata || int(from) < skip {
			continue
		}
		to, ok := moved[from]
		if !ok {
			end := len(region)
			if i, _ := slices.BinarySearch(starts, from+1); i < len(starts) {
				end = int(starts[i])
			}
			to = uint32(len(kept))
			kept = append(kept, region[from:end]...)
			moved[from] = to
		}
		setWord(w, 0, to)
	}
	clear(region)
	copy(region, kept)
	return nil
}
