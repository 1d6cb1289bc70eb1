package api

import "github.com/slipway-dev/slipway/labels"

// LabelSelector finds objects by their labels. An empty one finds all objects, a missing one none.
//
// Source: Kubernetes API reference, "LabelSelector v1 meta".
type LabelSelector struct {
	// MatchLabels must all be there with the given value.
	MatchLabels map[string]string `json:"matchLabels,omitempty"`
	// MatchExpressions must all hold.
	MatchExpressions []LabelSelectorRequirement `json:"matchExpressions,omitempty"`
}

// Compile makes the selector that answers questions: a missing one finds nothing, an empty one everything. The error is
// that of the first entry that cannot be.
func (s *LabelSelector) Compile() (labels.Selector, error) { return s.plain().Selector() }

// String is the selector as kubectl prints it, for example "app=web,tier in (a,b)"; "<none>" if it is missing or empty.
func (s *LabelSelector) String() string { return labels.FormatLabelSelector(s.plain()) }

func (s *LabelSelector) plain() *labels.LabelSelector {
	if s == nil {
		return nil
	}
	plain := &labels.LabelSelector{MatchLabels: s.MatchLabels}
	for _, e := range s.MatchExpressions {
		plain.MatchExpressions = append(plain.MatchExpressions, labels.LabelSelectorRequirement{
			Key: e.Key, Operator: labels.LabelSelectorOperator(e.Operator), Values: e.Values,
		})
	}
	return plain
}

// LabelSelectorRequirement is one condition on a label.
type LabelSelectorRequirement struct {
	// Key of the label.
	Key string `json:"key"`
	// Operator is In, NotIn, Exists or DoesNotExist.
	Operator LabelSelectorOperator `json:"operator"`
	// Values for In and NotIn.
	Values []string `json:"values,omitempty"`
}

// LabelSelectorOperator says how a label is compared.
type LabelSelectorOperator string

// The operators of a label selector.
const (
	LabelIn           LabelSelectorOperator = "In"
	LabelNotIn        LabelSelectorOperator = "NotIn"
	LabelExists       LabelSelectorOperator = "Exists"
	LabelDoesNotExist LabelSelectorOperator = "DoesNotExist"
)
