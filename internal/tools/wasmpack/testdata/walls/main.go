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

// rounds goes back to its beginning in many ways, with calls of variables, deferred calls and changes of goroutine in between.
func rounds(n int, steps ...func(int) int) (sum int) {
	defer func() {
		if err := recover(); err != nil {
			sum = -sum
		}
	}()
	turn := make(chan int)
	for i := range n {
		defer func() { sum++ }()
		for k, step := range steps {
			if i%3 == k {
				continue
			}
			go func() { turn <- step(i) }()
			switch {
			case i%2 == 0:
				sum += <-turn + step(k)
			default:
				sum += <-turn
			}
		}
	}
	return sum + 100/(n-7)
}

func main() {
	for n := 5; n < 9; n++ {
		fmt.Println("rounds", n, rounds(n, func(i int) int { return i * n }, func(i int) int { return grow(i).size() }))
	}
	fmt.Println("size", grow(200).size())
	var none *tree
	fmt.Println(recovered(func() { _ = none.left }))
	fmt.Println(recovered(func() { _ = []int{}[grow(3).size()] }))
	done := make(chan string)
	go func() { done <- strings.Repeat("x", grow(50).size()) }()
	fmt.Println(len(<-done))
	panic("the end")
}
