// An engine as a page's worker runs it, under Node, and how long it takes to answer: processor time, of the shortest and the middle run of
// many, because the machine may be busy with other things.
import { readFileSync } from 'node:fs';

const runs = 21;

/** Loads an engine; wanted is how many milliseconds a line may take. */
export async function load(wasm, exec, wanted) {
  await import(new URL(exec, `file://${process.cwd()}/`));
  const go = new globalThis.Go();
  let memory;
  let said = [];
  const emit = (at, length) => {
    said.push(new TextDecoder().decode(new Uint8Array(memory.buffer, at >>> 0, length)));
  };
  const before = process.cpuUsage();
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { ...go.importObject, slipway: { emit } });
  memory = instance.exports.mem;
  go.run(instance);

  /** What the engine answers to one message. */
  function say(input) {
    said = [];
    const bytes = new TextEncoder().encode(JSON.stringify(input));
    const at = Number(instance.exports.alloc(bytes.length));
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    instance.exports.step(bytes.length);
    return said;
  }

  /** Says something, and acknowledges each patch as a page does. */
  function drawn(input) {
    const texts = say(input);
    for (const text of texts) {
      const seq = /^\{"type":"patch","seq":(\d+)/.exec(text)?.[1];
      if (seq) say({ op: 'ack', seq: Number(seq) });
    }
    return texts;
  }

  /** Processor milliseconds and printed characters of one run. */
  function once(input) {
    const from = process.cpuUsage();
    const texts = say(input);
    const ms = spent(from);
    for (const text of texts) {
      const seq = /^\{"type":"patch","seq":(\d+)/.exec(text)?.[1];
      if (seq) say({ op: 'ack', seq: Number(seq) });
    }
    return [ms, texts.reduce((n, t) => n + t.length, 0)];
  }

  function measure(name, input) {
    const times = [];
    let length = 0;
    for (let i = 0; i < runs; i++) {
      instance.exports.step(0); // as the worker does when nobody waits
      const [ms, n] = once(typeof input === 'function' ? input(i) : input);
      times.push(ms);
      length = n;
    }
    times.sort((a, b) => a - b);
    const middle = times[runs >> 1];
    const verdict = middle <= wanted ? 'reached' : 'MISSED';
    console.log(`line ${name}: ${times[0].toFixed(1)} ms, ${middle.toFixed(1)} in the middle, ${length} bytes; wanted ${wanted}: ${verdict}`);
  }

  return { say, drawn, measure, /** Tells how long it took from the file's bytes to here. */ started: () => spent(before) };
}

function spent(from) {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
