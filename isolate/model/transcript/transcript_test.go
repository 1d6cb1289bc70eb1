package transcript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheModelAnswersAsTheKernel replays the recordings. Those in testdata/equal are equal and must stay so; the list only grows.
func TestTheModelAnswersAsTheKernel(t *testing.T) {
	list, err := os.ReadFile("testdata/equal")
	require.NoError(t, err)
	for _, name := range strings.Fields(string(list)) {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			require.NoError(t, err)
			want, err := Parse(string(text))
			require.NoError(t, err)
			if o := Compare(want); !o.Equal() {
				t.Errorf("- the kernel, + the model\n%s", o.Diff())
			}
		})
	}
}

// TestOurOwnTranscripts replays what scripts/record has recorded: all must be equal, and there must be as many as we say.
func TestOurOwnTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/own/*.txt")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 70)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			want, err := Parse(string(text))
			require.NoError(t, err)
			if o := Compare(want); !o.Equal() {
				t.Errorf("- the kernel, + the model\n%s", o.Diff())
			}
		})
	}
}

// TestTheListIsComplete keeps the list honest: what became equal must be on it.
func TestTheListIsComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("it replays what is known to differ")
	}
	list, err := os.ReadFile("testdata/equal")
	require.NoError(t, err)
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if strings.Contains("\n"+string(list), "\n"+name+"\n") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		want, err := Parse(string(text))
		require.NoError(t, err)
		if Compare(want).Equal() {
			t.Errorf("%s is equal: put it into testdata/equal", name)
		}
	}
}

func TestParseIsTheInverseOfString(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		got, err := Parse(string(text))
		require.NoError(t, err)
		require.Equal(t, string(text), got.String(), file)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	_, err := Parse("title\n")
	require.ErrorContains(t, err, "line 1")
	_, err = Parse("# a: b\nno command\n")
	require.ErrorContains(t, err, "line 2")
}

func TestMask(t *testing.T) {
	for _, c := range [][2]string{
		{"uts:[4026531838] uts:[4026532200] uts:[4026531838]", "uts:[<ns:1>] uts:[<ns:2>] uts:[<ns:1>]"},
		{" 4200 4299 4300 14200", " <pid> <pid> 4300 14200"},
		{"Jun  9 10:00 Feb 18  2017", "<time> <time>"},
		{"link 3e:00:11:22:33:44 brd ff:ff:ff:ff:ff:ff", "link <mac> brd ff:ff:ff:ff:ff:ff"},
	} {
		require.Equal(t, c[1], Mask(c[0]))
	}
}

func TestReportEndsWithTheSum(t *testing.T) {
	want := Transcript{Name: "x-y", Title: "t", Steps: []Step{{"true", "", 0}, {"echo a", "b\n", 0}}}
	got := Transcript{Name: "x-y", Title: "t", Steps: []Step{{"true", "", 0}, {"echo a", "a\n", 1}}}
	text := Report([]Outcome{{want, got}, {want, want}})
	require.Contains(t, text, "  $ echo a\n  -b\n  +a\n  +[exit 1]\n")
	require.Contains(t, text, "x: commands 3 of 4, transcripts 1 of 2\n")
	require.True(t, strings.HasSuffix(text, "transcripts: 1 of 2 equal\n"))
}
