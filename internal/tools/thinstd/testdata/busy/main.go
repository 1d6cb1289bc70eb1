// Command busy does what the engine's code leans on the runtime for, says so, and ends in a panic.
package main

import (
	"errors"
	"reflect"
	"runtime"
	"strconv"
	"time"
)

type point struct {
	X, Y  int
	Names map[string][]string
}

func (p point) String() string { return strconv.Itoa(p.X) + "," + strconv.Itoa(p.Y) }

// deep needs a stack that grows many times over.
func deep(n int) int {
	var room [64]int
	room[n%64] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + room[n%64] - n + 1
}

func caught(what func()) (said string) {
	defer func() {
		switch r := recover().(type) {
		case error:
			said = r.Error()
		case string:
			said = r
		}
	}()
	what()
	return "nothing"
}

// litter makes garbage, keeps a part of it, and adds up what it kept.
func litter() int {
	kept := map[int]*point{}
	for i := range 100_000 {
		p := &point{i, i / 2, map[string][]string{strconv.Itoa(i): {"a", "b"}}}
		kept[i%1000] = p
		if i%50_000 == 0 {
			runtime.GC()
		}
	}
	sum := 0
	for i := range 1000 {
		sum += kept[i].X + len(kept[i].Names)
	}
	return sum
}

func talk() (sum int) {
	in, out := make(chan int), make(chan int, 3)
	go func() {
		for n := range in {
			out <- n * n
		}
		close(out)
	}()
	go func() {
		for i := range 100 {
			in <- i
		}
		close(in)
	}()
	for n := range out {
		sum += n
	}
	return sum
}

func mirrored() string {
	v := reflect.New(reflect.TypeFor[point]()).Elem()
	v.Field(0).SetInt(7)
	v.Field(2).Set(reflect.MakeMap(v.Field(2).Type()))
	v.Field(2).SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf([]string{"v"}))
	p := v.Interface().(point)
	return p.String() + " " + p.Names["k"][0] + " " + strconv.FormatBool(reflect.DeepEqual(p, point{7, 0, map[string][]string{"k": {"v"}}}))
}

func main() {
	println("deep", deep(100_000))
	println("litter", litter())
	println("talk", talk())
	println("mirrored", mirrored())
	var none []int
	var nobody *point
	println("caught", caught(func() { println(none[len(none)]) }))
	println("caught", caught(func() { println(nobody.X) }))
	println("caught", caught(func() { panic("text") }))
	println("caught", caught(func() { panic(errors.Join(errors.New("one"), errors.New("two"))) }))
	println("caught", caught(func() { reflect.ValueOf(1).Len() }))
	before := time.Now()
	time.Sleep(20 * time.Millisecond)
	println("slept", time.Since(before) >= 20*time.Millisecond, strconv.FormatFloat(1.0/3, 'g', -1, 64))
	panic(point{1, 2, nil})
}
