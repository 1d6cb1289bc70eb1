package isolate

// A Plan is all that [Start] will do, in order: what is explained is what runs.
//
// It is plain data. It can be printed with [Plan.String], compared, or encoded as JSON. Around the plan, Start itself does
// bookkeeping only: a close-on-exec pipe that tells it when the child has become the command, a blocked signal mask
// between clone3 and execve, and the exit of a child whose step failed.
type Plan struct {
	Arch  Arch
	Steps []Step
	// Results names what steps give each other, mostly descriptors. A [Ref] is an index into it; the first name is "nothing".
	Results []string
}

// A Step is one system call, by whom, and why.
type Step struct {
	By   Actor
	Call string
	Args []Arg
	// Result is where the call's result goes; 0 if nobody needs it.
	Result Ref
	// Tolerate is an errno that is no failure, 0 if every errno is one. Skip says how many steps after this one make no
	// sense without it, and are left out.
	Tolerate Errno
	Skip     int
	// Of is, for a step After, the step it takes back: it is made only if that one was.
	Of  int
	Why string
	Man string // where the call or the idea is described: a manual page with its section
}

// Ref names a result of a step, see [Plan.Results].
type Ref int

// Results that are known before the first step: the caller's descriptors and the child's process id.
const (
	noResult Ref = iota
	refPID
	refStdin
	refStdout
	refStderr
	refWake // the child waits on this end
	refWaker
	refConsole   // where the child sends the terminal it made
	refContainer // a pidfd of a container to join
	refPart      // where the kernel writes the process id of the command, if another process was between
	firstFree
)

func givenResults() []string {
	return []string{"nothing", "pid", "stdin", "stdout", "stderr", "wake", "waker", "console", "container", "part"}
}

// Actor says who makes a call, and when.
type Actor uint8

// The actors. A child shares nothing but memory and the caller's open files with its parent; parent and child may work at the same time.
const (
	Before  Actor = iota // the parent, before there is a child
	Child                // the child, from clone3 to execve; if it parts in two, the one that becomes the command
	Beside               // the parent, while the child waits for it
	After                // the parent, once the child has ended or could not be started
	Between              // the child that had a child, which goes on as Child
)

func (a Actor) String() string {
	return [...]string{"parent", "child", "parent beside", "parent after", "between"}[a]
}

// MarshalText writes the actor as explain prints it.
func (a Actor) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// An Arg is what a call gets: a number, text, bytes, or an earlier step's result.
type Arg struct {
	Kind ArgKind
	// Value is the number, the index of the result, or the size of a buffer in bytes.
	Value uint64 `json:",omitempty"`
	// Text is the string that is passed; for other kinds, how people write the value.
	Text  string   `json:",omitempty"`
	Bytes []byte   `json:",omitempty"`
	List  []string `json:",omitempty"`
}

// ArgKind tells how an argument is handed to the kernel.
type ArgKind uint8

// The kinds of arguments.
const (
	Number  ArgKind = iota // the value itself
	String                 // a pointer to text that ends with a zero byte; "{pid}" in it stands for the child's process id
	Bytes                  // a pointer to bytes
	List                   // a pointer to pointers to strings, as execve wants them
	Result                 // what an earlier step gave
	Buffer                 // a pointer to bytes the kernel writes to; as a Ref it is their first eight
	Program                // a pointer to a struct sock_fprog: a length, and a pointer to instructions
	Cell                   // only for check: eight bytes of a buffer, the offset in the upper half of the value
	Message                // a pointer to a struct msghdr that hands the descriptor on that the value names
	Pair                   // a pointer to the upper half of the value, and after it, both as eight bytes, what the lower half names as an earlier step's result
)

func (k ArgKind) String() string {
	return [...]string{"number", "string", "bytes", "list", "result", "buffer", "program", "cell", "message", "pair"}[k]
}

// MarshalText writes the kind as a word.
func (k ArgKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// checkCall is the one step that is no system call: it compares the first argument, masked by the second, with the third.
const checkCall = "check"

// partCall is made by the child only, and by both processes it leaves: the old one is Between, and goes on with as many steps as Skip says.
const partCall = "clone"
