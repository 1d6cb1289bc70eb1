package labels

// The standard library's sorting functions are compiled anew for each type of element, ten kilobytes in a browser each time.
// Those here are a tenth of that. What is sorted here is mostly five labels long.

const sortFew = 12

// sortBy sorts by a strict order. Elements of which neither is less may change places.
func sortBy[E any](s []E, less func(a, b E) bool) {
	if len(s) > sortFew {
		heapSort(s, less)
		return
	}
	for i := 1; i < len(s); i++ {
		e, at := s[i], i
		for ; at > 0 && less(e, s[at-1]); at-- {
			s[at] = s[at-1]
		}
		s[at] = e
	}
}

func heapSort[E any](s []E, less func(a, b E) bool) {
	for n, top := len(s), len(s)/2; n > 1; {
		if top > 0 {
			top-- // build the heap
		} else {
			n-- // take its greatest
			s[0], s[n] = s[n], s[0]
		}
		for at := top; ; {
			child := 2*at + 1
			if child+1 < n && less(s[child], s[child+1]) {
				child++
			}
			if child >= n || !less(s[at], s[child]) {
				break
			}
			s[at], s[child] = s[child], s[at]
			at = child
		}
	}
}

// sortOrdered is sortBy without a call for each comparison while there are few.
func sortOrdered[E uint32 | uint64 | string](s []E) {
	if len(s) > sortFew {
		heapSort(s, func(a, b E) bool { return a < b })
		return
	}
	for i := 1; i < len(s); i++ {
		e, at := s[i], i
		for ; at > 0 && e < s[at-1]; at-- {
			s[at] = s[at-1]
		}
		s[at] = e
	}
}

// sortedKeys returns the keys of a set in order.
func sortedKeys(set map[string]string) []string {
	keys := make([]string, 0, len(set))
	//order:irrelevant the keys are sorted below
	for k := range set {
		keys = append(keys, k)
	}
	sortOrdered(keys)
	return keys
}
