package userland

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func echo(c *cmd) int {
	args := c.args
	newline, escapes := true, false
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:], "neE") == "" {
		for _, l := range args[0][1:] {
			switch l {
			case 'n':
				newline = false
			case 'e':
				escapes = true
			case 'E':
				escapes = false
			}
		}
		args = args[1:]
	}
	text := strings.Join(args, " ")
	if escapes {
		var stop bool
		if text, stop = unescape(text); stop {
			newline = false
		}
	}
	c.put(text)
	if newline {
		c.put("\n")
	}
	return 0
}

// unescape replaces backslash escapes; stop is \c.
func unescape(text string) (out string, stop bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		if n := strings.IndexByte("abefnrtv\\", text[i]); n >= 0 {
			b.WriteByte("\a\b\x1b\f\n\r\t\v\\"[n])
			continue
		}
		switch c := text[i]; {
		case c == 'c':
			return b.String(), true
		case c >= '0' && c <= '7':
			n, digits := 0, 0
			for i < len(text) && text[i] >= '0' && text[i] <= '7' && (digits < 3 || c == '0' && digits < 4) {
				n = n*8 + int(text[i]-'0')
				i++
				digits++
			}
			i--
			b.WriteByte(byte(n))
		case c == 'x':
			end := i + 1
			for end < len(text) && end < i+3 && strings.IndexByte("0123456789abcdefABCDEF", text[end]) >= 0 {
				end++
			}
			n, _ := strconv.ParseUint(text[i+1:end], 16, 8)
			b.WriteByte(byte(n))
			i = end - 1
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String(), false
}

func printf(c *cmd) int {
	if len(c.args) == 0 {
		c.say("Usage: printf FORMAT [ARG]...\n")
		return 1
	}
	format, args := c.args[0], c.args[1:]
	f := &formatter{c: c, args: args}
	for {
		before := len(f.args)
		if f.once(format) || len(f.args) == 0 || len(f.args) == before {
			break
		}
	}
	if e := c.writeAll(1, c.out); e != model.OK {
		f.status = 1 // and no word of it
	}
	c.out = nil
	return f.status
}

type formatter struct {
	c       *cmd
	lenient bool // a word that is no number counts as what it begins with
	args    []string
	status  int
}

func (f *formatter) next() string {
	if len(f.args) == 0 {
		return ""
	}
	a := f.args[0]
	f.args = f.args[1:]
	return a
}

// once goes through the format; it reports that the output ends here.
func (f *formatter) once(format string) bool {
	for i := 0; i < len(format); i++ {
		c := format[i]
		if c == '\\' {
			end := i + 2
			for end < len(format) && end < i+4 && format[i+1] >= '0' && format[i+1] <= '7' && format[end] >= '0' && format[end] <= '7' {
				end++
			}
			if format[i+1:] != "" && format[i+1] == 'x' {
				end = min(len(format), i+4)
			}
			end = min(end, len(format))
			text, stop := unescape(format[i:end])
			f.c.put(text)
			if stop {
				return true
			}
			i = end - 1
			continue
		}
		if c != '%' {
			f.c.put(format[i : i+1])
			continue
		}
		end := i + 1
		for end < len(format) && strings.IndexByte("-+ #0123456789.*", format[end]) >= 0 {
			end++
		}
		if end == len(format) {
			f.c.err("%: invalid format")
			f.status = 1
			return true
		}
		if f.directive(format[i+1:end], format[end]) {
			return true
		}
		i = end
	}
	return false
}

func (f *formatter) directive(spec string, verb byte) bool {
	for strings.Contains(spec, "*") {
		spec = strings.Replace(spec, "*", f.next(), 1)
	}
	minus, zero, plus := strings.Contains(spec, "-"), false, strings.Contains(spec, "+")
	spec = strings.TrimLeft(spec, "-+ #")
	if strings.HasPrefix(spec, "0") {
		zero = true
	}
	w, prec, has := strings.Cut(spec, ".")
	width := atoi(strings.TrimLeft(w, "0-+ #"))
	text := ""
	switch verb {
	case '%':
		text = "%"
	case 's', 'b':
		text = f.next()
		stop := false
		if verb == 'b' {
			text, stop = unescape(text)
		}
		if has {
			text = text[:min(len(text), atoi(prec))]
		}
		f.pad(text, width, minus, false)
		return stop
	case 'c':
		if text = f.next(); text != "" {
			text = text[:1]
		}
	case 'd', 'i', 'u', 'o', 'x', 'X':
		n := f.number(f.next())
		base := map[byte]int{'o': 8, 'x': 16, 'X': 16}[verb]
		if base == 0 {
			text = itoa64(n)
		} else {
			text = strconv.FormatUint(uint64(n), base)
		}
		if verb == 'X' {
			text = strings.ToUpper(text)
		}
		if plus && n >= 0 {
			text = "+" + text
		}
		if has {
			text = zeros(text, atoi(prec))
		}
	default:
		f.c.err("%", string(verb), ": invalid format")
		f.status = 1
		return true
	}
	f.pad(text, width, minus, zero && !minus)
	return false
}

func (f *formatter) pad(text string, width int, minus, zero bool) {
	switch {
	case minus:
		text = left(text, width)
	case zero && strings.HasPrefix(text, "-"):
		text = "-" + zeros(text[1:], width-1)
	case zero:
		text = zeros(text, width)
	default:
		text = right(text, width)
	}
	f.c.put(text)
}
