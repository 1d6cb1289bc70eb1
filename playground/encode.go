package playground

import (
	"strconv"
	"unicode/utf8"
)

// The JSON of the view is appended by hand: it is written for every frame, and encoding/json takes ten times as long.
// What it must look like stands in docs/wire.md.

func (v *NodeView) appendJSON(b []byte) []byte {
	b = appendField(append(b, '{'), "key", v.Key)
	b = appendField(append(b, ','), "name", v.Name)
	b = appendField(append(b, ','), "tone", string(v.Tone))
	b = appendField(append(b, ','), "state", v.State)
	b = appendField(append(b, ','), "text", v.Text)
	b = append(b, `,"bars":[`...)
	for i, bar := range v.Bars {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(append(b, '{'), "label", bar.Label)
		b = strconv.AppendInt(append(b, `,"used":`...), bar.Used, 10)
		b = strconv.AppendInt(append(b, `,"of":`...), bar.Of, 10)
		b = append(appendField(append(b, ','), "text", bar.Text), '}')
	}
	return append(b, "]}"...)
}

// appendJSON writes the pod; node is the slot of its node.
func (v *PodView) appendJSON(b []byte, node int) []byte {
	b = appendField(append(b, '{'), "key", v.Key)
	b = appendField(append(b, ','), "name", v.Name)
	b = appendField(append(b, ','), "namespace", v.Namespace)
	b = strconv.AppendInt(append(b, `,"node":`...), int64(node), 10)
	b = appendField(append(b, ','), "tone", string(v.Tone))
	b = appendField(append(b, ','), "shape", shape(v.Tone))
	b = appendField(append(b, ','), "state", v.State)
	b = appendField(append(b, ','), "ready", v.Ready)
	b = appendField(append(b, ','), "ip", v.IP)
	b = appendField(append(b, ','), "text", v.Text)
	b = append(b, `,"steps":[`...)
	for i, p := range v.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(append(b, '{'), "label", p.Label)
		b = strconv.AppendBool(append(b, `,"done":`...), p.Done)
		b = append(b, '}')
	}
	return append(b, "]}"...)
}

func appendField(b []byte, name, value string) []byte {
	b = append(appendString(b, name), ':')
	return appendString(b, value)
}

// appendString writes s as a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
			i++
		case c == '\n':
			b = append(b, '\\', 'n')
			i++
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += n
		}
	}
	return append(b, '"')
}
