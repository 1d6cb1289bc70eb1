package main

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Brotli foresees a byte from the two before it: in text by what letters they are, elsewhere by how large. For text it takes what is UTF-8 by three quarters,
// zeros not counted, and so Go's code, of which most bytes are small. That is a hundredth of the engine. This file makes it see numbers:
//
//	02 40           02 00           block; the type of those that take and leave nothing is put first
//	29 03 10        29 00 10        i64.load 16; the alignment is advice that no compiler takes, and 0 is all that stands only here
//	code data       code zeros data
//
// What is still missing in zeros stands behind the code, in a section that nobody reads and that weighs twenty bytes.

// Of brotli's choice (kMinUTF8Ratio), a little less.
const (
	textParts = 149
	textOf    = 200
)

// withZeros puts as many zeros behind the code as it takes for brotli to see numbers in it.
func withZeros(all []section) []section {
	at := slices.IndexFunc(all, func(s section) bool { return s.id == codeSection })
	if at < 0 {
		return all
	}
	missing := letters(all[at].body)*textOf/textParts - len(all[at].body)
	if missing <= 0 {
		return all
	}
	const name = "zeros"
	body := append([]byte{byte(len(name))}, name...)
	return slices.Insert(all, at+1, section{0, append(body, make([]byte, missing)...)})
}

// letters is how many bytes belong to UTF-8, zeros not counted.
func letters(b []byte) int {
	count := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r != 0 && (r != utf8.RuneError || size > 1) {
			count += size
		}
		b = b[size:]
	}
	return count
}

// plainly writes zeros where something has to be said and nothing depends on it. The types of functions have one before them (emptyTypeFirst).
func (f *function) plainly() {
	for at := range f.code {
		switch i := &f.code[at]; {
		case i.op >= opI32Load && i.op <= opI64Store32:
			i.align, i.raw = 0, nil
		case i.op == opCallIndirect:
			i.n, i.raw = i.n+1, nil
		case (i.op == opBlock || i.op == opLoop || i.op == opIf) && i.n == typeEmpty:
			i.n, i.raw = 0, nil
		}
	}
}

// emptyTypeFirst gives the type of what takes and leaves nothing the number 0, and each other the next.
func emptyTypeFirst(all []section) error {
	types, imports, functions := find(all, typeSection), find(all, importSection), find(all, functionSection)
	r := reader{rest: types.body}
	types.body = append(binary.AppendUvarint(nil, uint64(r.unsigned()+1)), 0x60, 0, 0)
	types.body = append(types.body, r.rest...)
	if r.err != nil {
		return r.err
	}
	err := imports.eachNumber(func(r *reader) error {
		r.bytes(r.unsigned())
		r.bytes(r.unsigned())
		if r.byte() != 0 {
			return errImport
		}
		return nil
	})
	if err != nil {
		return err
	}
	return functions.eachNumber(func(*reader) error { return nil })
}

// eachNumber makes the number of a type one more in each part of a section. skip goes over what stands before it.
func (s *section) eachNumber(skip func(*reader) error) error {
	r := reader{rest: s.body}
	count := r.unsigned()
	body := binary.AppendUvarint(nil, uint64(count))
	for range count {
		before := r.rest
		if err := skip(&r); err != nil {
			return err
		}
		body = append(body, before[:len(before)-len(r.rest)]...)
		body = binary.AppendUvarint(body, uint64(r.unsigned()+1))
		if r.err != nil {
			return r.err
		}
	}
	s.body = body
	return r.err
}
