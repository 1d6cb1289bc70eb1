package labels

import (
	"slices"
	"strings"
	"unsafe"
)

// Requirement is one condition on one key: "env in (prod,qa)". It is immutable.
//
// The zero Requirement is not valid and matches nothing; NewRequirement and Parse make valid ones.
type Requirement struct {
	_     [0]func() // a requirement is compared by Equal, not by ==
	key   string
	value string  // when there is exactly one value
	first *string // when there are more: the first of them; sorted, never the caller's slice
	more  uint32  // how many there are from first on
	op    opcode
}

// list returns the values where there is not exactly one. They are kept without a slice's capacity because selectors are
// made more often than anything else here, and most of that time goes into memory.
func (r *Requirement) list() []string { return unsafe.Slice(r.first, r.more) }

// setValues takes the values, sorted, over.
func (r *Requirement) setValues(values []string) {
	switch len(values) {
	case 0:
	case 1:
		r.value = values[0]
	default:
		r.first, r.more = &values[0], uint32(len(values))
	}
}

// Requirements are joined by "and".
type Requirements []Requirement

// String joins the requirements with ", ".
func (r Requirements) String() string {
	var b strings.Builder
	for i := range r {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(r[i].String())
	}
	return b.String()
}

// NewRequirement makes a requirement, or returns FieldErrors with all that is wrong, in upstream's words.
//
// In and NotIn want one value or more; Equals, DoubleEquals and NotEquals exactly one; Exists and
// DoesNotExist none; GreaterThan and LessThan exactly one, a 64-bit integer. The empty string is a value.
// The slice is copied: changing it later does not change the requirement.
func NewRequirement(key string, op Operator, values []string) (Requirement, error) {
	return newRequirement("", key, op, values)
}

func newRequirement(path, key string, op Operator, values []string) (Requirement, error) {
	if errs := checkRequirement(path, key, op, values); errs != nil {
		return Requirement{}, errs
	}
	return makeRequirement(key, op.code(), values), nil
}

// makeRequirement builds a requirement from what is known to be valid.
func makeRequirement(key string, op opcode, values []string) Requirement {
	r := Requirement{key: key, op: op}
	if len(values) > 1 {
		values = slices.Clone(values)
		sortOrdered(values)
	}
	r.setValues(values)
	return r
}

// bound returns the number of > and <, which NewRequirement and Parse have seen to be one.
func (r *Requirement) bound() int64 {
	n, _ := parseInt(r.value)
	return n
}

// checkRequirement returns all that is wrong, in upstream's order: key, number of values, each value.
func checkRequirement(path, key string, op Operator, values []string) FieldErrors {
	errs := checkKey(child(path, "key"), key)
	errs = append(errs, checkCount(path, op, values)...)
	for i, v := range values {
		if msgs := ValidateValue(v); msgs != nil {
			errs = append(errs, invalid(at(child(path, "values"), i)+"["+key+"]", v, strings.Join(msgs, "; ")))
		}
	}
	return errs
}

// checkCount returns what is wrong with the operator, or with the number or kind of its values.
func checkCount(path string, op Operator, values []string) FieldErrors {
	wrong := ""
	switch code := op.code(); {
	case code == opNever:
		return FieldErrors{{Type: UnsupportedValue, Field: child(path, "operator"), Value: jsonString(string(op)),
			Detail: `supported values: "in", "notin", "=", "==", "!=", "gt", "lt", "exists", "!"`}}
	case code.set():
		if len(values) == 0 {
			wrong = "for 'in', 'notin' operators, values set can't be empty"
		}
	case code.unary():
		if len(values) != 0 {
			wrong = "values set must be empty for exists and does not exist"
		}
	case code.ordered():
		return checkIntegers(path, values)
	case len(values) != 1:
		wrong = "exact-match compatibility requires one single value"
	}
	if wrong == "" {
		return nil
	}
	return FieldErrors{{Type: InvalidValue, Field: child(path, "values"), Value: jsonStrings(values), Detail: wrong}}
}

func checkIntegers(path string, values []string) (errs FieldErrors) {
	if len(values) != 1 {
		errs = append(errs, FieldError{Type: InvalidValue, Field: child(path, "values"), Value: jsonStrings(values),
			Detail: "for 'Gt', 'Lt' operators, exactly one value is required"})
	}
	for i, v := range values {
		if _, ok := parseInt(v); !ok {
			errs = append(errs, invalid(at(child(path, "values"), i), v, "for 'Gt', 'Lt' operators, the value must be an integer"))
		}
	}
	return errs
}

// Key returns the key the requirement is about.
func (r Requirement) Key() string { return r.key }

// Operator returns the operator as it was given or written.
func (r Requirement) Operator() Operator { return operatorNames[r.op] }

// Values returns a copy of the values, sorted; values given twice to NewRequirement are there twice.
func (r Requirement) Values() []string {
	values := make([]string, r.count())
	for i := range values {
		values[i] = r.at(i)
	}
	return values
}

// Equal reports whether both have the same key, operator (= and == differ) and values, in any order.
func (r Requirement) Equal(other Requirement) bool {
	return r.key == other.key && r.op == other.op && r.value == other.value && slices.Equal(r.list(), other.list())
}

// count returns the number of values.
func (r *Requirement) count() int {
	if r.more > 0 {
		return int(r.more)
	}
	if r.op.unary() || r.op == opNever {
		return 0
	}
	return 1
}

// at returns the i-th value in sorted order.
func (r *Requirement) at(i int) string {
	if r.more > 0 {
		return r.list()[i]
	}
	return r.value
}

// lists says whether v is one of the values.
func (r *Requirement) lists(v string) bool {
	if r.more == 0 {
		return v == r.value
	}
	values := r.list()
	if len(values) > 16 {
		_, ok := slices.BinarySearch(values, v)
		return ok
	}
	for i := range values {
		if values[i] == v {
			return true
		}
	}
	return false
}

// within says whether v is an integer on the right side of the bound.
func (r *Requirement) within(v string) bool {
	n, ok := parseInt(v)
	if !ok {
		return false
	}
	if r.op == opGreaterThan {
		return n > r.bound()
	}
	return n < r.bound()
}

// Matches reports whether the labels fulfil the requirement. It does not allocate.
func (r Requirement) Matches(l Labels) bool {
	if l == nil {
		return r.holds("", false)
	}
	return r.holds(l.Lookup(r.key))
}

// holds decides by what was found under the key. This is the meaning of every operator.
func (r *Requirement) holds(value string, exists bool) bool {
	switch r.op {
	case opEquals, opDoubleEquals, opIn:
		return exists && r.lists(value)
	case opNotEquals, opNotIn:
		return !exists || !r.lists(value)
	case opExists:
		return exists
	case opDoesNotExist:
		return !exists
	case opGreaterThan, opLessThan:
		return exists && r.within(value)
	}
	return false
}

// parseInt reads a 64-bit decimal integer as strconv.ParseInt(s, 10, 64) does, but without allocating an error.
func parseInt(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	digits, negative := s, s[0] == '-'
	if negative || s[0] == '+' {
		digits = s[1:]
	}
	limit := uint64(1) << 63
	if !negative {
		limit--
	}
	var n uint64
	for i := 0; i < len(digits); i++ {
		d := uint64(digits[i] - '0')
		if d > 9 || n > limit/10 || n*10+d > limit {
			return 0, false
		}
		n = n*10 + d
	}
	if negative {
		return -int64(n), digits != ""
	}
	return int64(n), digits != ""
}
