import { expect, test } from 'vitest';
import { tones, type WorldEvent } from '../model.js';
import { places, since, toMs, toPlace } from './scale.js';
import { commandMarks, eventMarks, grain } from './track.js';

test('the last place is the present and the first the beginning', () => {
  expect(toPlace(4000, 4000)).toBe(places);
  expect(toPlace(0, 4000)).toBe(0);
  expect(toMs(places, 4000)).toBe(4000);
  expect(toMs(0, 4000)).toBe(0);
});

test('a session without a past, or a moment beyond it, is the present', () => {
  expect(toPlace(0, 0)).toBe(places);
  expect(toPlace(9000, 4000)).toBe(places);
});

test.each([[0, '0:00.0'], [1250, '0:01.2'], [59_990, '0:59.9'], [60_000, '1:00.0'], [3_723_400, '1:02:03.4']])('%d ms is written %s', (ms, want) => {
  expect(since(ms)).toBe(want);
});

function events(n: number): WorldEvent[] {
  return Array.from({ length: n }, (_, i) => ({ ms: i * 10, tone: tones[i % tones.length] ?? 'ok', reason: '', object: '', text: '', actor: '' }));
}

function spotsOf(path: string): number[] {
  return [...path.matchAll(/M([\d.]+) /g)].map((m) => Number(m[1]));
}

test('every event has a mark of its tone at its place', () => {
  const happened = events(40);
  const marks = new Map(eventMarks(happened, 1000, 25).map((m) => [m.tone, spotsOf(m.path)]));
  expect(marks.size).toBe(tones.length);
  for (const e of happened) {
    const near = marks.get(e.tone)?.some((x) => Math.abs(x - toPlace(e.ms, 1000)) <= grain / 2);
    expect(near, `${e.tone} at ${e.ms}`).toBe(true);
  }
});

test('however much happens, there are no more marks than places for them', () => {
  const marks = eventMarks(events(50_000), 500_000, 25);
  expect(marks).toHaveLength(tones.length);
  for (const { path } of marks) expect(spotsOf(path).length).toBeLessThanOrEqual(places / grain + 1);
  expect(eventMarks([], 0, 25)).toEqual([]);
});

test('commands are strokes, those typed together one', () => {
  const entries = [0, 1, 2000, 4000].map((ms) => ({ text: 'x', rev: 0, ms }));
  expect(commandMarks(entries, 4000, 5, 6)).toBe(`M0 5v6M${places / 2} 5v6M${places} 5v6`);
});
