package api

// LabelSelector finds objects by their labels. An empty one finds all objects, a missing one none.
//
// Source: Kubernetes API reference, "LabelSelector v1 meta".
type LabelSelector struct {
	// MatchLabels must all be there with the given value.
	MatchLabels map[string]string `json:"matchLabels,omitempty"`
	// MatchExpressions must all hold.
	MatchExpressions []LabelSelectorRequirement `json:"matchExpressions,omitempty"`
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
