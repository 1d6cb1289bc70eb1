// measure.mjs WASM EXEC prints how long command lines take at 1,000 pods in the engine that is shipped, as a page's worker runs it:
// from the line to the last message, its text read. Processor time, of the shortest and the middle run of many, because the machine may
// be busy with other things.
import { readFileSync } from 'node:fs';

const [, , wasm, exec] = process.argv;
const wanted = 50; // ms
const runs = 21;

await import(new URL(exec, `file://${process.cwd()}/`));
const go = new globalThis.Go();
let memory;
let said = [];
const emit = (at, length) => {
  said.push(new TextDecoder().decode(new Uint8Array(memory.buffer, at >>> 0, length)));
};
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

/** Lets virtual time pass, each patch acknowledged as a page does. */
function pass(ms) {
  for (const text of say({ op: 'tick', ms })) {
    const seq = /^\{"type":"patch","seq":(\d+)/.exec(text)?.[1];
    if (seq) say({ op: 'ack', seq: Number(seq) });
  }
}

say({ op: 'open', scenario: { name: 'lines', seed: 1, nodes: Array.from({ length: 20 }, (_, i) => ({ name: `node-${i + 1}` })), start: '', steps: [] } });
say({ op: 'line', text: 'kubectl create deployment web --image=nginx --replicas=1000' });
say({ op: 'line', text: 'kubectl expose deployment web --port=80' });
for (let s = 0; s < 120; s++) pass(1000);

/** Processor milliseconds and printed characters of one run. */
function once(input) {
  const before = process.cpuUsage();
  const texts = say(input);
  const used = process.cpuUsage(before);
  return [(used.user + used.system) / 1000, texts.reduce((n, t) => n + t.length, 0)];
}

function measure(name, input, more = {}) {
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

const line = (text) => measure(text, { op: 'line', text: `kubectl ${text}` });
for (const text of [
  'get pods', 'get pods -o wide', 'get pods -A --show-labels', 'get pods -l app=web', 'get pods --sort-by=.metadata.name', 'get pods -o name',
  'get pods -o yaml', 'get pods -o json', "get pods -o jsonpath='{.items[*].metadata.name}'", 'get pods -o custom-columns=N:.metadata.name,S:.status.phase',
  `get pods -o go-template='{{range .items}}{{.metadata.name}} {{end}}'`, 'get all', 'get events', 'get events -o yaml', 'events', 'get endpoints -o yaml',
  'describe pods', 'describe node node-1', 'describe deployment web', 'describe service web', 'logs deploy/web', 'get endpointslices -o yaml',
]) line(text);
const pod = /web-[0-9a-z]+-[0-9a-z]+/.exec(say({ op: 'line', text: 'kubectl get pods -o name' }).join(''))[0];
measure('why pod', { op: 'line', text: `why pod/${pod}` });
measure('save', (i) => ({ op: 'save', id: i }));
measure('complete a pod', (i) => ({ op: 'complete', id: i, text: 'kubectl get pod web-', cursor: 20 }));
process.exit(0);
