//go:build linux

// Command record types scripts to a real shell on a real kernel and writes down what came of them: transcripts, by which the model kernel is
// judged (isolate/model/transcript). scripts/record starts it as process 2 of the rig, with the tree of a lab in /lab and the scripts in
// /scripts; testdata/FORMAT.md of that package says what the lab looks like. Each script is typed to two fresh labs, one after the other; one that
// does not come out equal twice tells nothing about a kernel and is refused.
//
// Transcripts leave the machine by its serial line, in base64. `record -write DIR` reads that from its input, outside, and writes the files.
package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model/transcript"
)

// frame stands before a transcript on the serial line.
const frame = "transcript: "

func main() {
	if len(os.Args) > 1 && os.Args[1] == enterLab {
		fmt.Fprintln(os.Stderr, "record: lab:", becomeLab()) // it returns only if it failed
		os.Exit(1)
	}
	write := flag.String("write", "", "write the transcripts that stand on standard input into `DIR`")
	flag.Parse()
	var err error
	if *write != "" {
		err = unpack(os.Stdin, *write)
	} else {
		err = record("/scripts")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

// record types every script of a folder and prints what came of it. A script that failed does not keep the others from being recorded.
func record(dir string) error {
	if err := errors.Join(beFirst(), prepareMachine()); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return err
	}
	var failed []error
	for i, file := range files {
		fmt.Printf("record: %d of %d: %s\n", i+1, len(files), filepath.Base(file))
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		t, err := twice(string(text))
		if err != nil {
			err = fmt.Errorf("%s: %w", filepath.Base(file), err)
			fmt.Println("record:", err)
			failed = append(failed, err)
			continue
		}
		fmt.Println(frame + base64.StdEncoding.EncodeToString([]byte(t.Name+"\n"+t.String())))
	}
	return errors.Join(failed...)
}

// twice records a script and refuses it if it came out in two ways.
func twice(text string) (transcript.Transcript, error) {
	script, err := transcript.Parse(text)
	if err != nil {
		return script, err
	}
	var came [2]transcript.Transcript
	for i := range came {
		if came[i], err = typeIn(script); err != nil {
			return script, err
		}
	}
	first, second := transcript.Mask(came[0].String()), transcript.Mask(came[1].String())
	if first != second {
		return script, fmt.Errorf("it came out in two ways, so it says nothing of the kernel:\n--- once\n%s--- and again\n%s", first, second)
	}
	return transcript.Parse(first)
}

// unpack writes the transcripts of a serial line into a folder.
func unpack(from io.Reader, dir string) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 16<<20)
	written := 0
	for lines.Scan() {
		packed, ok := strings.CutPrefix(lines.Text(), frame)
		if !ok {
			continue
		}
		plain, err := base64.StdEncoding.DecodeString(packed)
		if err != nil {
			return fmt.Errorf("a transcript arrived damaged: %w", err)
		}
		name, text, _ := strings.Cut(string(plain), "\n")
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)+".txt"), []byte(text), 0o644); err != nil {
			return err
		}
		written++
	}
	fmt.Printf("%d transcripts written\n", written)
	return lines.Err()
}
