package workload

import (
	"hash/fnv"
	"strconv"
	"strings"
)

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
	case !strings.ContainsAny(first, ".:") && first != "localhost":
		repository = "docker.io/" + repository
	}
	return repository + ":" + tag
}

// Registry is the host a reference is pulled from: docker.io for "nginx".
func Registry(ref string) string {
	host, _, _ := strings.Cut(Canonical(ref), "/")
	return host
}

// Digest is the made-up but stable digest of what a reference means, as "sha256:" and 64 hexadecimal digits.
func Digest(ref string) string {
	name := Canonical(ref)
	b := make([]byte, 0, 71)
	b = append(b, "sha256:"...)
	for i := range 4 {
		h := fnv.New64a()
		_, _ = h.Write([]byte{byte(i)})
		_, _ = h.Write([]byte(name))
		digits := strconv.FormatUint(h.Sum64(), 16)
		b = append(b, "0000000000000000"[len(digits):]...)
		b = append(b, digits...)
	}
	return string(b)
}
