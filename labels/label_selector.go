package labels

import (
	"maps"
	"slices"
	"strconv"
)

// LabelSelector is the selector as Kubernetes objects hold it in JSON. All of matchLabels and matchExpressions
// must hold.
//
// The nil LabelSelector selects nothing; the empty one everything.
//
// Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/
type LabelSelector struct {
	MatchLabels      map[string]string          `json:"matchLabels,omitempty"`
	MatchExpressions []LabelSelectorRequirement `json:"matchExpressions,omitempty"`
}

// LabelSelectorRequirement is one of the matchExpressions.
type LabelSelectorRequirement struct {
	Key      string                `json:"key"`
	Operator LabelSelectorOperator `json:"operator"`
	Values   []string              `json:"values,omitempty"`
}

// LabelSelectorOperator is an operator as matchExpressions spell it.
type LabelSelectorOperator string

// The operators of a LabelSelector. There is no > and < here.
const (
	LabelSelectorOpIn           LabelSelectorOperator = "In"
	LabelSelectorOpNotIn        LabelSelectorOperator = "NotIn"
	LabelSelectorOpExists       LabelSelectorOperator = "Exists"
	LabelSelectorOpDoesNotExist LabelSelectorOperator = "DoesNotExist"
)

// operator returns the Operator of the same meaning, "" for an unknown one.
func (o LabelSelectorOperator) operator() Operator {
	switch o {
	case LabelSelectorOpIn:
		return In
	case LabelSelectorOpNotIn:
		return NotIn
	case LabelSelectorOpExists:
		return Exists
	case LabelSelectorOpDoesNotExist:
		return DoesNotExist
	}
	return ""
}

// Selector compiles the LabelSelector: nil gives Nothing, an empty one Everything.
//
// The error has upstream's text. With several wrong entries it is that of the first one: matchLabels by key,
// then matchExpressions in order.
func (s *LabelSelector) Selector() (Selector, error) {
	if s == nil {
		return Nothing(), nil
	}
	if len(s.MatchLabels)+len(s.MatchExpressions) == 0 {
		return Everything(), nil
	}
	var few [4]Requirement
	reqs := few[:0]
	//order:irrelevant the requirements are sorted below, and errors are found again in order
	for k, v := range s.MatchLabels {
		if ValidateKey(k) != nil || ValidateValue(v) != nil {
			return Selector{}, s.labelsError()
		}
		reqs = append(reqs, Requirement{key: k, op: opEquals, value: v})
	}
	for i := range s.MatchExpressions {
		r, err := s.MatchExpressions[i].requirement()
		if err != nil {
			return Selector{}, err
		}
		reqs = append(reqs, r)
	}
	return newSelector(reqs), nil
}

// labelsError returns the error of the first invalid pair of matchLabels.
func (s *LabelSelector) labelsError() error {
	_, err := ValidatedSelectorFromSet(s.MatchLabels)
	return err
}

func (r *LabelSelectorRequirement) requirement() (Requirement, error) {
	op := r.Operator.operator()
	if op == "" {
		return Requirement{}, errorText(strconv.Quote(string(r.Operator)) + " is not a valid label selector operator")
	}
	values := r.Values
	if len(values) == 0 {
		values = nil // upstream's texts say null for an empty list too
	}
	return newRequirement("", r.Key, op, values)
}

// Clone returns a copy that shares nothing with s; nil gives nil.
func (s *LabelSelector) Clone() *LabelSelector {
	if s == nil {
		return nil
	}
	c := &LabelSelector{MatchLabels: maps.Clone(s.MatchLabels), MatchExpressions: slices.Clone(s.MatchExpressions)}
	for i := range c.MatchExpressions {
		c.MatchExpressions[i].Values = slices.Clone(c.MatchExpressions[i].Values)
	}
	return c
}

// Map returns the LabelSelector as plain pairs, which works for matchLabels and for In with one value; later
// entries win. nil gives nil. On an error, the set holds what came before it.
func (s *LabelSelector) Map() (Set, error) {
	if s == nil {
		return nil, nil
	}
	set := make(Set, len(s.MatchLabels))
	maps.Copy(set, s.MatchLabels)
	for _, e := range s.MatchExpressions {
		switch quoted := strconv.Quote(string(e.Operator)); {
		case e.Operator.operator() == "":
			return set, errorText(quoted + " is not a valid selector operator")
		case e.Operator != LabelSelectorOpIn:
			return set, errorText("operator " + quoted + " cannot be converted into the old label selector format")
		case len(e.Values) != 1:
			return set, errorText("operator " + quoted + " without a single value cannot be converted into the old label selector format")
		}
		set[e.Key] = e.Values[0]
	}
	return set, nil
}

// FormatLabelSelector prints a LabelSelector as kubectl does: the canonical selector; "<none>" when it is nil or
// empty; "<error>" when it is not valid.
func FormatLabelSelector(s *LabelSelector) string {
	selector, err := s.Selector()
	switch {
	case err != nil:
		return "<error>"
	case selector.Empty() || selector.IsNothing():
		return "<none>"
	}
	return selector.String()
}

// SetAsLabelSelector returns the LabelSelector that wants all pairs of the set; nil gives nil.
func SetAsLabelSelector(set Set) *LabelSelector {
	if set == nil {
		return nil
	}
	return &LabelSelector{MatchLabels: maps.Clone(set)}
}

// ParseLabelSelector parses a selector into a LabelSelector. The operators > and < have no place there.
func ParseLabelSelector(selector string) (*LabelSelector, error) {
	parsed, err := Parse(selector)
	if err != nil {
		return nil, errorText(`couldn't parse the selector string "` + selector + `": ` + err.Error())
	}
	s := &LabelSelector{MatchLabels: map[string]string{}, MatchExpressions: []LabelSelectorRequirement{}}
	for _, r := range parsed.requirements() {
		op := LabelSelectorOperator("")
		switch r.op {
		case opEquals, opDoubleEquals:
			s.MatchLabels[r.key] = r.value
			continue
		case opIn:
			op = LabelSelectorOpIn
		case opNotIn:
			op = LabelSelectorOpNotIn
		case opExists:
			op = LabelSelectorOpExists
		case opDoesNotExist:
			op = LabelSelectorOpDoesNotExist
		case opGreaterThan, opLessThan:
			return nil, errorText(strconv.Quote(string(r.Operator())) + " isn't supported in label selectors")
		default:
			return nil, errorText(strconv.Quote(string(r.Operator())) + " is not a valid label selector operator")
		}
		s.MatchExpressions = append(s.MatchExpressions, LabelSelectorRequirement{Key: r.key, Operator: op, Values: r.Values()})
	}
	return s, nil
}
