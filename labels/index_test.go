package labels_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

// oracle is the index as anybody would write it: a list, and a loop.
type oracle struct {
	keys []int
	sets map[int]labels.Set
	free []int // positions of deleted keys, the last to be used first
}

func (o *oracle) put(k int, set labels.Set) {
	if _, ok := o.sets[k]; !ok {
		if n := len(o.free); n > 0 {
			o.keys[o.free[n-1]] = k
			o.free = o.free[:n-1]
		} else {
			o.keys = append(o.keys, k)
		}
	}
	o.sets[k] = set
}

func (o *oracle) delete(k int) {
	if _, ok := o.sets[k]; ok {
		o.free = append(o.free, slices.Index(o.keys, k))
		o.keys[slices.Index(o.keys, k)] = -1
		delete(o.sets, k)
	}
}

func (o *oracle) selects(s labels.Selector) []int {
	found := []int{}
	for _, k := range o.keys {
		if set, ok := o.sets[k]; ok && s.Matches(set) {
			found = append(found, k)
		}
	}
	return found
}

func randomSet(r *rand.Rand) labels.Set {
	set := labels.Set{}
	for _, k := range []string{"k", "l", "m"} {
		if r.IntN(4) > 0 {
			set[k] = slices.Concat(mentioned, others)[r.IntN(12)]
		}
	}
	if r.IntN(3) == 0 {
		set["unique"] = strconv.Itoa(r.IntN(100000))
	}
	return set
}

func TestIndexAgreesWithLinearScan(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	ix, o := labels.NewIndex[int](), &oracle{sets: map[int]labels.Set{}}
	steps := 20000
	if testing.Short() {
		steps = 4000
	}
	for step := range steps {
		if k := r.IntN(2000); r.IntN(4) == 0 {
			ix.Delete(k)
			o.delete(k)
		} else {
			set := randomSet(r)
			ix.Put(k, set)
			o.put(k, set)
		}
		if step%20 > 0 {
			continue
		}
		s := randomSelector(r)
		want := o.selects(s)
		require.Equal(t, want, append([]int{}, slices.Collect(ix.Select(s))...), "step %d, %q", step, s)
		require.Equal(t, want, ix.AppendSelected([]int{}, s))
		require.Equal(t, len(want), ix.Count(s), "step %d, %q", step, s)
		require.Equal(t, len(o.sets), ix.Len())
		k := r.IntN(2000)
		set, ok := ix.Get(k)
		wantSet, wantOK := o.sets[k]
		require.Equal(t, wantOK, ok)
		require.True(t, labels.EqualSets(wantSet, set))
	}
}

// Many chunks, dense and thin postings, lists that become bitmaps and back.
func TestIndexAgreesAcrossChunks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	ix := labels.NewIndex[int]()
	sets := make([]labels.Set, 150000)
	put := func(i int) {
		sets[i] = labels.Set{"thin": strconv.Itoa(r.IntN(1000)), "k": mentioned[r.IntN(7)], "n": strconv.Itoa(r.IntN(5))}
		if r.IntN(10) == 0 {
			sets[i]["rare"] = "x"
		}
		ix.Put(i, sets[i])
	}
	for i := range sets {
		put(i)
	}
	check := func(text string) {
		t.Helper()
		s := labels.MustParse(text)
		want := []int{}
		for i, set := range sets {
			if set != nil && s.Matches(set) {
				want = append(want, i)
			}
		}
		require.True(t, slices.Equal(want, ix.AppendSelected(nil, s)), text)
		require.True(t, slices.Equal(want, slices.Collect(ix.Select(s))), text)
		require.Equal(t, len(want), ix.Count(s), text)
	}
	texts := []string{"", "thin=7", "k=a", "k!=a", "k in (a,b)", "k in (a,b),n>2", "rare", "!rare", "!rare,k!=a,n<2", "thin=7,k=a", "k=a,thin!=7",
		"k=a,n=1,rare", "thin in (1,2,3),k in (a,b),n!=0", "thin>990", "k=none", "k notin (none)", "none", "!none", "k=a,k=b", "k,n,thin"}
	for _, text := range texts {
		check(text)
	}
	for i := range sets { // thin out one value, so that its bitmaps become lists
		if sets[i]["k"] == "a" && i%20 > 0 {
			if ix.Delete(i); i%2 > 0 {
				sets[i] = nil
				continue
			}
			sets[i] = labels.Set{"k": "b"}
			ix.Put(i, sets[i])
		}
	}
	slicesOrder := slices.Collect(ix.Select(labels.Everything()))
	require.Equal(t, ix.Len(), len(slicesOrder))
	for _, text := range texts {
		s := labels.MustParse(text)
		want := 0
		for _, set := range sets {
			if set != nil && s.Matches(set) {
				want++
			}
		}
		require.Equal(t, want, ix.Count(s), text)
		require.Len(t, ix.AppendSelected(nil, s), want, text)
	}
}

func TestIndexForgetsLabelsThatPass(t *testing.T) {
	ix := labels.NewIndex[int]()
	for i := range 20000 {
		ix.Put(1, labels.Set{"hash": strconv.Itoa(i), "key" + strconv.Itoa(i): "x"})
	}
	pairs, keys := ix.Sizes()
	require.Less(t, pairs, 5000)
	require.Less(t, keys, 5000)
	require.Equal(t, 1, ix.Count(labels.MustParse("hash=19999")))
	require.Equal(t, 0, ix.Count(labels.MustParse("hash=1")))
}

