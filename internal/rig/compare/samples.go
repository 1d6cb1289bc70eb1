//go:build linux && (amd64 || arm64)

package main

import "slices"

// sample is what one start took.
type sample struct{ wall, cpu, rss int64 } // nanoseconds, nanoseconds, bytes

func wall(s sample) int64 { return s.wall }
func cpu(s sample) int64  { return s.cpu }

func median(all []sample, of func(sample) int64) int64 {
	values := make([]int64, len(all))
	for i, s := range all {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func best(all []sample, of func(sample) int64) int64 {
	least := of(all[0])
	for _, s := range all {
		least = min(least, of(s))
	}
	return least
}

func largest(all []sample, of func(sample) int64) int64 {
	most := int64(0)
	for _, s := range all {
		most = max(most, of(s))
	}
	return most
}

// ratio is the median of what each round of a was of the same round of b.
func ratio(a, b []sample, of func(sample) int64) float64 {
	values := make([]float64, len(a))
	for i := range a {
		values[i] = float64(of(a[i])) / float64(max(1, of(b[i])))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// aim is that us takes at most so many times what them takes.
type aim struct {
	us, them string
	most     float64
}

func aims(v1 bool) []aim {
	all := []aim{{"slipway run, walls", "bubblewrap", 0.8}, {"library, limits", "C, the same calls, limits", 2.5}, {"library, walls", "C, the same calls, walls", 2.5},
		{"library, walls, 1 GB of heap", "library, walls", 1.1}}
	if !v1 {
		return append(all, aim{"slipway run, limits", "crun, limits", 1})
	}
	return append(all, aim{"slipway run, limits", "crun, limits", 0.40}, aim{"slipway run, limits", "runc, limits", 0.17},
		aim{"library, limits", "crun, limits", 0.35}, aim{"library, limits", "runc, limits", 0.13})
}
