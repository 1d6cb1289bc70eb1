import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { following } from './theme.js';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

function colours(selector: string): readonly string[] {
  const from = css.indexOf(`${selector} {`);
  expect(from, selector).toBeGreaterThan(-1);
  return css.slice(from, css.indexOf('}', from)).split('\n').map((l) => l.trim()).filter((l) => l.startsWith('--'));
}

test('dark is the same dark, by the system or by choice', () => {
  const chosen = colours(":root[data-theme='dark']");
  expect(chosen.length).toBeGreaterThan(20);
  expect(colours(":root:not([data-theme='light'])")).toEqual(chosen);
});

test('themes go round', () => {
  expect([following('auto'), following('light'), following('dark')]).toEqual(['light', 'dark', 'auto']);
});
