package shell

import "fmt"

// sink is where a stream goes.
type sink struct {
	kind sinkKind
	file string
}

type sinkKind uint8

const (
	nowhere sinkKind = iota // /dev/null
	onStdout
	onStderr
	intoPipe
	intoFile
)

// terminal collects chunks, joining those of one stream that follow each other.
type terminal struct{ chunks []Chunk }

func (t *terminal) add(s Stream, text string) {
	if n := len(t.chunks); n > 0 && t.chunks[n-1].Stream == s {
		t.chunks[n-1].Text += text
		return
	}
	t.chunks = append(t.chunks, Chunk{Stream: s, Text: text})
}

// null is the file that swallows everything and holds nothing.
const null = "/dev/null"

// redirect opens what a redirection names, before the command runs: a file that is written to exists afterwards even
// if the command writes nothing.
func (e *Exec) redirect(r Runner, d Redirect, stdin *[]byte, piped *bool) error {
	switch d.Op {
	case Here:
		*stdin, *piped = []byte(ExpandText(d.Here.Body, e.Vars)), true
		return nil
	case Duplicate:
		e.sinks[d.FD] = e.sinks[d.Source]
		return nil
	}
	name := ExpandText(d.Target, e.Vars)
	switch {
	case name == "":
		return fmt.Errorf("%s: no file name after expansion", d)
	case name == null && d.Op == Read:
		*stdin, *piped = nil, true
		return nil
	case name == null:
		e.sinks[d.FD] = sink{kind: nowhere}
		return nil
	case d.Op == Read:
		data, err := r.ReadFile(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		*stdin, *piped = data, true
		return nil
	}
	e.sinks[d.FD] = sink{kind: intoFile, file: name}
	if err := r.WriteFile(name, nil, d.Op == Append); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
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
		e.output = append(e.output, text...)
	case intoFile:
		if err := r.WriteFile(s.file, []byte(text), true); err != nil {
			t.add(Stderr, "sh: "+s.file+": "+err.Error()+"\n")
			return false
		}
	}
	return true
}
