package image_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/isolate/image"
)

func ExampleDiff() {
	base := image.Layer{Entries: []image.Entry{image.Dir("etc"), image.File("etc/motd", "hello\n"), image.File("etc/hosts", "")}}
	before, _ := image.Tree{}.Apply(base)
	after, _ := before.Apply(image.Layer{Entries: []image.Entry{image.File("etc/motd", "bye\n"), image.Whiteout("etc/hosts")}})
	for _, e := range image.Diff(before, after).Entries {
		fmt.Println(e.Path)
	}
	// Output:
	// etc/.wh.hosts
	// etc/motd
}

func ExampleImage_Commit() {
	m := image.Image{Layers: []image.Layer{{Entries: []image.Entry{image.File("app", "1")}}}}
	tree, _ := m.Tree()
	tree, _ = tree.Apply(image.Layer{Entries: []image.Entry{image.File("app", "2")}})
	next, _ := m.Commit(tree, "the second version")
	fmt.Println(len(m.Layers), len(next.Layers))
	fmt.Println(next.Layers[0].DiffID() == m.Layers[0].DiffID(), "the first layer is stored once")
	// Output:
	// 1 2
	// true the first layer is stored once
}

func ExampleTree_Apply() {
	_, err := image.Tree{}.Apply(image.Layer{Entries: []image.Entry{image.File("../etc/shadow", "")}})
	fmt.Println(err)
	// Output: image: "../etc/shadow" is not a clean path from the root: no empty parts, no . and no ..
}
