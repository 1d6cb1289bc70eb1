import { expect, test } from 'vitest';
import { address, envelope, fromHost, fromLesson } from './protocol.js';

test.each([
  [{ type: 'hello' }], [{ type: 'theme', theme: 'dark' }], [{ type: 'lang', lang: 'vi' }],
] as const)('%j of the host is read', (message) => {
  expect(fromHost(envelope(message))).toEqual(message);
  expect(fromLesson(envelope(message))).toBeUndefined();
});

test.each([
  [{ type: 'ready', lesson: 'pod', lang: 'en' }], [{ type: 'progress', met: 1, of: 4 }], [{ type: 'goal', id: 'ready', text: 'T' }],
] as const)('%j of the lesson is read', (message) => {
  expect(fromLesson(envelope(message))).toEqual(message);
  expect(fromHost(envelope(message))).toBeUndefined();
});

test.each([
  [null], ['hello'], [{ type: 'hello' }], [{ slipway: 2, type: 'hello' }], [{ slipway: 1, type: 'run', line: 'x' }], [{ slipway: 1, type: 'theme', theme: 'url(x)' }],
  [{ slipway: 1, type: 'lang', lang: '../..' }], [{ slipway: 1, type: 'progress', met: '1', of: 2 }], [{ slipway: 1, type: 'goal', id: 1 }], [[]],
])('%j is no message', (data) => {
  expect([fromHost(data), fromLesson(data)]).toEqual([undefined, undefined]);
});

test('an address leads into the folder of embedded lessons and nowhere else', () => {
  expect(address('https://a.example', 'pod', 'vi', 'dark')).toBe('https://a.example/embed/pod/?lang=vi&theme=dark');
  expect(address('https://a.example', 'pod', '', '')).toBe('https://a.example/embed/pod/');
  expect(address('https://a.example', 'pod', 'a&b=c#d', '')).toBe('https://a.example/embed/pod/?lang=a%26b%3Dc%23d');
  for (const name of ['', '../x', 'a/b', 'A', 'pod?x', '//evil.example']) expect(address('https://a.example', name, '', '')).toBeUndefined();
});
