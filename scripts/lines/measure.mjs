// measure.mjs WASM EXEC prints how long command lines take at 1,000 pods in the engine that is shipped, as a page's worker runs it:
// from the line to the last message, its text read.
import { load } from './engine.mjs';

const { say, drawn, measure } = await load(process.argv[2], process.argv[3], 50);

say({ op: 'open', scenario: { name: 'lines', seed: 1, nodes: Array.from({ length: 20 }, (_, i) => ({ name: `node-${i + 1}` })), start: '', steps: [] } });
say({ op: 'line', text: 'kubectl create deployment web --image=nginx --replicas=1000' });
say({ op: 'line', text: 'kubectl expose deployment web --port=80' });
for (let s = 0; s < 120; s++) drawn({ op: 'tick', ms: 1000 });

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
