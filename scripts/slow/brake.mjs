// A brake for processes: lets them run only a part of each few milliseconds, so that all their threads, a page's and its workers',
// are slower alike. Runs as a worker thread; the browser's own throttling slows the page and not its workers.
//
// Messages: { pids, part } with `part` between 0 and 1; part 1 lets go.
import { parentPort } from 'node:worker_threads';

const period = 40;
let state = { pids: [], part: 1 };
parentPort.on('message', (next) => {
  signal('SIGCONT');
  state = next;
});

function signal(name) {
  for (const pid of state.pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (;;) {
  if (state.part >= 1 || state.pids.length === 0) {
    await pause(period);
    continue;
  }
  signal('SIGCONT');
  await pause(period * state.part);
  signal('SIGSTOP');
  await pause(period * (1 - state.part));
  signal('SIGCONT');
}
