package shell

// Script is parsed input: lists in the order in which they run.
type Script struct {
	Input string // what was parsed, its line ends made \n; every offset below is a byte offset into it
	Lists []List
}

// List is a chain of pipelines joined by && and ||. A list always runs, whatever became of the one before it.
type List struct {
	Pipelines  []Pipeline // at least one
	Background bool       // "&" behind it; only [ParseFull] reads that
}

// Join says when a pipeline runs, given how the chain stands before it.
type Join uint8

// The joins. The first pipeline of a list is Always.
const (
	Always   Join = iota
	IfOK          // &&
	IfFailed      // ||
)

// Pipeline is one command, or several of which each reads what the one before it wrote.
type Pipeline struct {
	Join     Join
	Not      bool      // "!" in front: success and failure change places
	Commands []Command // at least one
}

// Command is a simple command: words, with assignments in front and redirections anywhere. Or it is a compound
// one, which has redirections behind it and neither words nor assignments.
type Command struct {
	Pos, End  int // offsets of its first byte and of the byte after its last (here-documents lie outside)
	Assigns   []Assign
	Words     []Word // the program and its arguments; may be empty if there are assignments or redirections
	Redirects []Redirect
	Compound  *Compound // nil for a simple command
}

// Assign is NAME=value in front of a command, or alone.
type Assign struct {
	Pos   int
	Name  string
	Value Word
}

// Word is one word before expansion: parts that stand side by side.
type Word struct {
	Pos, End int
	Parts    []Part
}

// Quote says how a part was protected.
type Quote uint8

// The ways of quoting.
const (
	Bare    Quote = iota // not at all: a variable here splits at white space
	Escaped              // one character after a backslash, or a $ that introduces nothing
	Single               // '...'
	Double               // "...", and the bodies of here-documents
)

// Part is a piece of a word: text with quotes and backslashes already taken away, a variable, what a command prints, or a sum.
type Part struct {
	Pos   int
	Quote Quote
	Var   bool    // Text is the name of a variable
	Text  string  // "" is possible only between quotes
	Op    string  // of ${X:-word}: ":-", "#", "%%" and so on; "length" for ${#X}
	Arg   *Word   // what stands behind Op
	Sub   *Script // $(...): what this prints, without the newlines at its end
	Sum   *Word   // $((...)): the expression, still to be expanded
}

// RedirectOp is the operator of a redirection.
type RedirectOp uint8

// The redirections.
const (
	Read      RedirectOp = iota // <file
	Write                       // >file
	Append                      // >>file
	Duplicate                   // >&1: the same place as that descriptor
	Here                        // <<EOF
	ReadWrite                   // <>file; only [ParseFull] reads that
)

// Redirect sends one of a command's streams somewhere else.
type Redirect struct {
	Pos    int
	Op     RedirectOp
	FD     int  // 0 for Read and Here; 1 or 2 for the others; with [ParseFull] any
	Target Word // of Read, Write and Append, and with [ParseFull] of Duplicate: a number, or "-" to close
	Source int  // of Duplicate: 1 or 2
	Here   *Heredoc
}

// Heredoc is text given in the script itself as a command's input.
type Heredoc struct {
	Delimiter string // the line that ends it
	Literal   bool   // the delimiter was quoted: no variables and no escapes in the body
	StripTabs bool   // <<-: tabs at the start of each line are taken away
	Body      Word   // one Double text or variable after another; ends in a newline unless empty
}

// Literal is the word's text if it is one bare text and nothing else.
func (w Word) Literal() (string, bool) {
	if len(w.Parts) != 1 || w.Parts[0].Var || w.Parts[0].Quote != Bare {
		return "", false
	}
	return w.Parts[0].Text, true
}
