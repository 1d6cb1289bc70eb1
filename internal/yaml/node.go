package yaml

// Kind is what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Scalar Kind = iota + 1
	Sequence
	Mapping
	Alias
)

// Style is how a node is written.
type Style uint8

// The styles of scalars, and Flow for a sequence or mapping in brackets. The zero Style is plain, or block.
const (
	SingleQuoted Style = iota + 1
	DoubleQuoted
	Literal
	Folded
	Flow
)

// Node is a piece of a document.
type Node struct {
	Kind  Kind
	Style Style
	// Tag is what the document says, "!!str" or "!name", or "" if it says nothing.
	Tag string
	// Value is the text of a scalar, or the name an alias refers to.
	Value string
	// Anchor is the name by which an alias may refer to the node.
	Anchor string
	// Target is the node an alias stands for. It may be one the alias is in.
	Target *Node
	// Content are the items of a sequence, or the keys and values of a mapping by turns.
	Content []*Node
	// Line and Column are where it begins, from 1; columns count characters.
	Line, Column int
}

// Error is text that is not YAML.
type Error struct {
	// Text is what kubectl prints: "yaml: line 3: did not find expected key". Its line is that of the
	// reader kubectl uses, which often counts from 0, and is missing in the first line.
	Text string
	// Line and Column are where the mistake is, from 1; Line is 0 if that is not known.
	Line, Column int
}

// Error is the text.
func (e *Error) Error() string { return e.Text }

// mark is a place in the text, both from 0.
type mark struct{ line, col int }

func (m mark) node(kind Kind) *Node { return &Node{Kind: kind, Line: m.line + 1, Column: m.col + 1} }
