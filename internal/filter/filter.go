package filter

import "strings"

// Call is a filter about to run.
type Call struct {
	Args  []string                                             // its name first
	Stdin []byte                                               // what is piped into it
	Pull  func() []byte                                        // if Stdin is nil and this is not, the input is taken only when it is read
	Read  func(name string) ([]byte, error)                    // a file; the error's text is shown behind its name
	Write func(name string, data []byte, appending bool) error // nil if nothing can be written
}

// Result is what a filter wrote and how it ended.
type Result struct {
	Stdout, Stderr string
	Code           int
	Drained        bool // it read Stdin
}

// Func is a filter.
type Func = func(Call) Result

var filters = map[string]Func{
	"awk": awk, "base64": encode, "cat": cat, "cut": cut, "grep": grep, "head": head, "sed": sed, "seq": seq, "sort": sortLines, "tail": tail, "tr": tr, "uniq": uniq, "wc": wc,
}

// Find gives the filter of this name.
func Find(name string) (Func, bool) {
	f, ok := filters[name]
	return f, ok
}

// Names are the filters there are, sorted.
func Names() []string {
	return []string{"awk", "base64", "cat", "cut", "grep", "head", "sed", "seq", "sort", "tail", "tr", "uniq", "wc"}
}

// source is one input of a filter: a file, or what is piped in.
type source struct {
	name string
	text string
}

// input is what is piped in.
func (c Call) input() []byte {
	if c.Stdin == nil && c.Pull != nil {
		return c.Pull()
	}
	return c.Stdin
}

// sources reads the files a filter was given; none, and the name -, mean what is piped in. What cannot be read is
// reported in the result and left out.
func (c Call) sources(files []string, res *Result) []source {
	if len(files) == 0 {
		files = []string{"-"}
	}
	var all []source
	for _, name := range files {
		if name == "-" {
			res.Drained = true
			all = append(all, source{"-", string(c.input())})
			continue
		}
		data, err := c.Read(name)
		if err != nil {
			if c.Args[0] == "grep" {
				res.Stderr += "grep: " + name + ": " + err.Error() + "\n"
			} else {
				res.Stderr += c.Args[0] + ": can't open '" + name + "': " + err.Error() + "\n"
			}
			res.Code = 1
			continue
		}
		all = append(all, source{name, string(data)})
	}
	return all
}

// lines are the lines of a text without their newlines; a text that does not end in one has its last line all the same.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// options are what a command line says before its operands.
type options struct {
	flags  map[byte]bool
	values map[byte]string
	rest   []string
}

func (o *options) has(c byte) bool { return o.flags[c] }

// parse takes flags (letters alone) and valued options (letters with a value) off a command line. The second result is
// busybox's error, or "".
func (c Call) parse(flags, valued string) (options, string) {
	o := options{flags: map[byte]bool{}, values: map[byte]string{}}
	args := c.Args[1:]
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			o.rest = append(o.rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			o.rest = append(o.rest, arg)
			continue
		}
		for j := 1; j < len(arg); j++ {
			letter := arg[j]
			if strings.IndexByte(flags, letter) >= 0 {
				o.flags[letter] = true
				continue
			}
			if strings.IndexByte(valued, letter) < 0 {
				return o, c.Args[0] + ": unrecognized option: " + strings.TrimLeft(arg[j:j+1], "-") + "\n"
			}
			value := arg[j+1:]
			if value == "" {
				if i++; i == len(args) {
					return o, c.Args[0] + ": option requires an argument: " + string(rune(letter)) + "\n"
				}
				value = args[i]
			}
			o.flags[letter], o.values[letter] = true, value
			break
		}
	}
	return o, ""
}

func cat(c Call) Result {
	o, bad := c.parse("n", "")
	if bad != "" {
		return Result{Stderr: bad, Code: 1}
	}
	var res Result
	n := 0
	for _, s := range c.sources(o.rest, &res) {
		if !o.has('n') {
			res.Stdout += s.text
			continue
		}
		for _, line := range lines(s.text) {
			n++
			res.Stdout += padLeft(itoa(n), 6) + "\t" + line + "\n"
		}
	}
	return res
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(0, width-len(s))) + s
}

// join makes a text of lines.
func join(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, "\n") + "\n"
}
