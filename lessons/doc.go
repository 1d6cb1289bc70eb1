// Package lessons reads lessons and checks their form.
//
//	content/pod/scenario.yaml    nodes, files, steps, goals, solutions: the same in every language
//	content/pod/lesson.en.md     the text: front matter, then one "## Heading {#step}" section a step
//	content/pod/lesson.vi.md
//	        |
//	      Read  ->  *Lesson, or Problems with file, line, column and a hint
//	        |
//	        |-- lessons/render: to HTML, when the site is built
//	        '-- lessons/prove: plays the solutions and holds every goal to its promise
//
// A section is Markdown. Two kinds of fenced blocks have a meaning: ```goal ID holds the goal's text in the lesson's language,
// on one line, and ```hint a hint, itself Markdown. Blocks marked sh are lines to click and type.
//
// Only the form is checked here: that keys are known, ids unique, and every step and goal has its text in every language.
// Whether a goal can be reached is what lessons/prove finds out.
package lessons
