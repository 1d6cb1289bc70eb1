/** Lines that are to be typed come alive: each gets a button that puts it into the terminal. */

import type { Messages } from '../messages/messages.js';

/** Puts each line of a block on a line of its own, with its button. */
export function offer(pre: HTMLElement): void {
  const block = document.createElement('div');
  block.className = 'type';
  for (const code of pre.querySelectorAll<HTMLElement>('[data-line]')) {
    const line = document.createElement('div');
    const text = document.createElement('pre');
    text.tabIndex = 0;
    text.append(code);
    keepWords(code);
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['fill'] = '';
    line.append(text, button);
    block.append(line);
  }
  pre.replaceWith(block);
}

/** Says what each button does, in the language of the page. */
export function label(button: HTMLElement, { tryIt }: Messages): void {
  const line = button.parentElement?.querySelector('code')?.textContent?.split('\n')[0] ?? '';
  button.textContent = tryIt;
  button.setAttribute('aria-label', `${tryIt}: ${line}`);
}

/** A word that fits on a line is not broken: --replicas=3 is one, though browsers break it at its hyphens. */
function keepWords(code: HTMLElement): void {
  const parts = (code.textContent ?? '').split(/(\s+)/);
  code.replaceChildren(...parts.map((part) => {
    if (part === '' || /^\s/.test(part)) return part;
    return Object.assign(document.createElement('span'), { className: 'word', textContent: part });
  }));
}
