package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A column in memory, while it is read: where its streams and its known values are, where the next of them goes, and the last.
const (
	columnRanks  = 0
	columnValues = 4
	columnKnown  = 8
	columnFree   = 12
	columnLast   = 16
	columnSize   = 20
)

// unpackText is the way back from compact, in WebAssembly: a function a paragraph, of parameters, results and local variables, all of 32 bits. The last one
// runs when the module starts, before anything of Go.
const unpackText = `
func number at : 1 cursor byte n shift
	get at load 0 set cursor
	loop
		get cursor load8 0 tee byte const 127 and get shift shl get n or set n
		get shift const 7 add set shift
		get cursor const 1 add set cursor
		get byte const 127 gt br_if 0
	end
	get at get cursor store 0
	get n

func value column : 1 rank
	get column call number tee rank
	if
		get column load 8 get rank const 2 shl add const 4 sub load 0 return
	end
	get column load 12
	get column const 4 add call number tee rank const 1 shr const 0 get rank const 1 and sub xor
	get column load 16 add tee rank store 0
	get column get column load 12 const 4 add store 12
	get column get rank store 16
	get rank

func values row column count : 1
	block
		loop
			get count eqz br_if 1
			get row get column call value store 0
			get row const 4 add set row
			get column const 20 add set column
			get count const 1 sub set count
			br 0
		end
	end
	get row

func maps map place left : 0 count size i
	loop
		get place get map const FUNCDATA_AT sub store 0
		get map const MAPS call number tee count store 0
		get map const MAPS const 4 add call number tee size store 4
		get size const 7 add const 3 shr set size
		get map const 8 add set map
		const 0 set i
		block
			loop
				get count get size mul get i sub eqz br_if 1
				get map get i get count rem get size mul add get i get count div add
				const MAPS load 20 load8 0 store8 0
				const MAPS const MAPS load 20 const 1 add store 20
				get i const 1 add set i
				br 0
			end
		end
		get map get i add const 3 add const -4 and set map
		get place const 4 add set place
		get left const 1 sub tee left br_if 0
	end

func placed at count : 0
	block
		loop
			get count eqz br_if 1
			get at load 0 const 1 add
			if
				get at get at load 0 const 2 shl load PLACES store 0
			end
			get at const 4 add set at
			get count const 1 sub set count
			br 0
		end
	end

func unpack : 0 i row entry first
	const FUNCDATA_AT const PLACES const MAPS_COUNT call maps
	const ROWS set row
	loop
		get i const 8 mul tee entry get i const FIRST add store TABLE
		get entry get row const TABLE sub store OFFSETS
		get row get i const FIRST add store 0
		get row const 4 add const WORDS const 10 call values
		const PCDATA get row load 28 call values tee first
		const FUNCDATA get row load8 43 call values
		get first get row load8 43 const 0 gt get row load8 43 const 1 gt add call placed
		const 7 add const -8 and set row
		get i const 1 add tee i const COUNT lt br_if 0
	end
	const 0 set i
	loop
		get i const 20 mul get i const 4 shr store FIND
		get i const 1 add tee i const BUCKETS lt br_if 0
	end
	const ROOM const 0 const WORK fill
`

var mnemonics = map[string]instruction{
	"block": {op: opBlock, n: typeEmpty}, "loop": {op: opLoop, n: typeEmpty}, "if": {op: opIf, n: typeEmpty}, "end": {op: opEnd},
	"br": {op: opBr}, "br_if": {op: opBrIf}, "return": {op: opReturn}, "call": {op: opCall},
	"get": {op: opLocalGet}, "set": {op: opLocalSet}, "tee": {op: opLocalTee}, "const": {op: opI32Const},
	"load": {op: opI32Load}, "load8": {op: opI32Load8U}, "store": {op: opI32Store}, "store8": {op: opI32Store8},
	"eqz": {op: opI32Eqz}, "lt": {op: opI32LtU}, "gt": {op: opI32GtU}, "add": {op: opI32Add}, "sub": {op: opI32Sub}, "mul": {op: opI32Mul}, "div": {op: opI32DivU}, "rem": {op: opI32RemU},
	"and": {op: opI32And}, "or": {op: opI32Or}, "xor": {op: opI32Xor}, "shl": {op: opI32Shl}, "shr": {op: opI32ShrU},
	"fill": {op: opPrefix, raw: []byte{opPrefix, 11, 0}},
}

const pageSize = 1 << 16

var (
	errRoom   = errors.New("the memory that the program begins with has no room for the columns of the function table")
	errImport = errors.New("the program imports something else than functions")
)

