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

// appendJSON writes the pod; node is the slot of its node, hue the number of its group.
func (v *PodView) appendJSON(b []byte, node, hue int) []byte {
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
	b = appendField(append(b, ','), "group", v.Group)
	b = strconv.AppendInt(append(b, `,"hue":`...), int64(hue), 10)
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

func (v *ServiceView) appendJSON(b []byte) []byte {
	p := &pen{append(b, '{')}
	p.text("key", v.Key)
	p.text("name", v.Name)
	p.text("namespace", v.Namespace)
	p.text("tone", string(v.Tone))
	p.text("state", v.State)
	p.text("address", v.Address)
	p.text("text", v.Text)
	p.texts("pods", v.Pods)
	p.end('}')
	return p.b
}

func (v *TrafficView) appendJSON(b []byte) []byte {
	p := &pen{append(b, '{')}
	p.text("key", v.Key)
	p.text("name", v.Name)
	p.text("tone", string(v.Tone))
	p.text("state", v.State)
	p.text("from", v.From)
	p.text("to", v.To)
	p.text("text", v.Text)
	p.text("service", v.Service)
	p.text("fromPod", v.FromPod)
	p.number("ended", v.Ended)
	p.number("lost", v.Lost)
	p.number("lastEnded", v.LastEnded)
	p.number("lastOk", v.LastOK)
	p.begin("pods", '[')
	for i, e := range v.Endpoints[:min(len(v.Endpoints), mostEndpoints)] {
		p.begin("", '{')
		p.text("key", v.Pods[i])
		p.number("ended", e.Ended)
		p.number("ok", e.OK)
		p.end('}')
	}
	p.end(']')
	p.end('}')
	return p.b
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
