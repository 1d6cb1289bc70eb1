package shell

// CompoundKind says what a compound command does with its lists.
type CompoundKind uint8

// The compound commands.
const (
	Group    CompoundKind = iota // { ...; }
	Subshell                     // ( ... ): changes to variables end with it
	For                          // for NAME in words; do ...; done
	While                        // while ...; do ...; done
	Until                        // until ...; do ...; done
	If                           // if ...; then ...; elif ...; then ...; else ...; fi
	Case                         // case word in pattern) ...;; esac
	Function                     // NAME() command; only [ParseFull] reads that
)

// Compound is a command made of lists.
type Compound struct {
	Kind    CompoundKind
	Name    string   // of For: the variable; of Function: its name
	Items   []Word   // of For: what it goes over; of Case: the one word that is compared
	Given   bool     // of For: it goes over what the shell was given, since "in" is left out
	Clauses []Clause // one, but for If (one for each condition) and Case (one for each branch)
	Else    []List   // of If
}

// Clause is a condition and what runs if it holds.
type Clause struct {
	Cond     []List // of While, Until and If
	Patterns []Word // of Case: any of them
	Body     []List
}

// loop tells whether break and continue mean this command.
func (c *Compound) loop() bool { return c.Kind == For || c.Kind == While || c.Kind == Until }
