import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Autosave } from './autosave.js';

let saves: [at: number, now: boolean][];
let autosave: Autosave;
let start: number;

beforeEach(() => {
  vi.useFakeTimers();
  saves = [];
  start = performance.now();
  autosave = new Autosave((now) => saves.push([performance.now() - start, now]));
});
afterEach(() => vi.useRealTimers());

/** Lets time pass as a page does: a patch every 50 ms, in which pods may move. */
function pass(ms: number, moves: (at: number) => boolean): void {
  for (let at = 0; at < ms; at += 50) {
    autosave.want('sometime');
    if (moves(at)) autosave.stir();
    vi.advanceTimersByTime(50);
  }
}

test('a line is kept once, when nothing moves', () => {
  autosave.want('soon');
  autosave.want('soon');
  pass(2000, () => false);
  expect(saves).toEqual([[120, false]]);
});

test('during a rollout a line waits until nothing moves, and not for ever', () => {
  autosave.want('soon');
  pass(400, () => true);
  expect(saves).toEqual([]);
  pass(200, () => false);
  expect(saves).toEqual([[470, false]]);
  saves.length = 0;
  const again = performance.now() - start;
  autosave.want('soon');
  pass(5000, () => true);
  expect(saves).toEqual([[again + 1000, false]]);
});

test('time that passes is kept now and then: after a rollout, and during a long one', () => {
  pass(8000, (at) => at < 2000);
  expect(saves.map(([at]) => at)).toEqual([4950, 7950]);
  autosave.stop();
  saves.length = 0;
  const again = performance.now() - start;
  pass(25_000, () => true);
  expect(saves.map(([at]) => at - again)).toEqual([10_000, 20_000]);
});

test('lines one after the other are kept together', () => {
  for (let i = 0; i < 8; i++) {
    autosave.want('soon');
    autosave.stir();
    vi.advanceTimersByTime(60);
  }
  vi.advanceTimersByTime(1000);
  expect(saves).toHaveLength(1);
});

test('a page that goes away is kept at once, and nothing twice', () => {
  autosave.want('soon');
  autosave.want('now');
  expect(saves).toEqual([[0, true]]);
  vi.advanceTimersByTime(20_000);
  expect(saves).toHaveLength(1);
});

test('stopped, it keeps nothing', () => {
  autosave.want('soon');
  autosave.stop();
  autosave.stir();
  vi.advanceTimersByTime(20_000);
  expect(saves).toEqual([]);
});
