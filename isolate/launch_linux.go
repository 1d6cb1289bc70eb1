//go:build amd64 || arm64

package isolate

// cloneArgs is struct clone_args. Source: clone(2), "clone3".
type cloneArgs struct {
	flags, pidfd uint64
	_            [2]uint64 // where thread ids go
	exitSignal   uint64
	_            [5]uint64 // the stack, which is ours; thread-local storage; process ids to choose
	cgroup       uint64
}

// table is what the child works through. The stubs know the offsets of its fields.
type table struct {
	rows    *row
	count   uint64
	at      uint64 // the row the child is at; the child writes it
	errno   uint64 // why it stopped there, 0 if it did not; the child writes it
	oldMask uint64
	allMask uint64
	between *table // of the process between us and the command, once there is one: the same rows, other notes
}

// row is a step of the child. Each argument points to a cell: what one row gives is what another takes, without a branch.
type row struct {
	number   uint64 // of the system call, or one of the two below
	args     [6]*uint64
	tolerate uint64
	skip     uint64
	result   *uint64
}

// What is no number of a system call.
const (
	rowCheck = ^uint64(0)     // compare
	rowPart  = ^uint64(0) - 1 // clone: the old process goes on with the next row, the new one after as many as skip says
)

// launch makes the child, which works through the table, and returns its process id, or minus an errno. The calling
// goroutine must be locked to its thread, and all that the table points to must live until the child has executed or died.
//
//go:noescape
func launch(clone *cloneArgs, size uintptr, t *table) (pid int)
