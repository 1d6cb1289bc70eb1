package workload

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Image is one model image.
type Image struct {
	// Repository is the name without registry and tag, for example "nginx" or "google-samples/hello-app".
	Repository string
	// Tags are the tags it can be pulled by; empty means any tag.
	Tags []string
	// Bytes is how much a node downloads.
	Bytes int64
	// Starts is the time from the start of its process until it works.
	Starts time.Duration
	// Shell tells that it has a shell and the small Unix tools, so that a command decides what runs.
	Shell bool
	// Program is what runs when no command is given. With a Shell and no Runs it ends at once, because its
	// standard input is closed.
	Program Program
}

// Program is what a process does.
type Program struct {
	// Forever tells that it does not end by itself; otherwise it ends after Runs with ExitCode.
	Forever  bool
	Runs     time.Duration
	ExitCode int32
	// StopsAfter is how long it takes to end after SIGTERM; IgnoresTerm that it does not, so that it lives until it
	// is killed at the end of its grace period.
	StopsAfter  time.Duration
	IgnoresTerm bool
}

// Catalog is a set of images. It is not changed once a world uses it.
type Catalog struct {
	images []Image
}

// NewCatalog is a catalog of these images. Of two with the same repository the later one counts.
func NewCatalog(images ...Image) *Catalog { return &Catalog{images: slices.Clone(images)} }

// With is a catalog of the same images and these.
func (c *Catalog) With(images ...Image) *Catalog {
	return &Catalog{images: append(slices.Clone(c.images), images...)}
}

// Standard is the catalog a world has unless told otherwise.
func Standard() *Catalog {
	server := Program{Forever: true, StopsAfter: 200 * time.Millisecond}
	return NewCatalog(
		Image{Repository: "nginx", Bytes: 72_000_000, Starts: 150 * time.Millisecond, Program: server},
		Image{Repository: "busybox", Bytes: 2_200_000, Starts: 20 * time.Millisecond, Shell: true},
	)
}

// Find is the image a reference means; false if no registry has it. The registry docker.io and the folder library
// may be left out, and so may the tag (which is then latest).
func (c *Catalog) Find(ref string) (Image, bool) {
	repository, tag := Split(ref)
	for i := len(c.images) - 1; i >= 0; i-- {
		if im := c.images[i]; im.Repository == repository && (len(im.Tags) == 0 || slices.Contains(im.Tags, tag)) {
			return im, true
		}
	}
	return Image{}, false
}

// Split takes a reference apart: "docker.io/library/nginx:1.27" is "nginx" and "1.27".
func Split(ref string) (repository, tag string) {
	repository, _, _ = strings.Cut(ref, "@")
	tag = "latest"
	if i := strings.LastIndexByte(repository, ':'); i > strings.LastIndexByte(repository, '/') {
		repository, tag = repository[:i], repository[i+1:]
	}
	repository = strings.TrimPrefix(repository, "docker.io/")
	repository = strings.TrimPrefix(repository, "library/")
	return repository, tag
}

// Canonical is a reference as a container runtime writes it: "nginx" is "docker.io/library/nginx:latest".
func Canonical(ref string) string {
	repository, tag := Split(ref)
	first, _, folder := strings.Cut(repository, "/")
	switch {
	case !folder:
		repository = "docker.io/library/" + repository
	case !strings.ContainsAny(first, ".:"):
		repository = "docker.io/" + repository
	}
	return repository + ":" + tag
}

// Digest is the made-up but stable digest of what a reference means, as "sha256:" and 64 hexadecimal digits.
func Digest(ref string) string {
	var b strings.Builder
	b.WriteString("sha256:")
	for i := range 4 {
		h := fnv.New64a()
		h.Write([]byte(Canonical(ref)))
		h.Write([]byte{byte(i)})
		digits := strconv.FormatUint(h.Sum64(), 16)
		b.WriteString("0000000000000000"[len(digits):])
		b.WriteString(digits)
	}
	return b.String()
}

// PullTime is how long a node takes to fetch so many bytes: half a second to ask, then 60 MB a second.
func PullTime(bytes int64) time.Duration {
	return 500*time.Millisecond + time.Duration(bytes/60)*time.Microsecond
}
