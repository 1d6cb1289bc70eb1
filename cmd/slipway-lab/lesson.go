package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/slipway-dev/slipway/internal/command"
	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/lessons/prove"
	"github.com/slipway-dev/slipway/lessons/render"
)

var lessonCommands = command.Table{
	Name: "slipway lesson",
	Commands: []command.Command{
		{Name: "check", Short: "hold lessons to their form and their promises", Run: lessonCheck},
		{Name: "build", Short: "write the lessons as the site reads them", Run: lessonBuild},
		{Name: "list", Short: "say which lessons there are", Run: lessonList},
	},
}

// source is a lesson and the folder of folders it is in.
type source struct {
	files fs.FS
	name  string
}

// sources are the lessons in the given folders, or those that come with slipway.
func sources(dirs []string) ([]source, error) {
	var out []source
	for _, dir := range dirs {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		out = append(out, source{os.DirFS(filepath.Dir(dir)), filepath.Base(dir)})
	}
	if len(dirs) > 0 {
		return out, nil
	}
	names, err := lessons.Names(lessons.Content())
	for _, name := range names {
		out = append(out, source{lessons.Content(), name})
	}
	return out, err
}

// verdict is what checking found of one lesson.
type verdict struct {
	Lesson   string            `json:"lesson"`
	OK       bool              `json:"ok"`
	Problems []lessons.Problem `json:"problems"`
	Findings []prove.Finding   `json:"findings"`
}

func lessonCheck(args []string, out, errs io.Writer) error {
	f := command.Flags("lesson check", "[-o json] [DIR...]")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	if *format != "" && *format != "json" {
		return fmt.Errorf("-o %s is not known; json is", *format)
	}
	list, err := sources(f.Args())
	if err != nil {
		return err
	}
	verdicts, bad := []verdict{}, 0
	for _, s := range list {
		if *format == "" {
			fmt.Fprintf(errs, "checking %s ...\n", s.name)
		}
		v, err := checkOne(s)
		if err != nil {
			return fmt.Errorf("lesson %s: %w", s.name, err)
		}
		if !v.OK {
			bad++
		}
		verdicts = append(verdicts, v)
	}
	if *format == "json" {
		if err := json.NewEncoder(out).Encode(verdicts); err != nil {
			return err
		}
	} else {
		tell(out, verdicts)
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d lessons do not hold", bad, len(verdicts))
	}
	return nil
}

func checkOne(s source) (verdict, error) {
	v := verdict{Lesson: s.name, Problems: []lessons.Problem{}, Findings: []prove.Finding{}}
	l, err := lessons.Read(s.files, s.name)
	var problems lessons.Problems
	if errors.As(err, &problems) {
		v.Problems = problems
		return v, nil
	}
	if err != nil {
		return v, err
	}
	findings, err := prove.Lesson(l)
	v.Findings = append(v.Findings, findings...)
	v.OK = len(findings) == 0
	return v, err
}

func tell(out io.Writer, verdicts []verdict) {
	for _, v := range verdicts {
		for _, p := range v.Problems {
			fmt.Fprintln(out, p.Error())
		}
		for _, f := range v.Findings {
			fmt.Fprintf(out, "%s: %s\n", v.Lesson, f)
		}
		if v.OK {
			fmt.Fprintf(out, "%s: ok\n", v.Lesson)
		}
	}
}

func lessonBuild(args []string, out, errs io.Writer) error {
	f := command.Flags("lesson build", "--out DIR [DIR...]")
	dir := f.String("out", "", "folder to write to; it gets a folder for each lesson")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	if *dir == "" {
		fmt.Fprintln(errs, "slipway: lesson build needs --out DIR")
		return command.ErrUsage
	}
	list, err := sources(f.Args())
	if err != nil {
		return err
	}
	for _, s := range list {
		l, err := lessons.Read(s.files, s.name)
		if err != nil {
			return err
		}
		if err := writeLesson(filepath.Join(*dir, s.name), l); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%d lessons written to %s\n", len(list), *dir)
	return nil
}

func writeLesson(dir string, l *lessons.Lesson) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := writeJSON(filepath.Join(dir, "scenario.json"), l.Scenario); err != nil {
		return err
	}
	pictures, err := prove.Pictures(l)
	if err != nil {
		return err
	}
	// Nobody reads this file, and everybody loads it: no line ends.
	b, err := json.Marshal(map[string]any{"steps": pictures})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "goals.json"), b, 0o644); err != nil {
		return err
	}
	for _, t := range l.Texts {
		if err := writeJSON(filepath.Join(dir, t.Lang+".json"), render.Lesson(t)); err != nil {
			return err
		}
	}
	return nil
}

func writeJSON(name string, v any) error {
	b, err := render.JSON(v)
	if err != nil {
		return err
	}
	return os.WriteFile(name, b, 0o644)
}

// entry is a lesson in a list.
type entry struct {
	Name   string            `json:"name"`
	Titles map[string]string `json:"titles"` // by language
	Steps  int               `json:"steps"`
}

func lessonList(args []string, out, errs io.Writer) error {
	f := command.Flags("lesson list", "[-o json]")
	format := f.String("o", "", "print json")
	if err := command.Parse(f, args, out, errs); err != nil {
		return err
	}
	list, err := sources(nil)
	if err != nil {
		return err
	}
	entries := []entry{}
	for _, s := range list {
		l, err := lessons.Read(s.files, s.name)
		if err != nil {
			return err
		}
		e := entry{Name: s.name, Titles: map[string]string{}, Steps: len(l.Scenario.Steps)}
		for _, t := range l.Texts {
			e.Titles[t.Lang] = t.Title
		}
		entries = append(entries, e)
	}
	if *format == "json" {
		return json.NewEncoder(out).Encode(entries)
	}
	for _, e := range entries {
		fmt.Fprintf(out, "%-20s %s\n", e.Name, e.Titles["en"])
	}
	return nil
}
