package labels

import (
	"maps"
	"strings"
)

// Labels is what a selector asks about an object: any store of key/value pairs will do.
//
// Set is the plain one; Interned is the compact one. A nil Labels has no labels.
type Labels interface {
	// Has reports whether the key is present, with whatever value.
	Has(key string) bool
	// Get returns the value of the key, "" when it is absent.
	Get(key string) string
	// Lookup returns the value of the key and whether the key is present.
	Lookup(key string) (value string, exists bool)
}

// Set is the labels of one object: "a label is a key/value pair attached to objects".
//
// The nil Set has no labels. A Set is not checked; ValidateLabels does that.
type Set map[string]string

// Has reports whether the key is present.
func (s Set) Has(key string) bool {
	_, ok := s[key]
	return ok
}

// Get returns the value of the key, "" when it is absent.
func (s Set) Get(key string) string { return s[key] }

// Lookup returns the value of the key and whether the key is present.
func (s Set) Lookup(key string) (value string, exists bool) {
	value, exists = s[key]
	return value, exists
}

// String prints the pairs as "a=1,b=2", ordered by the whole text of a pair, as Kubernetes does.
func (s Set) String() string {
	pairs := make([]string, 0, len(s))
	//order:irrelevant the pairs are sorted below
	for k, v := range s {
		pairs = append(pairs, k+"="+v)
	}
	sortOrdered(pairs)
	return strings.Join(pairs, ",")
}

// AsSelector returns SelectorFromSet(s).
func (s Set) AsSelector() Selector { return SelectorFromSet(s) }

// AsValidatedSelector returns ValidatedSelectorFromSet(s).
func (s Set) AsValidatedSelector() (Selector, error) { return ValidatedSelectorFromSet(s) }

// FormatLabels prints a label map as kubectl does: "a=1,b=2", or "<none>" when it is empty.
func FormatLabels(set map[string]string) string {
	if text := Set(set).String(); text != "" {
		return text
	}
	return "<none>"
}

// Conflicts reports whether some key has one value in a and another in b.
func Conflicts(a, b Set) bool {
	if len(b) < len(a) {
		a, b = b, a
	}
	//order:irrelevant any conflict answers the question
	for k, v := range a {
		if w, ok := b[k]; ok && v != w {
			return true
		}
	}
	return false
}

// Merge returns a new set with the pairs of both; where a key is in both, b wins.
func Merge(a, b Set) Set {
	merged := make(Set, len(a)+len(b))
	maps.Copy(merged, a)
	maps.Copy(merged, b)
	return merged
}

// EqualSets reports whether both sets hold the same pairs; nil equals empty. (Equals is an Operator here.)
func EqualSets(a, b Set) bool { return maps.Equal(a, b) }

// ParseSet reads "a=1,b=2" into a Set, with upstream's texts for what it refuses
// (ConvertSelectorToLabelsMap). Blanks around keys and values are dropped; the last of equal keys wins.
// On an error, the set holds the pairs before it.
func ParseSet(text string) (Set, error) {
	set := Set{}
	if text == "" {
		return set, nil
	}
	for pair := range strings.SplitSeq(text, ",") {
		parts := strings.Split(pair, "=")
		if len(parts) != 2 {
			return set, errorText("invalid selector: [" + strings.Join(parts, " ") + "]")
		}
		key, value := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1])
		if errs := checkKey("", key); errs != nil {
			return set, errs
		}
		if msgs := ValidateValue(value); msgs != nil {
			return set, FieldErrors{invalid("["+key+"]", value, strings.Join(msgs, "; "))}
		}
		set[key] = value
	}
	return set, nil
}
