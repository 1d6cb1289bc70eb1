package userland

import "strings"

// od knows octal words, bytes and characters.
func od(c *cmd) int {
	f, status := c.parse(options{plain: "cbxdov", valued: "AtNjw"})
	if status != 0 {
		return status
	}
	var data []byte
	c.inputs(f.rest, func(_ string, fd int) {
		more, _ := c.readAll(fd)
		data = append(data, more...)
	})
	if f.has('N') {
		data = data[:min(len(data), atoi(f.values['N']))]
	}
	format := f.values['t']
	switch {
	case f.has('c'):
		format = "c"
	case f.has('x'):
		format = "x2"
	case format == "":
		format = "o2"
	}
	address := func(n int) string {
		switch f.values['A'] {
		case "n":
			return ""
		case "d":
			return zeros(itoa(n), 7)
		case "x":
			return zeros(hexa(uint64(n)), 6)
		}
		return zeros(octal(uint32(n)), 7)
	}
	for at := 0; at < len(data); at += 16 {
		c.put(address(at), odLine(data[at:min(len(data), at+16)], format), "\n")
	}
	if f.values['A'] != "n" {
		c.put(address(len(data)), "\n")
	}
	return c.fail
}

func odLine(data []byte, format string) string {
	text := ""
	size := 1
	if len(format) > 1 {
		size = max(1, atoi(format[1:]))
	} else if format != "c" && format != "a" {
		size = 4
	}
	for i := 0; i < len(data); i += size {
		v := uint64(0)
		for k := min(size, len(data)-i) - 1; k >= 0; k-- {
			v = v<<8 | uint64(data[i+k])
		}
		switch format[0] {
		case 'x':
			text += " " + zeros(hexa(v), size*2)
		case 'd', 'u':
			text += " " + right(itoa64(int64(v)), size*2+2)
		case 'c':
			text += right(odChar(byte(v)), 4)
		default:
			text += " " + zeros(octal(uint32(v)), size*3)
		}
	}
	return text
}

func odChar(b byte) string {
	if i := strings.IndexByte("\x00\a\b\t\n\v\f\r", b); i >= 0 {
		return "\\" + string("0abtnvfr"[i])
	}
	if b < 32 || b > 126 {
		return zeros(octal(uint32(b)), 3)
	}
	return string(b)
}
