package main

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// mapOf is a map as the linker writes it, up to the next word.
func mapOf(count, bits uint32, rows string) []byte {
	b := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, count), bits)
	b = append(b, rows...)
	return append(b, make([]byte, -len(b)&3)...)
}

// entryOf is a function's entry that knows nothing but funcdata.
func entryOf(funcdata ...uint32) []byte {
	f := make([]byte, entrySize)
	f[nfuncdata] = byte(len(funcdata))
	for _, at := range funcdata {
		f = binary.LittleEndian.AppendUint32(f, at)
	}
	return f
}

func TestMapsAreWrittenByColumns(t *testing.T) {
	data := slices.Concat(mapOf(2, 9, "abcd"), mapOf(1, 4, "e"), mapOf(300, 0, ""), []byte("something else"))
	entries := [][]byte{entryOf(0, 12, 32), entryOf(noFuncdata, 24), entryOf(12), entryOf()}
	s, err := (&table{funcdata: data, funcs: entries}).takeMaps()
	require.NoError(t, err)
	require.Equal(t, &rowStreams{
		counts: []byte{2, 1, 0xac, 2}, bits: []byte{9, 4, 0}, rows: []byte("acbde"),
		number: map[uint32]uint32{0: 0, 12: 1, 24: 2}, end: 32,
	}, s)

	for name, odd := range map[string]*table{
		"a map that does not follow the one before": {funcdata: data, funcs: [][]byte{entryOf(0, 24)}},
		"none at the beginning":                     {funcdata: data, funcs: [][]byte{entryOf(12)}},
		"none at all":                               {funcdata: data, funcs: [][]byte{entryOf(noFuncdata)}},
		"more rows than there is room for":          {funcdata: mapOf(3, 9, "abcd"), funcs: [][]byte{entryOf(0)}},
		"no end":                                    {funcdata: data[:6], funcs: [][]byte{entryOf(0)}},
	} {
		_, err := odd.takeMaps()
		require.ErrorIs(t, err, errTable, name)
	}
}

func TestAMapEndsWhereItsRowsDo(t *testing.T) {
	data := slices.Concat(mapOf(2, 9, "abcd"), make([]byte, 16), mapOf(1, 4, "e"))
	ends, err := (&table{funcdata: data}).mapEnds(entryOf(0, 28))
	require.NoError(t, err)
	require.Equal(t, []uint32{12}, ends, "and the last where the data does")
	_, err = (&table{funcdata: data}).mapEnds(entryOf(40))
	require.ErrorIs(t, err, errTable)
}
