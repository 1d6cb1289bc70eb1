/** The parts of the wire that speak of a machine: used by `wire.ts` alone. */

import { list, num, oneOf, str, texts, type Fields } from './fields.js';
import type { CgroupItem, More, ProcessItem } from './machine.js';
import { shapes, tones } from './model.js';

export function processItem(f: Fields): ProcessItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    key: str(f, 'key'), pid: num(f, 'pid'), inner: num(f, 'inner'), parent: str(f, 'parent'), ns: num(f, 'ns'), level: num(f, 'level'),
    name: str(f, 'name'), args: str(f, 'args'), uid: num(f, 'uid'), state: str(f, 'state'), tone: oneOf(f, 'tone', tones),
    shape: oneOf(f, 'shape', shapes), cgroup: str(f, 'cgroup'), own: texts(f, 'own'),
  };
}

export function cgroupItem(f: Fields): CgroupItem | More {
  if (f['more'] !== undefined) return { key: 'more', more: num(f, 'more') };
  return {
    key: str(f, 'key'), parent: str(f, 'parent'), members: num(f, 'members'), tone: oneOf(f, 'tone', tones), shape: oneOf(f, 'shape', shapes),
    frozen: f['frozen'] === true,
    gauges: list(f, 'gauges', (g) => ({ label: str(g, 'label'), used: num(g, 'used'), of: num(g, 'of'), text: str(g, 'text'), limit: str(g, 'limit') })),
    counts: list(f, 'counts', (c) => ({ label: str(c, 'label'), n: num(c, 'n') })),
  };
}
