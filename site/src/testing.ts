/** Samples of the wire and small worlds, for tests only. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NodeItem, Patch, PodItem } from './model.js';
import { decode, type Message } from './wire.js';

const dir = fileURLToPath(new URL('../../testdata/wire/', import.meta.url));

export function sampleNames(prefix: string): readonly string[] {
  return readdirSync(dir).filter((n) => n.startsWith(prefix) && n.endsWith('.json')).sort();
}

export function sampleText(name: string): string {
  return readFileSync(`${dir}${name}`, 'utf8');
}

export function sample(name: string): Message {
  return decode(sampleText(`msg-${name}.json`));
}

export function patchSample(name: string): Patch {
  const message = sample(`patch-${name}`);
  if (message.type !== 'patch') throw new Error(`${name} is a ${message.type}`);
  return message;
}

export function node(name: string): NodeItem {
  return { key: `node/${name}`, name, tone: 'ok', state: 'Ready', text: `node ${name}`, bars: [{ label: 'cpu', used: 1, of: 4, text: '1 of 4' }] };
}

export function pod(name: string, on: number): PodItem {
  return {
    key: `pod/default/${name}`, name, namespace: 'default', node: on, tone: 'ok', shape: 'circle', state: 'Running', ready: '1/1', ip: '',
    text: `pod ${name}`, group: '', hue: -1, steps: [],
  };
}