// unpacker takes the rows of the function table out of memory and makes the functions that put them back. Their columns go to the end of the memory
// with which the module begins, where Go has nothing yet, and are gone again before it runs.
func (t *table) unpacker(memory []byte, all []section) ([]routine, []byte, error) {
	maps, err := t.takeMaps()
	if err != nil {
		return nil, nil, err
	}
	columns, err := t.columns(maps)
	if err != nil {
		return nil, nil, err
	}
	if err := t.checkFind(); err != nil {
		return nil, nil, err
	}
	_, places := lay(columns, 0)
	work := places + 4*len(maps.number)
	room := (memorySize(find(all, memorySection)) - work) &^ 15
	if room < max(len(memory), t.end) {
		return nil, nil, errRoom
	}
	first, err := countFunctions(all)
	if err != nil {
		return nil, nil, err
	}
	packed, _ := lay(columns, room)
	t.clearRows()
	clear(t.funcdata[:maps.end])
	entry := (8*len(t.funcs) + 8) &^ 7
	routines := assemble(unpackText, first, map[string]int{
		"FIRST": firstFunction >> 16, "COUNT": len(t.funcs), "TABLE": t.at, "OFFSETS": t.at + 4, "ROWS": t.at + entry,
		"FIND": t.findAt, "BUCKETS": buckets * (len(t.funcs) - 1),
		"WORDS": room + columnSize*columnsWords, "PCDATA": room + columnSize*columnsPcdata, "FUNCDATA": room + columnSize*columnsFuncdata,
		"MAPS": room + columnSize*columnsMaps, "MAPS_COUNT": len(maps.number), "FUNCDATA_AT": t.dataAt, "PLACES": room + places,
		"ROOM": room, "WORK": work,
	})
	return routines, append(append(memory, make([]byte, room-len(memory))...), packed...), nil
}

// memorySize is with how many bytes a module begins; 0 if it is not one memory.
func memorySize(s *section) int {
	r := reader{rest: s.body}
	if r.unsigned() != 1 || r.byte() > 1 {
		return 0
	}
	return pageSize * r.unsigned()
}

// countFunctions is how many functions a module has, with those it imports.
func countFunctions(all []section) (int, error) {
	imports := reader{rest: find(all, importSection).body}
	count := 0
	for range imports.unsigned() {
		imports.bytes(imports.unsigned())
		imports.bytes(imports.unsigned())
		if imports.byte() != 0 {
			return 0, errImport
		}
		imports.unsigned()
		count++
	}
	functions := reader{rest: find(all, functionSection).body}
	return count + functions.unsigned(), imports.err
}

// startWith adds functions to a module, of which the last runs when it starts.
func startWith(all []section, routines []routine) ([]section, error) {
	first, err := countFunctions(all)
	if err != nil {
		return nil, err
	}
	types, functions, code := find(all, typeSection), find(all, functionSection), find(all, codeSection)
	r := reader{rest: types.body}
	kind := r.unsigned()
	var signatures, kinds, bodies []byte
	for i, f := range routines {
		signatures = append(signatures, 0x60, byte(f.params))
		signatures = append(signatures, bytes.Repeat([]byte{typeI32}, f.params)...)
		signatures = append(signatures, byte(f.results))
		signatures = append(signatures, bytes.Repeat([]byte{typeI32}, f.results)...)
		kinds = binary.AppendUvarint(kinds, uint64(kind+i))
		bodies = append(binary.AppendUvarint(bodies, uint64(len(f.body))), f.body...)
	}
	for s, more := range map[*section][]byte{types: signatures, functions: kinds, code: bodies} {
		r := reader{rest: s.body}
		s.body = binary.AppendUvarint(nil, uint64(r.unsigned()+len(routines)))
		s.body = append(append(s.body, r.rest...), more...)
	}
	start := section{startSection, binary.AppendUvarint(nil, uint64(first+len(routines)-1))}
	at := slices.IndexFunc(all, func(s section) bool { return s.id > startSection })
	return slices.Insert(all, at, start), nil
}

// routine is a function made here: how many numbers it takes and gives, and its body.
type routine struct {
	params, results int
	body            []byte
}

// assemble makes functions of a text like unpackText. Numbers have names, and the functions are numbered from first on.
func assemble(text string, first int, names map[string]int) []routine {
	var all []routine
	functions := map[string]int{}
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		head, code, _ := strings.Cut(paragraph, "\n")
		params, rest, _ := strings.Cut(head, ":")
		own := strings.Fields(params)[1:]
		functions[own[0]] = first + i
		results, _ := strconv.Atoi(strings.Fields(rest)[0])
		r := routine{params: len(own) - 1, results: results}
		locals := append(own[1:], strings.Fields(rest)[1:]...)
		known := map[string]int{}
		for i, name := range locals {
			known[name] = i
		}
		f := function{locals: []local{{len(locals) - r.params, typeI32}}}
		words := strings.Fields(code)
		for len(words) > 0 {
			i, ok := mnemonics[words[0]]
			if !ok {
				panic(fmt.Sprintf("wasmpack: bug: %s is no instruction", words[0]))
			}
			words = words[1:]
			if operand := i.op == opBr || i.op == opBrIf || i.op == opCall || i.op >= opLocalGet && i.op <= opI32Const; operand {
				i.n = operandOf(words[0], known, functions, names)
				words = words[1:]
			}
			f.code = append(f.code, i)
		}
		f.code = append(f.code, instruction{op: opEnd})
		r.body = f.append(nil)
		all = append(all, r)
	}
	return all
}

func operandOf(word string, tables ...map[string]int) int {
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	for _, t := range tables {
		if n, ok := t[word]; ok {
			return n
		}
	}
	panic(fmt.Sprintf("wasmpack: bug: %s is no name", word))
}
