package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"

	theirs "k8s.io/apimachinery/pkg/labels"

	ours "github.com/slipway-dev/slipway/labels"
)

const objects = 1_000_000

// world is a million objects of five labels, drawn independently: 1,000 apps, 45 % production, 30 % staging, 25 % qa,
// 10 tiers, 50 versions, 7 zones.
type world struct {
	sets  []map[string]string
	index *ours.Index[uint32]
	keys  []uint32
}

// mix draws a number below n for object i, the same each time.
func mix(i, stream, n int) int {
	return int(rand.New(rand.NewPCG(uint64(i), uint64(stream))).IntN(n))
}

func object(i int) map[string]string {
	env := "production"
	switch h := mix(i, 2, 100); {
	case h >= 75:
		env = "qa"
	case h >= 45:
		env = "staging"
	}
	return map[string]string{
		"app":         "app-" + strconv.Itoa(mix(i, 1, 1000)),
		"environment": env,
		"tier":        "tier-" + strconv.Itoa(mix(i, 3, 10)),
		"version":     strconv.Itoa(mix(i, 4, 50)),
		"zone":        "zone-" + strconv.Itoa(mix(i, 5, 7)),
	}
}

var theWorld = sync.OnceValue(func() *world {
	w := &world{sets: make([]map[string]string, objects), index: ours.NewIndex[uint32]()}
	for i := range w.sets {
		w.sets[i] = object(i)
	}
	before := heap()
	for i := range w.sets {
		w.index.Put(uint32(i), w.sets[i])
	}
	fmt.Fprintf(os.Stderr, "index of %d objects: %.1f bytes an object with its labels interned\n", objects, float64(heap()-before)/objects)
	return w
})

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func indexCases() []benchCase {
	cases := []benchCase{
		selectCase("app", "app=app-7"),
		selectCase("two", "app=app-7,environment=staging"),
		selectCase("three", "app in (app-1,app-2,app-3,app-4),environment!=qa,zone in (zone-0,zone-1,zone-2,zone-3,zone-4)"),
		selectCase("many-values", "app=app-7,version in (7,8,9,10,11,12,13,14,15,16,17,18,19,20,21)"),
		selectCase("range", "app=app-7,version>40"),
		selectCase("dense", "environment=qa,tier in (tier-1,tier-2,tier-3,tier-4)"),
		selectCase("negative", "environment!=production,tier notin (tier-1,tier-2)"),
		{"Update", updateSides},
		{"Standing/selectors=10000", standingSides},
	}
	return cases
}

// selectCase compares a linear scan with listing keys, iterating over them, and counting.
func selectCase(name, text string) benchCase {
	return benchCase{"Select/selector=" + name, func() []side {
		w := theWorld()
		their, our := must(theirs.Parse(text)), must(ours.Parse(text))
		fmt.Fprintf(os.Stderr, "%s: %d hits\n", name, w.index.Count(our))
		return []side{
			{"linear", func(b *testing.B) {
				for b.Loop() {
					w.keys = w.keys[:0]
					for i, set := range w.sets {
						if their.Matches(theirs.Set(set)) {
							w.keys = append(w.keys, uint32(i))
						}
					}
				}
			}},
			{"list", func(b *testing.B) {
				for b.Loop() {
					w.keys = w.index.AppendSelected(w.keys[:0], our)
				}
			}},
			{"iterate", func(b *testing.B) {
				for b.Loop() {
					w.total(our)
				}
			}},
			{"count", func(b *testing.B) {
				for b.Loop() {
					w.index.Count(our)
				}
			}},
		}
	}}
}

// total adds up the keys. The loop is here because testing.B.Loop keeps loops inside its own from being compiled as they
// are elsewhere: it wants a call for each key.
func (w *world) total(s ours.Selector) (n uint32) {
	for k := range w.index.Select(s) {
		n += k
	}
	return n
}

func updateSides() []side {
	w := theWorld()
	i := 0
	return []side{{"labels", func(b *testing.B) {
		for b.Loop() {
			i = (i + 7919) % objects
			set := w.sets[i]
			set["version"] = strconv.Itoa(i / 3 % 50)
			w.index.Put(uint32(i), set)
		}
	}}}
}

func standingSides() []side {
	const n = 10000
	index := ours.NewIndex[uint32]()
	told := 0
	for i := range uint32(n) {
		index.Put(i, object(int(i)))
	}
	list := make([]theirs.Selector, n)
	for i := range list {
		text := fmt.Sprintf("app=app-%d,environment=%s", i%1000, []string{"production", "qa", "staging"}[i%3])
		if i%10 == 0 {
			text = fmt.Sprintf("app in (app-%d,app-%d),tier!=tier-1", i%1000, (i+1)%1000)
		}
		list[i] = must(theirs.Parse(text))
		index.Watch(ours.MustParse(text), func(ours.Event[uint32]) { told++ })
	}
	sets := [2]map[string]string{object(5), object(5)}
	sets[1]["environment"] = "qa"
	i := 0
	return []side{
		{"loop", func(b *testing.B) {
			for b.Loop() {
				i++
				for _, s := range list {
					if s.Matches(theirs.Set(sets[i%2])) {
						told++
					}
				}
			}
		}},
		{"labels", func(b *testing.B) {
			for b.Loop() {
				i++
				index.Put(5, sets[i%2])
			}
		}},
	}
}
