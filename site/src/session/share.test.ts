import { expect, test } from 'vitest';
import { isShared, longest, pack, unpack } from './share.js';

const scenario = { name: 'pod', seed: 7 };
const log = (over: object = {}): string =>
  JSON.stringify({ format: 1, engine: '0.1.0', scenario, inputs: [{ at: 5, kind: 'line', text: 'kubectl run máy --image=nginx' }], end: 9, hash: 'ab', ...over });

/** A fragment of any bytes, as an attacker would make it. */
async function fragment(bytes: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const packed = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return `#s=1.${Buffer.from(packed).toString('base64url')}`;
}

test('a log goes into a link and comes out of it, with the lesson’s own scenario', async () => {
  const hash = (await pack(log())) ?? '';
  expect(isShared(hash)).toBe(true);
  expect(hash).toMatch(/^#s=1\.[\w-]+$/);
  expect(JSON.parse(await unpack(hash, scenario))).toEqual(JSON.parse(log()));
  expect(JSON.parse(await unpack(hash, { name: 'other' })).scenario).toEqual({ name: 'other' });
});

test('a scenario that was smuggled in is not the one that is played', async () => {
  const hash = await fragment(log({ scenario: { name: 'evil', nodes: 'all' } }));
  expect(JSON.parse(await unpack(hash, scenario)).scenario).toEqual(scenario);
});

test('other attempts are left out where they do not fit; a session that is too long has no link', async () => {
  const noise = (n: number): string => Array.from({ length: n }, (_, i) => ((i * 2654435761) >>> 0).toString(36)).join('');
  const branches = [{ inputs: [{ at: 1, kind: 'line', text: noise(9000) }], end: 1 }];
  const hash = (await pack(log({ branches }))) ?? '';
  expect(hash.length).toBeLessThan(1000);
  expect(JSON.parse(await unpack(hash, scenario)).branches).toBeUndefined();
  expect(await pack(log({ inputs: branches[0]?.inputs }))).toBeUndefined();
});

test.each([
  ['another version', '#s=2.abc', 'another version'],
  ['characters that are none', '#s=1.<script>', 'damaged'],
  ['bytes that are not compressed', '#s=1.AAAA____', 'damaged'],
  ['a link cut off', '#s=1.q1YqUbJSMlTSUcpLzE', 'damaged'],
  ['too long a link', `#s=1.${'A'.repeat(longest)}`, `at most ${longest}`],
])('%s is refused with the reason', async (_, hash, why) => {
  await expect(unpack(hash, scenario)).rejects.toThrow(why);
});

test('a small link that would become a large log is stopped while it is unpacked', async () => {
  const bomb = await fragment(new Uint8Array(20_000_000).fill(32));
  expect(bomb.length).toBeLessThan(longest);
  await expect(unpack(bomb, scenario)).rejects.toThrow('unpacks to more than');
});

test('what is compressed but no log is refused', async () => {
  await expect(unpack(await fragment('[]'), scenario)).rejects.toThrow('log: not an object');
  await expect(unpack(await fragment('{}'), scenario)).rejects.toThrow('engine: not a string');
  await expect(unpack(await fragment('not JSON'), scenario)).rejects.toThrow();
});
