// Package upstream compares labels with k8s.io/apimachinery, by differential fuzzing and by benchmarks that run both
// sides in one process. It is a module of its own, so that nobody who uses Slipway downloads the peers.
//
//	go test -fuzz=FuzzParse -fuzztime=30s .
//	go test -bench=. -count=20 . | tee new.txt && benchstat -col /side new.txt
package upstream
