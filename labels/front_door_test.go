package labels_test

import (
	"iter"

	"github.com/slipway-dev/slipway/labels"
)

// What other repositories compile against, in one place: whoever changes one of these lines breaks them.
var (
	_ map[string]string                       = labels.Set(nil)
	_ func(labels.Set) string                 = labels.Set.String
	_ func(labels.Set, string) bool           = labels.Set.Has
	_ func(labels.Set, string) string         = labels.Set.Get
	_ func(labels.Set, string) (string, bool) = labels.Set.Lookup

	_ func(string) (labels.Selector, error)     = labels.Parse
	_ func(string) labels.Selector              = labels.MustParse
	_ func() labels.Selector                    = labels.Everything
	_ func() labels.Selector                    = labels.Nothing
	_ func(labels.Set) labels.Selector          = labels.SelectorFromSet
	_ func(labels.Set) (labels.Selector, error) = labels.ValidatedSelectorFromSet

	_ func(string, labels.Operator, []string) (labels.Requirement, error) = labels.NewRequirement
	_ func(labels.Requirement) string                                     = labels.Requirement.String
	_ func(labels.Requirement, labels.Labels) bool                        = labels.Requirement.Matches

	_                                                      = labels.LabelSelector{MatchLabels: map[string]string(nil), MatchExpressions: []labels.LabelSelectorRequirement(nil)}
	_ func(*labels.LabelSelector) (labels.Selector, error) = (*labels.LabelSelector).Selector

	_ func(labels.Selector, labels.Labels) bool               = labels.Selector.Matches
	_ func(labels.Selector) string                            = labels.Selector.String
	_ func(labels.Selector) bool                              = labels.Selector.Empty
	_ func(labels.Selector) (labels.Requirements, bool)       = labels.Selector.Requirements
	_ func(labels.Selector, string) (string, bool)            = labels.Selector.RequiresExactMatch
	_ func(labels.Selector, labels.Labels) labels.Explanation = labels.Selector.Explain
	_ func(labels.Selector, labels.Selector) bool             = labels.Selector.Implies
	_ func(labels.Selector, labels.Selector) bool             = labels.Selector.Disjoint
	_ func(labels.Selector, labels.Selector) bool             = labels.Selector.Equivalent
	_ func(labels.Selector, labels.Selector) labels.Selector  = labels.Selector.And
	_ func(labels.Selector) labels.Selector                   = labels.Selector.Simplify
	_ func(labels.Selector) bool                              = labels.Selector.Satisfiable
	_ func(labels.Selector) (labels.Set, bool)                = labels.Selector.Witness

	_ func(string) []string = labels.ValidateKey
	_ func(string) []string = labels.ValidateValue
	_ func(string) []string = labels.ValidateSubdomain
)

// Labels has these methods and no more: others implement it.
type threeMethods struct{}

func (threeMethods) Has(string) bool              { return false }
func (threeMethods) Get(string) string            { return "" }
func (threeMethods) Lookup(string) (string, bool) { return "", false }

var (
	_ labels.Labels = threeMethods{}
	_ labels.Labels = labels.Set(nil)
	_ labels.Labels = (*labels.Interned)(nil)
)

// frontDoorOfIndex is for any key that can be compared.
type frontDoorOfIndex[K comparable] interface {
	Put(K, labels.Set)
	Delete(K)
	Select(labels.Selector) iter.Seq[K]
	Count(labels.Selector) int
	Watch(labels.Selector, func(labels.Event[K])) (cancel func())
}

var (
	_ frontDoorOfIndex[string] = labels.NewIndex[string]()
	_ frontDoorOfIndex[[2]int] = labels.NewIndex[[2]int]()
)

// A plain map is a Set wherever one is asked for.
var _ = func(plain map[string]string) bool {
	labels.NewIndex[int]().Put(1, plain)
	return labels.SelectorFromSet(plain).Matches(labels.Set(plain))
}
