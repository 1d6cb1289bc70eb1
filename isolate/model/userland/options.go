package userland

import "strings"

// flags takes options off the arguments: letters of plain stand alone, those of valued take a value. Long names are in long: name to letter,
// a "=" behind it if it takes a value. It reports the first that is unknown.
type flags struct {
	set    map[byte]int
	values map[byte]string
	list   map[byte][]string
	rest   []string
}

func (f *flags) has(letter byte) bool { return f.set[letter] > 0 }

// options are what a command understands.
type options struct {
	plain, valued string
	long          map[string]string // name to letter, with "=" if it needs a value, "?" if it may have one
	stop          bool              // options end at the first argument that is none
	usage         string            // what is printed behind an option that is unknown
}

// parse reads the options; status is not 0 if that failed and was said.
func (c *cmd) parse(o options) (f flags, status int) {
	f = flags{set: map[byte]int{}, values: map[byte]string{}, list: map[byte][]string{}}
	args := c.args
	for len(args) > 0 {
		a := args[0]
		args = args[1:]
		switch {
		case a == "--":
			f.rest = append(f.rest, args...)
			return f, 0
		case strings.HasPrefix(a, "--"):
			var ok bool
			if args, ok = c.longOption(&f, o, a[2:], args); !ok {
				return f, 1
			}
		case len(a) > 1 && a[0] == '-':
			var ok bool
			if args, ok = c.shortOptions(&f, o, a[1:], args); !ok {
				return f, 1
			}
		default:
			f.rest = append(f.rest, a)
			if o.stop {
				f.rest = append(f.rest, args...)
				return f, 0
			}
		}
	}
	return f, 0
}

func (f *flags) value(letter byte, v string) {
	f.set[letter]++
	f.values[letter] = v
	f.list[letter] = append(f.list[letter], v)
}

func (c *cmd) longOption(f *flags, o options, text string, args []string) ([]string, bool) {
	name, value, given := strings.Cut(text, "=")
	spec, ok := o.long[name]
	if !ok {
		for n, s := range sortedPairs(o.long) {
			if strings.HasPrefix(n, name) {
				spec, ok = s, true
				break
			}
		}
	}
	if !ok {
		c.err("unrecognized option '--", name, "'")
		c.say(o.usage)
		return args, false
	}
	letter := spec[0]
	switch {
	case given:
		f.value(letter, value)
	case strings.HasSuffix(spec, "=") && len(spec) > 1:
		if len(args) == 0 {
			c.err("option '--", name, "' requires an argument")
			c.say(o.usage)
			return args, false
		}
		f.value(letter, args[0])
		return args[1:], true
	default:
		f.set[letter]++
	}
	return args, true
}

func (c *cmd) shortOptions(f *flags, o options, letters string, args []string) ([]string, bool) {
	for i := 0; i < len(letters); i++ {
		l := letters[i]
		switch {
		case strings.IndexByte(o.valued, l) >= 0:
			if rest := letters[i+1:]; rest != "" {
				f.value(l, rest)
				return args, true
			}
			if len(args) == 0 {
				c.err("option requires an argument -- '", string(l), "'")
				c.say(o.usage)
				return args, false
			}
			f.value(l, args[0])
			return args[1:], true
		case strings.IndexByte(o.plain, l) >= 0:
			f.set[l]++
		default:
			c.err("invalid option -- '", string(l), "'")
			c.say(o.usage)
			return args, false
		}
	}
	return args, true
}
