// Package image is the "package format" of a container: an ordered list of layers, each a set of files that lies over those below it,
// and a small text that says what to run.
//
// A layer can only add. To change a file it holds the whole new file; to delete one it holds a marker, a whiteout: an empty file
// whose name is .wh. and the name of what is gone, and .wh..wh..opq in a folder hides everything the folder had. A kernel's
// overlay file system knows the same two marks in another spelling, a character device 0:0 and an extended attribute, which is
// why layers can be mounted and not only copied.
//
// Nothing in an image is found by its name. A layer is called by the SHA-256 sum of its bytes (its DiffID), what is below a layer is
// part of another sum (its ChainID), and the image's ID is the sum of its configuration, which lists the DiffIDs: two
// builds that come to the same bytes are the same image, and a layer two images have in common is stored once.
//
//	base := image.Layer{Entries: []image.Entry{image.Dir("etc"), image.File("etc/motd", "hello\n")}}
//	tree, _ := image.Tree{}.Apply(base)
//	next, _ := tree.Apply(image.Layer{Entries: []image.Entry{image.Whiteout("etc/motd")}})
//	change := image.Diff(tree, next) // the layer that leads from one to the other
//
// Sources: OCI Image Format Specification 1.1, "Image Layer Filesystem Changeset" and "Image Configuration"; the kernel's
// documentation of overlayfs; pax(1) for the bytes of a layer.
package image
