package isolate

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// num is a number people write as it is.
func num(v uint64) Arg { return Arg{Kind: Number, Value: v} }

// named is a number people write by name.
func named(v uint64, text string) Arg { return Arg{Kind: Number, Value: v, Text: text} }

// octal is a number people write as modes are written.
func octal(v uint64) Arg { return named(v, "0"+strconv.FormatUint(v, 8)) }

func str(s string) Arg { return Arg{Kind: String, Text: s} }

func raw(b []byte, text string) Arg { return Arg{Kind: Bytes, Bytes: b, Text: text} }

func list(s []string) Arg { return Arg{Kind: List, List: s} }

func null() Arg { return named(0, "NULL") }

func cwd() Arg { return named(atFDCWD, "AT_FDCWD") }

// use is an earlier step's result.
func (r Ref) use() Arg { return Arg{Kind: Result, Value: uint64(r)} }

// buffer is memory of the given size that the kernel writes to; cell reads eight bytes of it later.
func (r Ref) buffer(size int) Arg { return Arg{Kind: Buffer, Value: uint64(size)<<32 | uint64(r)} }

// after is memory that holds numbers and then this result.
func (r Ref) after(text string, v ...uint64) Arg {
	return Arg{Kind: Pair, Value: uint64(r), Bytes: words("", v...).Bytes, Text: text}
}

// before are the numbers that stand before the result in a pair.
func (a Arg) before() []uint64 {
	if a.Bytes == nil {
		return []uint64{a.Value >> 32}
	}
	v := make([]uint64, len(a.Bytes)/8)
	for i := range v {
		v[i] = binary.LittleEndian.Uint64(a.Bytes[8*i:])
	}
	return v
}

// message hands the result, a descriptor, on.
// pair is memory that holds a number and this result.
func (r Ref) pair(v uint64, text string) Arg {
	return Arg{Kind: Pair, Value: v<<32 | uint64(r), Text: text}
}

func (r Ref) message() Arg { return Arg{Kind: Message, Value: uint64(r)} }

// filled is memory that begins as b, and that the kernel writes to.
func (r Ref) filled(b []byte, text string) Arg {
	return Arg{Kind: Buffer, Value: uint64(len(b))<<32 | uint64(r), Bytes: b, Text: text}
}

func (r Ref) cell(offset int) Arg { return Arg{Kind: Cell, Value: uint64(offset)<<32 | uint64(r)} }

// bit is a flag with its name.
type bit struct {
	value uint64
	name  string
}

// flags is a number written as names joined by |; "0" if no bit is set.
func flags(v uint64, names ...bit) Arg {
	var parts []string
	rest := v
	for _, f := range names {
		if v&f.value == f.value {
			parts = append(parts, f.name)
			rest &^= f.value
		}
	}
	if rest != 0 || len(parts) == 0 {
		parts = append(parts, "0x"+strconv.FormatUint(rest, 16))
	}
	if v == 0 {
		return named(0, "0")
	}
	return named(v, strings.Join(parts, "|"))
}

// words is memory of 64-bit numbers, as the kernel's structs of this package mostly are.
func words(text string, v ...uint64) Arg {
	b := make([]byte, 0, 8*len(v))
	for _, w := range v {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return raw(b, text)
}

// String is the argument as strace would write it.
func (a Arg) String() string {
	switch {
	case a.Kind == String:
		return strconv.Quote(a.Text)
	case a.Kind == List:
		quoted := make([]string, len(a.List))
		for i, s := range a.List {
			quoted[i] = strconv.Quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case a.Text != "":
		return a.Text
	case a.Kind == Number:
		return strconv.FormatInt(int64(a.Value), 10)
	}
	return "?"
}
