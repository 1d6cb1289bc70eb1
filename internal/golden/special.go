package golden

import "fmt"

// replaySpecial plays a folder that is no scenario: one of tables, selectors or validation.
func replaySpecial(dir string) ([]*Outcome, error) {
	return nil, fmt.Errorf("%s: no steps.json", dir)
}
