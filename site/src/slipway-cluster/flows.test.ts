import { expect, test } from 'vitest';
import type { ServiceItem, TrafficItem } from '../model.js';
import { node, patchSample, pod } from '../testing.js';
import { flows } from './flows.js';
import { layout } from './layout.js';

const service = patchSample('traffic').services.set[0]?.[1];
const stream = patchSample('traffic').traffic.add[0]?.[1];

function drawn(stream: TrafficItem, services: readonly ServiceItem[]) {
  const pods = ['web-5c46fcf579-hhm46', 'web-5c46fcf579-wlkf8', 'client'].map((n) => pod(n, 0));
  return flows(layout(800, [node('node-1')], pods, services), [stream]);
}

test('requests go from outside to the Service and on to each pod that got some', () => {
  if (!service || !stream) throw new Error('the sample has no stream');
  const list = drawn(stream, [service]);
  expect(list.map((f) => [f.key, f.tone, f.count])).toEqual([
    ['traffic/web in', 'warn', 20],
    ['traffic/web pod/default/web-5c46fcf579-hhm46', 'ok', 10],
    ['traffic/web pod/default/web-5c46fcf579-wlkf8', 'ok', 8],
  ]);
  for (const f of list) expect(f.path).not.toContain('NaN');
});

test('a client inside the cluster is where they begin', () => {
  if (!service || !stream) throw new Error('the sample has no stream');
  const outside = drawn(stream, [service])[0]?.path;
  expect(drawn({ ...stream, fromPod: 'pod/default/client' }, [service])[0]?.path).not.toBe(outside);
});

test('what stands still, or is not in the picture, is not drawn', () => {
  if (!service || !stream) throw new Error('the sample has no stream');
  expect(drawn({ ...stream, lastEnded: 0 }, [service])).toEqual([]);
  expect(drawn({ ...stream, pods: [{ key: 'pod/default/gone', ended: 5, ok: 5 }] }, [])).toEqual([]);
});
