package calendar

import (
	"math/rand/v2"
	"testing"
	"time"
)

var layouts = map[string]string{
	RFC3339: time.RFC3339,
	Micro:   "2006-01-02T15:04:05.000000Z07:00",
	Nano:    "2006-01-02T15:04:05.000000000Z07:00",
	Nanos:   time.RFC3339Nano,
	Clock:   time.TimeOnly,
	Date:    "Mon Jan _2 15:04:05 UTC 2006",
	RFC1123: time.RFC1123Z,
}

func TestTextIsWhatTimeWrites(t *testing.T) {
	check := func(at time.Time) {
		t.Helper()
		for form, layout := range layouts {
			if got, want := Text(at, form), at.Format(layout); got != want {
				t.Fatalf("Text(%d, %q) = %q, want %q", at.Unix(), form, got, want)
			}
		}
	}
	check(time.Time{})
	for at := time.Date(1, 1, 1, 23, 59, 59, 7, time.UTC); at.Year() < 2500; at = at.Add(251*time.Hour + 61*time.Second) {
		check(at)
	}
	r := rand.New(rand.NewPCG(1, 2))
	const year9999 = 253402300799
	for range 20000 {
		nanos := r.Int64N(1e9)
		for range r.IntN(10) {
			nanos -= nanos % 10
			nanos /= 10
		}
		check(time.Unix(r.Int64N(year9999+62135596800)-62135596800, nanos).UTC())
	}
	check(time.Unix(year9999+1, 0).UTC())
}

func TestDaysAreTheWayBack(t *testing.T) {
	for day := -719162; day < 1_000_000; day++ {
		if got := daysTo(civil(day)); got != day {
			t.Fatalf("daysTo(civil(%d)) = %d", day, got)
		}
	}
	if got := daysTo(0, 1, 1); got != -719528 {
		t.Errorf("daysTo(0, 1, 1) = %d", got)
	}
}

// mutations are texts near the ones that are read: cut off, with another byte in a place, and with one more.
func mutations(text string, yield func(string)) {
	yield(text)
	for i := range len(text) + 1 {
		yield(text[:i])
		for _, c := range []string{"", "0", "1", "2", "3", "6", "9", "-", "+", ":", ".", ",", "T", "t", "Z", " ", "\"", "\\", "\n", "ữ", "\xff", "5.5", "99"} {
			yield(text[:i] + c + text[i:])
			if i < len(text) {
				yield(text[:i] + c + text[i+1:])
			}
		}
	}
}

func TestParseReadsAndRefusesAsTimeDoes(t *testing.T) {
	for _, text := range []string{
		"2017-02-18T02:00:00Z", "2016-02-29T23:59:59.123456789+07:00", "2017-02-29T02:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-24:60",
		"2017-04-31T2:00:00,5Z", "2017-13-40T25:61:61+25:61", "2017-11-31T02:00:00.9999999999Z", "yesterday", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z",
	} {
		for _, layout := range []string{time.RFC3339, time.RFC3339Nano} {
			mutations(text, func(text string) {
				want, wantErr := time.Parse(layout, text)
				got, err := Parse(layout, text)
				switch {
				case (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error():
					t.Errorf("Parse(%q): error\n%v, want\n%v", text, err, wantErr)
				case !got.Equal(want):
					t.Errorf("Parse(%q) = %v, want %v", text, got, want)
				}
			})
		}
	}
}

func TestLooseIsWhatYAMLTakesForATime(t *testing.T) {
	known := func(text string) bool {
		for _, layout := range []string{"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"} {
			if _, err := time.Parse(layout, text); err == nil {
				return true
			}
		}
		return false
	}
	for _, text := range []string{"2017-02-18", "2017-2-8T2:0:0Z", "2017-02-18t02:00:00.5+07:00", "2017-02-18   02:00:00", "2017-02-29", "2017-2-8 2:1:1.5"} {
		mutations(text, func(text string) {
			if got, want := Loose(text), known(text); got != want {
				t.Errorf("Loose(%q) = %v, want %v", text, got, want)
			}
		})
	}
}

func TestTimeOfDayIsWhatTimeReads(t *testing.T) {
	for _, text := range []string{"10:30:15", "9:05", "23:59:59.25", "24:00", "00:60"} {
		mutations(text, func(text string) {
			want, err := time.Parse("15:04:05", text)
			if err != nil {
				want, err = time.Parse("15:04", text)
			}
			got, ok := TimeOfDay(text)
			if ok != (err == nil) || ok && got != want.Sub(want.Truncate(24*time.Hour)) {
				t.Errorf("TimeOfDay(%q) = %v, %v, want %v, %v", text, got, ok, want, err)
			}
		})
	}
}