func TestLoopMayChangeTheIndex(t *testing.T) {
	ix := labels.NewIndex[int]()
	for i := range 100 {
		ix.Put(i, labels.Set{"a": "b"})
	}
	for k := range ix.Select(labels.MustParse("a=b")) {
		ix.Delete(k)
		ix.Put(k+1000, labels.Set{"a": "c"})
	}
	require.Equal(t, 0, ix.Count(labels.MustParse("a=b")))
	require.Equal(t, 100, ix.Count(labels.MustParse("a=c")))
	for range ix.Select(labels.MustParse("a=c")) {
		break
	}
}

// One writer moves objects between values, a reader must see each object exactly once.
func TestIndexOneWriterManyReaders(t *testing.T) {
	ix := labels.NewIndex[int]()
	const n = 3000
	for i := range n {
		ix.Put(i, labels.Set{"a": strconv.Itoa(i % 3), "b": "x"})
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := ix.Count(labels.MustParse("a in (0,1,2),b=x")); got != n {
					t.Errorf("count %d, want %d", got, n)
				}
				seen := 0
				for range ix.Select(labels.MustParse("a,b=x,c!=y")) {
					seen++
				}
				if seen != n {
					t.Errorf("saw %d, want %d", seen, n)
				}
				for range ix.Matching(labels.Set{"a": "1"}) {
				}
				ix.Get(7)
			}
		})
	}
	cancel := ix.Watch(labels.MustParse("a=1"), func(labels.Event[int]) {})
	for i := range 5 * n {
		ix.Put(i%n, labels.Set{"a": strconv.Itoa((i + i/n) % 3), "b": "x", "u": strconv.Itoa(i)})
	}
	cancel()
	close(done)
	readers.Wait()
}

// More than 32,768 pairs: their numbers take four bytes in a row, those of the first ones two.
func TestIndexWithManyPairs(t *testing.T) {
	ix := labels.NewIndex[int]()
	const n = 40000
	set := func(i int) labels.Set { return labels.Set{"unique": strconv.Itoa(i), "k": mentioned[i%7]} }
	for i := range n {
		ix.Put(i, set(i))
	}
	ix.Put(0, set(n-1))
	ix.Put(n-1, set(0))
	for i := range n {
		want := set(i)
		if i == 0 || i == n-1 {
			want = set(n - 1 - i)
		}
		if got, ok := ix.Get(i); !ok || !labels.EqualSets(got, want) {
			t.Fatalf("%d: got %v, want %v", i, got, want)
		}
	}
	require.Equal(t, []int{0}, slices.Collect(ix.Select(labels.MustParse("unique=39999"))))
	require.Equal(t, []int{7, n - 1}, slices.Collect(ix.Select(labels.MustParse("unique in (7,0)"))))
}

// Keys behave as those of a map.
func TestIndexKeysOfAnyKind(t *testing.T) {
	everything := labels.Everything()
	type name struct{ namespace, name string }
	names := labels.NewIndex[name]()
	names.Put(name{"a", "bc"}, labels.Set{"x": "1"})
	names.Put(name{"ab", "c"}, labels.Set{"x": "2"})
	names.Put(name{"a", "bc"}, labels.Set{"x": "3"})
	require.Equal(t, []name{{"a", "bc"}, {"ab", "c"}}, slices.Collect(names.Select(everything)))

	mixed := labels.NewIndex[any]()
	for _, k := range []any{1, "1", 1.0, nil, [1]int{1}, "1"} {
		mixed.Put(k, labels.Set{"x": "1"})
	}
	mixed.Delete(1)
	mixed.Delete(2)
	require.Equal(t, []any{"1", 1.0, nil, [1]int{1}}, slices.Collect(mixed.Select(everything)))

	floats := labels.NewIndex[float64]()
	for range 3000 {
		floats.Put(math.NaN(), labels.Set{"x": "1"})
		floats.Delete(math.NaN())
	}
	floats.Put(0, nil)
	floats.Put(math.Copysign(0, -1), nil)
	require.Equal(t, 3001, floats.Len(), "NaN is not equal to itself, so nothing finds it again; 0 and -0 are")

	var zero labels.Index[string]
	_, ok := zero.Get("a")
	require.False(t, ok)
	zero.Delete("a")
	zero.Put("a", nil)
	require.Equal(t, 1, zero.Count(everything), "an index need not be made")
}

// A key's place must be found again however many keys came and went.
func TestIndexKeysComeAndGo(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	ix, sets := labels.NewIndex[string](), map[string]labels.Set{}
	steps := 300000
	if testing.Short() {
		steps = 60000
	}
	for step := range steps {
		k := strconv.Itoa(r.IntN(1 + step/8))
		if r.IntN(3) == 0 {
			ix.Delete(k)
			delete(sets, k)
		} else {
			sets[k] = labels.Set{"a": mentioned[r.IntN(7)]}
			ix.Put(k, sets[k])
		}
	}
	require.Equal(t, len(sets), ix.Len())
	for k, set := range sets {
		if got, ok := ix.Get(k); !ok || !labels.EqualSets(got, set) {
			t.Fatalf("%s: got %v, want %v", k, got, set)
		}
	}
}

func TestOneChangedLabelAllocatesNothing(t *testing.T) {
	ix, i := labels.NewIndex[int](), 0
	const n = 20000
	for i := range n {
		ix.Put(i, labels.Set{"app": strconv.Itoa(i % 100), "version": strconv.Itoa(i % 20)})
	}
	set := labels.Set{}
	put := func() {
		i = (i + 7919) % n
		set["app"], set["version"] = strconv.Itoa(i%100), strconv.Itoa(i/3%20)
		ix.Put(i, set)
	}
	for range 10 * n {
		put()
	}
	require.Zero(t, testing.AllocsPerRun(1000, put))
}
