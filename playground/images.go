package playground

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Image is an image that a scenario brings. What is left out is zero; times are in milliseconds, sizes in mebibytes.
type Image struct {
	// Name is the repository, with the tag behind a colon: "shop/cart:2.0". Without a tag it has all of them.
	Name string `json:"name"`
	// SizeMiB is how much a node downloads.
	SizeMiB int64 `json:"sizeMiB,omitempty"`
	// StartsMs is how long it takes until it serves; RunsMs after how long it ends, with ExitCode (0: it goes on).
	StartsMs int64 `json:"startsMs,omitempty"`
	RunsMs   int64 `json:"runsMs,omitempty"`
	ExitCode int32 `json:"exitCode,omitempty"`
	// StopsMs is how long it takes to end after SIGTERM, and StopCode what it then exits with; IgnoresTerm tells that it does not.
	StopsMs     int64 `json:"stopsMs,omitempty"`
	StopCode    int32 `json:"stopCode,omitempty"`
	IgnoresTerm bool  `json:"ignoresTerm,omitempty"`
	// MemoryMiB is what it holds, LeakMiB by how much that grows each second, MilliCPU what it uses.
	MemoryMiB int64 `json:"memoryMiB,omitempty"`
	LeakMiB   int64 `json:"leakMiB,omitempty"`
	MilliCPU  int64 `json:"milliCPU,omitempty"`
	// Port it listens on; 0 for none. Pages are what it answers there.
	Port  int32       `json:"port,omitempty"`
	Pages []ImagePage `json:"pages,omitempty"`
	// Log are lines it prints when it has started.
	Log []string `json:"log,omitempty"`
	// NoShell tells that there is nothing in it but its program.
	NoShell bool `json:"noShell,omitempty"`
}

// ImagePage is one answer of an image over HTTP.
type ImagePage struct {
	// Path of the URL; empty for every path without a page of its own.
	Path string `json:"path,omitempty"`
	// Status is 200 unless it says otherwise. In the Body $HOSTNAME stands for the name of the pod, $VERSION for the tag.
	Status int    `json:"status,omitempty"`
	Body   string `json:"body,omitempty"`
	// TakesMs is how long the answer takes; FromMs and UntilMs bound when the page is there, counted from the start.
	TakesMs int64 `json:"takesMs,omitempty"`
	FromMs  int64 `json:"fromMs,omitempty"`
	UntilMs int64 `json:"untilMs,omitempty"`
}

// maxImages is how many images a scenario may bring.
const maxImages = 50

// catalog is the standard one with the images of the scenario.
func (sc *Scenario) catalog() *workload.Catalog {
	own := make([]workload.Image, 0, len(sc.Images))
	for i := range sc.Images {
		own = append(own, sc.Images[i].image())
	}
	return workload.Standard().With(own...)
}

// checkImages tells what is wrong with the images of a scenario.
func (sc *Scenario) checkImages() error {
	if len(sc.Images) > maxImages {
		return fmt.Errorf("playground: scenario brings %d images; at most %d are allowed", len(sc.Images), maxImages)
	}
	for i, im := range sc.Images {
		if repository, _ := workload.Split(im.Name); repository == "" || repository != strings.ToLower(repository) {
			return fmt.Errorf("playground: scenario: images[%d].name: Invalid value: %q: must be a name in lower case, such as shop/cart:2.0", i, im.Name)
		}
		for _, n := range []int64{im.SizeMiB, im.StartsMs, im.RunsMs, im.StopsMs, im.MemoryMiB, im.LeakMiB, im.MilliCPU, int64(im.Port)} {
			if n < 0 || n > 1<<32 {
				return fmt.Errorf("playground: scenario: images[%d]: Invalid value: %d: must be between 0 and 4294967296", i, n)
			}
		}
	}
	return nil
}

// image is the same for the catalog.
func (im *Image) image() workload.Image {
	const mib = 1 << 20
	ms := func(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
	repository, tag := workload.Split(im.Name)
	out := workload.Image{
		Repository: repository, Name: "program", Shell: !im.NoShell, Entry: im.NoShell,
		Layers: []workload.Layer{{Name: im.Name, Bytes: im.SizeMiB * mib}},
		Program: workload.Program{
			Forever: im.RunsMs == 0, Runs: ms(im.RunsMs), ExitCode: im.ExitCode, Starts: ms(im.StartsMs),
			StopsAfter: ms(im.StopsMs), StopCode: im.StopCode, IgnoresTerm: im.IgnoresTerm,
			CPU: im.MilliCPU, Memory: im.MemoryMiB * mib, Leak: im.LeakMiB * mib,
		},
	}
	if strings.HasSuffix(im.Name, ":"+tag) {
		out.Tags = []string{tag}
	}
	for _, line := range im.Log {
		out.Program.Log = append(out.Program.Log, workload.Line{At: ms(im.StartsMs), Text: line})
	}
	if im.Port == 0 {
		return out
	}
	port := workload.Port{Number: im.Port}
	for _, p := range im.Pages {
		status := p.Status
		if status == 0 {
			status = 200
		}
		port.Pages = append(port.Pages, workload.Page{
			Path: p.Path, Status: status, Body: p.Body, Takes: ms(p.TakesMs), From: ms(p.FromMs), Until: ms(p.UntilMs),
		})
	}
	out.Program.Ports = []workload.Port{port}
	return out
}
