// Command walls leans on all that unwinding a stack needs: growth, collection, recover, deferred calls, panics.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	var room [512]byte // a frame large enough that the stack has to be copied on the way
	room[depth] = 1
	t := &tree{grow(depth - 1), nil}
	if depth%10 == 0 {
		runtime.GC()
	}
	if room[depth] != 1 {
		panic("the stack was copied wrongly")
	}
	return t
}

func (t *tree) size() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.size() + t.right.size()
}

func recovered(f func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	f()
	return "nothing"
}

func main() {
	fmt.Println("size", grow(200).size())
	var none *tree
	fmt.Println(recovered(func() { _ = none.left }))
	fmt.Println(recovered(func() { _ = []int{}[grow(3).size()] }))
	done := make(chan string)
	go func() { done <- strings.Repeat("x", grow(50).size()) }()
	fmt.Println(len(<-done))
	panic("the end")
}
