package main

import (
	"encoding/binary"
	"fmt"
)

// The rows of the function table are alike, but what brotli would have to see lies one above the other and not side by side. So the rows are
// written by columns, one for each field, and the program puts them together again before it starts (start.go). That is a
// tenth of a compressed engine.
//
// A column is two streams of numbers in LEB128. The first has one for each row: 0 for a value that the column has not had, or k for the one that it
// had as its k-th. The second has the new values, each as its difference from the new one before, in zigzag.

// Where the columns of a field begin: the words of an entry but its first, which counts, then pcdata and funcdata.
const (
	columnsWords    = 0
	columnsPcdata   = entrySize/4 - 1
	columnsFuncdata = columnsPcdata + 16
	columnsAll      = columnsFuncdata + 16
	columnsMaps     = columnsAll // and one more
)

type column struct {
	ranks, values []byte
	known         map[uint32]int
	last          uint32
}

func (c *column) add(value uint32) {
	if rank, ok := c.known[value]; ok {
		c.ranks = binary.AppendUvarint(c.ranks, uint64(rank))
		return
	}
	if c.known == nil {
		c.known = map[uint32]int{}
	}
	c.known[value] = len(c.known) + 1
	c.ranks = append(c.ranks, 0)
	more := int32(value - c.last)
	c.values = binary.AppendUvarint(c.values, uint64(uint32(more<<1)^uint32(more>>31)))
	c.last = value
}

// columns reads the rows, which have to lie one behind the other as the linker writes them, each found by its number.
func (t *table) columns(maps *rowStreams) ([]column, error) {
	all := make([]column, columnsAll)
	at := (8*len(t.funcs) + 8) &^ 7
	for i, f := range t.funcs {
		if word(t.functab, 8*i) != uint32(firstFunction>>16+i) || word(f, 0) != uint32(firstFunction>>16+i) || int(word(t.functab, 8*i+4)) != at {
			return nil, fmt.Errorf("%w: function %d is not in its place", errTable, i)
		}
		for j := range entrySize/4 - 1 {
			all[columnsWords+j].add(word(f, 4+4*j))
		}
		for j := range int(word(f, npcdata)) {
			all[columnsPcdata+j].add(word(f, entrySize+4*j))
		}
		for j, at := range funcdataOf(f) {
			value := word(f, at)
			if j < rowMaps && value != noFuncdata {
				value = maps.number[value]
			}
			all[columnsFuncdata+j].add(value)
		}
		at = (at + len(f) + 7) &^ 7
	}
	return append(all, maps.columns()...), nil
}

// bucket is how many bytes the runtime's table for finding a function has for each 4,096 program counters, of which a function in
// WebAssembly has 65,536. They say the function's number, and nothing in all of a bucket's parts.
const (
	bucket  = 20
	buckets = 16
)

// checkFind says whether the table for finding a function is as the numbers of the functions make it.
func (t *table) checkFind() error {
	last := buckets * (len(t.funcs) - 1)
	if len(t.find) < bucket*last {
		return errTable
	}
	for i := range last {
		b := t.find[bucket*i:]
		if word(b, 0) != uint32(i/buckets) || word(b, 4)|word(b, 8)|word(b, 12)|word(b, 16) != 0 {
			return fmt.Errorf("%w: bucket %d does not find its function", errTable, i)
		}
	}
	return nil
}

// lay gives the columns as they lie in memory from room on, in two parts: for each where its streams are, then the streams; and how much room they
// take with that for the values that are known while they are read.
func lay(all []column, room int) (packed []byte, work int) {
	packed = make([]byte, columnSize*len(all))
	for i, c := range all {
		setWord(packed, columnSize*i+columnRanks, uint32(room+len(packed)))
		packed = append(packed, c.ranks...)
		setWord(packed, columnSize*i+columnValues, uint32(room+len(packed)))
		packed = append(packed, c.values...)
	}
	work = len(packed)
	for i, c := range all {
		setWord(packed, columnSize*i+columnKnown, uint32(room+work))
		setWord(packed, columnSize*i+columnFree, uint32(room+work))
		work += 4 * len(c.known)
	}
	return packed, work
}

// clearRows removes what unpack makes again.
func (t *table) clearRows() {
	clear(t.functab[:8*len(t.funcs)])
	for _, f := range t.funcs {
		clear(f)
	}
	clear(t.find[:bucket*buckets*(len(t.funcs)-1)])
}
