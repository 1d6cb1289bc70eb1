package labels

import "unsafe"

// nothingText is how Nothing prints: a selector in Kubernetes' grammar that no labels fulfil, so that sending it to a
// server, or parsing it, selects nothing. Upstream prints "", which selects everything.
const nothingText = "nothing,!nothing"

// String prints the canonical form, "a=b,c in (d,e)": by key, values sorted. Parsing it gives the same selector.
func (s Selector) String() string {
	if s.p == nothing {
		return nothingText
	}
	reqs := s.requirements()
	if len(reqs) == 0 {
		return ""
	}
	size := len(reqs) - 1
	for i := range reqs {
		size += reqs[i].size()
	}
	buf := make([]byte, 0, size)
	for i := range reqs {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = reqs[i].appendTo(buf)
	}
	return text(buf)
}

// String prints the requirement in canonical form: "env in (prod,qa)".
func (r Requirement) String() string { return text(r.appendTo(make([]byte, 0, r.size()))) }

// text makes a string of a buffer that nobody will write to again.
func text(buf []byte) string { return unsafe.String(unsafe.SliceData(buf), len(buf)) }

// signs stand before, between and after key and values.
var signs = [...]struct{ before, between, after string }{
	opNever: {}, opIn: {"", " in (", ")"}, opNotIn: {"", " notin (", ")"}, opEquals: {"", "=", ""}, opDoubleEquals: {"", "==", ""},
	opNotEquals: {"", "!=", ""}, opExists: {}, opDoesNotExist: {"!", "", ""}, opGreaterThan: {"", ">", ""}, opLessThan: {"", "<", ""},
}

// size is the length of the printed requirement.
func (r *Requirement) size() int {
	sign := &signs[r.op]
	size := len(sign.before) + len(r.key) + len(sign.between) + len(r.value) + len(sign.after)
	for _, v := range r.list() {
		size += len(v) + 1
	}
	return size - min(int(r.more), 1)
}

func (r *Requirement) appendTo(buf []byte) []byte {
	if r.op == opEquals { // by far the most frequent
		buf = append(append(buf, r.key...), '=')
		return append(buf, r.value...)
	}
	sign := &signs[r.op]
	if sign.before != "" { // even to append nothing costs a call
		buf = append(buf, sign.before...)
	}
	buf = append(buf, r.key...)
	if sign.between != "" {
		buf = append(buf, sign.between...)
	}
	if r.more == 0 && r.value != "" {
		buf = append(buf, r.value...)
	}
	for i, v := range r.list() {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, v...)
	}
	if sign.after != "" {
		buf = append(buf, sign.after...)
	}
	return buf
}
