import { expect, test } from 'vitest';
import { advance, start, type Clock } from './clock.js';
import { engineExports, read, send } from './memory.js';
import { Watchdog } from './watchdog.js';

test('paused time asks for nothing, however long it lasts', () => {
  const [clock, input] = advance(start({ kind: 'paused' }, 0), 10_000);
  expect(input).toBeUndefined();
  expect(clock.at).toBe(10_000);
});

test('slow time gathers fractions until they are a millisecond', () => {
  let clock: Clock = start({ kind: 'live', speed: 0.25 }, 0);
  let total = 0;
  for (let now = 3; now <= 300; now += 3) {
    const [next, input] = advance(clock, now);
    clock = next;
    if (input?.op === 'tick') total += input.ms;
  }
  expect(total).toBe(75);
});

test('a laptop that slept wakes to a moment, not to an hour', () => {
  const [, input] = advance(start({ kind: 'live', speed: 2 }, 0), 3_600_000);
  expect(input).toEqual({ op: 'tick', ms: 500 });
});

test('replay walks through the past and ends in the present', () => {
  const [one, first] = advance(start({ kind: 'replay', speed: 1, from: 100, end: 180 }, 0), 50);
  expect(first).toEqual({ op: 'seek', ms: 150 });
  const [two, second] = advance(one, 100);
  expect(second).toEqual({ op: 'live' });
  expect(advance(two, 150)[1]).toBeUndefined();
});

test('text crosses the memory whole, also where alloc makes it grow', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const got: string[] = [];
  const engine = engineExports({
    mem: memory,
    alloc: () => {
      memory.grow(1);
      return 65_536;
    },
    step: (n: number) => got.push(read(memory, 65_536, n)),
  });
  send(engine, 'đường trượt 🛳');
  expect(got).toEqual(['đường trượt 🛳']);
});

test('a wasm that is no engine is refused with what it lacks', () => {
  expect(() => engineExports({})).toThrow('no memory, alloc and step');
});

test('an engine that answers is left alone; one that does not is given up once', () => {
  const log: string[] = [];
  const dog = new Watchdog(() => log.push('ask'), (seconds) => log.push(`silent ${seconds}`));
  dog.patience = 3;
  dog.beat();
  dog.alive();
  dog.beat();
  dog.beat();
  dog.beat();
  dog.alive();
  expect(log).toEqual(['ask', 'ask']);
  for (let i = 0; i < 4; i++) dog.beat();
  expect(log).toEqual(['ask', 'ask', 'ask', 'silent 3']);
});
