package labels

import (
	"math"
	"slices"
	"strconv"
)

// constraint is what all requirements on one key come to: the key may be absent or not, and a value may be
//
//	one of a finite list,
//	any string except a finite list, or
//	any writing of an integer in [low, high] except a finite list (writings, since 6, 06 and +6 are one integer).
//
// The universe is all Go strings, because that is what Matches accepts: a Set is not checked.
// An integer has infinitely many writings (leading zeros), so a range without its finite exceptions is empty only if
// it contains no integer. That makes every answer below exact.
type constraint struct {
	key       string
	absent    bool     // the key may be absent
	finite    bool     // only the listed values; else all values but the listed ones
	listed    []string // sorted, each once
	numeric   bool     // and only integers in [low, high]; never together with finite
	low, high int64
}

func anything(key string) constraint {
	return constraint{key: key, absent: true, low: math.MinInt64, high: math.MaxInt64}
}

// constrain sums up requirements on one key, in n log n steps: first the ranges, then the lists, then the exceptions.
func constrain(reqs []Requirement) constraint {
	c := anything(reqs[0].key)
	never := false
	var excluded []string
	for i := range reqs {
		switch r := &reqs[i]; r.op {
		case opNotEquals, opNotIn:
			excluded = append(excluded, r.Values()...)
			continue
		case opDoesNotExist:
			never = true
			continue
		case opGreaterThan:
			bound := r.bound()
			never = never || bound == math.MaxInt64
			c.numeric, c.low = true, max(c.low, bound+1)
		case opLessThan:
			bound := r.bound()
			never = never || bound == math.MinInt64
			c.numeric, c.high = true, min(c.high, bound-1)
		case opNever:
			never = true
		}
		c.absent = false
	}
	if never || c.low > c.high {
		c.only(nil)
		return c
	}
	for i := range reqs {
		if op := reqs[i].op; op == opEquals || op == opDoubleEquals || op == opIn {
			c.only(reqs[i].Values())
		}
	}
	c.exclude(excluded)
	return c
}

// only keeps those of the values, which are sorted, that were allowed.
func (c *constraint) only(values []string) {
	kept := slices.DeleteFunc(values, func(v string) bool { return !c.allows(v) })
	c.finite, c.numeric, c.listed = true, false, slices.Compact(kept)
}

// exclude takes values away. It comes last.
func (c *constraint) exclude(values []string) {
	sortOrdered(values)
	values = slices.Compact(values)
	if c.finite {
		c.listed = slices.DeleteFunc(c.listed, func(v string) bool {
			_, found := slices.BinarySearch(values, v)
			return found
		})
		return
	}
	c.listed = slices.DeleteFunc(values, func(v string) bool { return !c.allows(v) })
}

func (c *constraint) inRange(v string) bool {
	n, ok := parseInt(v)
	return ok && c.low <= n && n <= c.high
}

// allows says whether the key may have this value.
func (c *constraint) allows(v string) bool {
	_, listed := slices.BinarySearch(c.listed, v)
	return listed == c.finite && (!c.numeric || c.inRange(v))
}

// valueless says whether no value is allowed.
func (c *constraint) valueless() bool { return c.finite && len(c.listed) == 0 }

// empty says whether nothing is allowed, neither a value nor absence.
func (c *constraint) empty() bool { return !c.absent && c.valueless() }

// within says whether everything c allows, d allows too.
func (c *constraint) within(d *constraint) bool {
	if c.absent && !d.absent {
		return false
	}
	if c.finite {
		return !slices.ContainsFunc(c.listed, func(v string) bool { return !d.allows(v) })
	}
	switch {
	case d.finite:
		return false
	case d.numeric && (!c.numeric || c.low < d.low || c.high > d.high):
		return false
	}
	return !slices.ContainsFunc(d.listed, func(v string) bool { return c.allows(v) })
}

// witness returns a value that is allowed, preferring one that is a valid label value; ok is false if none is.
func (c *constraint) witness() (value string, ok bool) {
	switch {
	case c.finite:
		return c.finiteWitness()
	case c.numeric:
		return c.numericWitness(), true
	}
	for i := 0; ; i++ {
		if v := letters(i); c.allows(v) {
			return v, true
		}
	}
}

func (c *constraint) finiteWitness() (string, bool) {
	for _, v := range c.listed {
		if ValidateValue(v) == nil {
			return v, true
		}
	}
	if len(c.listed) == 0 {
		return "", false
	}
	return c.listed[0], true
}

// numericWitness tries the integers from the one nearest to zero, then the same with leading zeros. Each try that
// fails is one of the exceptions, so there are few.
func (c *constraint) numericWitness() string {
	first, step := max(c.low, 0), int64(1)
	if c.high < 0 {
		first, step = c.high, -1
	}
	for zeros := ""; ; zeros += "0" {
		for n := first; c.low <= n && n <= c.high; n += step {
			if v := padded(n, zeros); c.allows(v) {
				return v
			}
			if n == math.MaxInt64 || n == math.MinInt64 {
				break
			}
		}
	}
}

// padded writes n with zeros before its digits.
func padded(n int64, zeros string) string {
	digits := strconv.FormatInt(n, 10)
	if n < 0 {
		return "-" + zeros + digits[1:]
	}
	return zeros + digits
}

// letters counts a, b, ... z, aa, ab, ...
func letters(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return letters(i/26-1) + string(rune('a'+i%26))
}
