// machine.mjs WASM EXEC prints how long command lines take on a machine, in the engine for lessons about one, as a page's worker runs it:
// from the line to the last message, its text read, with the picture of what has changed. Then the same beside 1,000 cgroups and as many
// processes as the machine takes.
import { load } from './engine.mjs';

const { say, drawn, measure, started } = await load(process.argv[2], process.argv[3], 10);
drawn({ op: 'open', scenario: { name: 'lines', seed: 1, machine: true, steps: [] } });
console.log(`line from the engine's bytes to a prompt of a machine: ${started().toFixed(0)} ms`);

const line = (name, text) => measure(name, { op: 'line', text });
const texts = [
  'ps', 'ls -l /bin', 'hostname', 'cat /proc/self/status', 'mount', 'lsns', 'ip addr', 'capsh --print', 'unshare --pid --fork --mount-proc ps',
  'mkdir /d; rmdir /d', 'ps | grep sh | wc -l',
];
for (const text of texts) line(text, text);
measure('save', (i) => ({ op: 'save', id: i }));
measure('complete a command', (i) => ({ op: 'complete', id: i, text: 'un', cursor: 2 }));

/** Lets a line come to its end. */
function run(text) {
  drawn({ op: 'line', text });
  for (let i = 0; i < 2000 && drawn({ op: 'tick', ms: 50 }).every((m) => !m.includes('"busy":false')); i++);
}
run('i=0; while [ $i -lt 1000 ]; do mkdir /sys/fs/cgroup/c$i; i=$((i + 1)); done');
run('i=0; while [ $i -lt 10000 ]; do sleep 100000 & i=$((i + 1)); done');
const count = /"text":"(\d+)\\n"/.exec(say({ op: 'line', text: 'ls -d /proc/[0-9]* | wc -l' }).join(''))?.[1];
for (let i = 0; i < 20; i++) drawn({ op: 'tick', ms: 50 });
for (const text of ['hostname', 'mkdir /d; rmdir /d', 'ls /sys/fs/cgroup | wc -l']) line(`${text}, beside ${count} processes and 1,000 cgroups`, text);
measure(`50 ms that pass, beside ${count} processes`, { op: 'tick', ms: 50 });
process.exit(0);
