package workload

import (
	"slices"
	"time"
)

// Image is one model image.
type Image struct {
	// Repository is the name without tag, and without docker.io and library: "nginx", "gcr.io/google-samples/hello-app".
	Repository string
	// Tags are the tags it can be pulled by; empty means any tag.
	Tags []string
	// Layers are what a node downloads, the lowest first. A layer the node has already is not downloaded again.
	Layers []Layer
	// Shell tells that it has a shell and the small Unix tools, so that a command decides what runs.
	Shell bool
	// Entry tells that arguments without a command go to the program, which ignores them.
	Entry bool
	// Program is what runs when no command is given, and Name how a command calls it, as in "redis-server".
	Program Program
	Name    string
	// Tools are commands that only this image has.
	Tools []Tool
}

// Layer is one layer of an image.
type Layer struct {
	// Name tells layers apart; equal names are the same layer.
	Name string
	// Bytes is how much is downloaded.
	Bytes int64
}

// Tool is a command of an image that asks its program something, as redis-cli does.
type Tool struct {
	// Name of the command.
	Name string
	// Says is what it prints while the program serves, and Fails while it does not; it then exits with Code.
	Says, Fails string
	Code        int32
}

// Bytes is the size of the whole image.
func (im *Image) Bytes() int64 {
	var n int64
	for _, l := range im.Layers {
		n += l.Bytes
	}
	return n
}

// Catalog is a set of images. It is not changed once a world uses it.
type Catalog struct {
	images []*Image
}

// NewCatalog is a catalog of these images. Of two with the same repository and tag the later one counts.
func NewCatalog(images ...Image) *Catalog { return (&Catalog{}).With(images...) }

// With is a catalog of the same images and these.
func (c *Catalog) With(images ...Image) *Catalog {
	all := slices.Clone(c.images)
	for _, im := range images {
		all = append(all, &im)
	}
	return &Catalog{all}
}

// Images are the images of the catalog, the older first. They must not be changed.
func (c *Catalog) Images() []*Image { return c.images }

// Find is the image a reference means; false if no registry has it. The registry docker.io and the folder library
// may be left out, and so may the tag (which is then latest).
func (c *Catalog) Find(ref string) (*Image, bool) {
	repository, tag := Split(ref)
	for i := len(c.images) - 1; i >= 0; i-- {
		if im := c.images[i]; im.Repository == repository && (len(im.Tags) == 0 || slices.Contains(im.Tags, tag)) {
			return im, true
		}
	}
	return &unknown, false
}

// unknown stands for an image that is in no catalog: it does nothing.
var unknown Image

// Known tells whether there is a repository of this name, whatever its tags.
func (c *Catalog) Known(ref string) bool {
	repository, _ := Split(ref)
	return slices.ContainsFunc(c.images, func(im *Image) bool { return im.Repository == repository })
}

// Missing is how many bytes of an image a node has to download that holds some others already.
func (c *Catalog) Missing(im *Image, have func(layer string) bool) int64 {
	var n int64
	for _, l := range im.Layers {
		if !have(l.Name) {
			n += l.Bytes
		}
	}
	return n
}

// Resolve is how long a registry takes to say what a reference means, and Timeout how long a node waits for one that does not answer.
const (
	Resolve = 500 * time.Millisecond
	Timeout = 10 * time.Second
)

// PullTime is how long a node takes to fetch so many bytes: half a second to ask, then 60 MB a second.
func PullTime(bytes int64) time.Duration {
	return Resolve + time.Duration(bytes/60)*time.Microsecond
}
