package shell

import "strconv"

// sink is where a stream goes.
type sink struct {
	kind  sinkKind
	file  string
	frame int // whose pipe or capture
}

type sinkKind uint8

const (
	nowhere sinkKind = iota // /dev/null
	onStdout
	onStderr
	intoPipe
	intoFile
	intoCapture
)

// terminal collects chunks, joining those of one stream that follow each other.
type terminal struct {
	chunks   []Chunk
	commands int // how many have run
}

// maxPipe is how many bytes a pipe or a substitution holds.
const maxPipe = 4 << 20

func (t *terminal) add(s Stream, text string) {
	if n := len(t.chunks); n > 0 && t.chunks[n-1].Stream == s {
		t.chunks[n-1].Text += text
		return
	}
	t.chunks = append(t.chunks, Chunk{Stream: s, Text: text})
}

// null is the file that swallows everything and holds nothing.
const null = "/dev/null"

// redirections opens what a command's redirections name; the result is what went wrong, or "".
func (e *Exec) redirections(r Runner, c *Command, x *expander, in *input) string {
	for _, d := range c.Redirects {
		if err := e.redirect(r, d, x, in); err != "" {
			return err
		}
	}
	return ""
}

// redirect opens what a redirection names, before the command runs: a file that is written to exists afterwards even
// if the command writes nothing.
func (e *Exec) redirect(r Runner, d Redirect, x *expander, in *input) string {
	switch d.Op {
	case Here:
		in.data, in.own = []byte(x.text(d.Here.Body)), true
		return ""
	case Duplicate:
		e.sinks[d.FD] = e.sinks[d.Source]
		return ""
	}
	name := x.text(d.Target)
	switch {
	case name == "":
		return d.String() + ": no file name after expansion"
	case name == null && d.Op == Read:
		in.data, in.own = nil, true
		return ""
	case name == null:
		e.sinks[d.FD] = sink{kind: nowhere}
		return ""
	case d.Op == Read:
		data, err := r.ReadFile(name)
		if err != nil {
			return name + ": " + err.Error()
		}
		in.data, in.own = data, true
		return ""
	}
	e.sinks[d.FD] = sink{kind: intoFile, file: name}
	if err := r.WriteFile(name, nil, d.Op == Append); err != nil {
		return name + ": " + err.Error()
	}
	return ""
}

// write sends text to where the stream goes; it reports whether that took it.
func (e *Exec) write(r Runner, fd int, text string, t *terminal) bool {
	if text == "" {
		return true
	}
	switch s := e.sinks[fd]; s.kind {
	case onStdout:
		t.add(Stdout, text)
	case onStderr:
		t.add(Stderr, text)
	case intoPipe:
		return e.pour(&e.frames[s.frame].output, text, t)
	case intoCapture:
		return e.pour(&e.frames[s.frame].capture, text, t)
	case intoFile:
		if err := r.WriteFile(s.file, []byte(text), true); err != nil {
			t.add(Stderr, "sh: "+s.file+": "+err.Error()+"\n")
			return false
		}
	}
	return true
}

// pour adds to a pipe. What would not fit ends the script, because nothing would ever read it.
func (e *Exec) pour(pipe *[]byte, text string, t *terminal) bool {
	if len(*pipe)+len(text) > maxPipe {
		t.add(Stderr, "sh: stopped: a pipe holds at most "+strconv.Itoa(maxPipe)+" bytes\n")
		e.Interrupt()
		return false
	}
	*pipe = append(*pipe, text...)
	return true
}
