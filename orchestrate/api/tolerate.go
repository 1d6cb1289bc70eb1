package api

import "strconv"

// Tolerates tells whether a toleration covers a taint: the effect and key are equal or empty in the toleration, and the
// operator is Exists, or the values compare as it says.
//
// Source: Kubernetes documentation, "Taints and Tolerations".
func (t *Toleration) Tolerates(taint *Taint) bool {
	if t.Effect != "" && t.Effect != taint.Effect || t.Key != "" && t.Key != taint.Key {
		return false
	}
	switch t.Operator {
	case TolerationExists:
		return true
	case TolerationLt, TolerationGt:
		have, err := strconv.ParseInt(taint.Value, 10, 64)
		want, err2 := strconv.ParseInt(t.Value, 10, 64)
		return err == nil && err2 == nil && have != want && (have < want) == (t.Operator == TolerationLt)
	}
	return t.Key != "" && t.Value == taint.Value
}
