package labels

// Operator relates the key of a requirement to its values.
type Operator string

// The operators, spelled as Kubernetes' selection package spells them.
const (
	In           Operator = "in"     // the key is present and its value is one of the values
	NotIn        Operator = "notin"  // the key is absent, or its value is none of the values
	Equals       Operator = "="      // In with one value
	DoubleEquals Operator = "=="     // Equals, as programmers write it
	NotEquals    Operator = "!="     // NotIn with one value
	Exists       Operator = "exists" // the key is present
	DoesNotExist Operator = "!"      // the key is absent
	GreaterThan  Operator = "gt"     // the key is present and its value is an integer above the bound
	LessThan     Operator = "lt"     // the key is present and its value is an integer below the bound
)

// opcode is an Operator as one byte; the zero opcode matches nothing.
type opcode uint8

const (
	opNever opcode = iota
	opIn
	opNotIn
	opEquals
	opDoubleEquals
	opNotEquals
	opExists
	opDoesNotExist
	opGreaterThan
	opLessThan
)

var operatorNames = [...]Operator{"", In, NotIn, Equals, DoubleEquals, NotEquals, Exists, DoesNotExist, GreaterThan, LessThan}

// code returns the opcode of an operator, opNever for an unknown one.
func (o Operator) code() opcode {
	switch o {
	case In:
		return opIn
	case NotIn:
		return opNotIn
	case Equals:
		return opEquals
	case DoubleEquals:
		return opDoubleEquals
	case NotEquals:
		return opNotEquals
	case Exists:
		return opExists
	case DoesNotExist:
		return opDoesNotExist
	case GreaterThan:
		return opGreaterThan
	case LessThan:
		return opLessThan
	}
	return opNever
}

// unary says whether the operator takes no value.
func (c opcode) unary() bool { return c == opExists || c == opDoesNotExist }

// set says whether the operator takes a list in parentheses.
func (c opcode) set() bool { return c == opIn || c == opNotIn }

// ordered says whether the operator compares integers.
func (c opcode) ordered() bool { return c == opGreaterThan || c == opLessThan }
