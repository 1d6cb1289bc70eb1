// Package sorting sorts slices of anything with one copy of the code that sorts.
//
//	pods --Func(pods, byAge)--> the same pods, the oldest first
//
// A first look: [Func] is slices.SortFunc and [Stable] is slices.SortStableFunc, element for element also where elements
// compare equal. Those two are compiled anew for every type they are called with, six kilobytes each, and everybody's first
// visit loads the engine; here it is a closure for each. They are twice as slow, so what sorts in a loop keeps to slices.
package sorting

import "sort"

// Func sorts s in place, by the rules of slices.SortFunc. Where elements compare equal, their order is not that of before,
// but the same every time.
func Func[T any](s []T, compare func(a, b T) int) {
	sort.Slice(s, func(i, j int) bool { return compare(s[i], s[j]) < 0 })
}

// Stable sorts s in place and leaves elements that compare equal in the order in which they are.
func Stable[T any](s []T, compare func(a, b T) int) {
	sort.SliceStable(s, func(i, j int) bool { return compare(s[i], s[j]) < 0 })
}

// Copy is a sorted copy of s; elements that compare equal are in the order in which they are in s.
func Copy[T any](s []T, compare func(a, b T) int) []T {
	c := append([]T(nil), s...)
	Stable(c, compare)
	return c
}
