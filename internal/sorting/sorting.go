// Package sorting sorts slices of anything with one copy of the code that sorts.
//
//	pods --Func(pods, byAge)--> the same pods, the oldest first
//
// A first look: [Func] is slices.SortFunc and [Stable] is slices.SortStableFunc, element for element also where elements
// compare equal. Those two are compiled anew for every type they are called with, six kilobytes each, and everybody's first
// visit loads the engine; here it is a closure for each. They are slower, so what sorts in a loop keeps to slices.
package sorting

import "sort"

// Func sorts s in place, by the rules of slices.SortFunc. Where elements compare equal, their order is not that of before,
// but the same every time.
func Func[T any](s []T, compare func(a, b T) int) {
	sort.Slice(s, func(i, j int) bool { return compare(s[i], s[j]) < 0 })
}

// Stable sorts s in place and leaves elements that compare equal in the order in which they are.
func Stable[T any](s []T, compare func(a, b T) int) {
	order := stable(len(s), func(i, j int32) bool { return compare(s[i], s[j]) < 0 })
	if order == nil {
		return
	}
	was := append([]T(nil), s...)
	for to, from := range order {
		s[to] = was[from]
	}
}

// stable is where the elements come from when they are in order; nil if they are already. It merges ever longer runs, which takes a
// fraction of the comparisons and moves that sort.SliceStable needs to do without memory.
func stable(n int, less func(i, j int32) bool) []int32 {
	order, sorted := make([]int32, n), true
	for i := range order {
		order[i] = int32(i)
		sorted = sorted && (i == 0 || !less(int32(i), int32(i-1)))
	}
	if sorted {
		return nil
	}
	merged := make([]int32, n)
	for run := 1; run < n; run *= 2 {
		for from := 0; from < n; from += 2 * run {
			a, b := order[from:min(from+run, n)], order[min(from+run, n):min(from+2*run, n)]
			for to := from; len(a)+len(b) > 0; to++ {
				if len(a) == 0 || len(b) > 0 && less(b[0], a[0]) {
					merged[to], b = b[0], b[1:]
				} else {
					merged[to], a = a[0], a[1:]
				}
			}
		}
		order, merged = merged, order
	}
	return order
}

// Copy is a sorted copy of s; elements that compare equal are in the order in which they are in s.
func Copy[T any](s []T, compare func(a, b T) int) []T {
	c := append([]T(nil), s...)
	Stable(c, compare)
	return c
}
