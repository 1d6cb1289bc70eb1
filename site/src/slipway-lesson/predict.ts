/** A prediction come alive: its choices are buttons, and the answer unfolds once one is chosen. */

import type { Messages } from '../messages/messages.js';

/** Makes buttons of the choices, once. */
export function enliven(box: HTMLElement): void {
  for (const item of box.querySelectorAll<HTMLElement>('[data-choice]')) {
    if (item.querySelector('button')) continue;
    const button = document.createElement('button');
    button.type = 'button';
    const text = document.createElement('span');
    text.append(...item.childNodes);
    const mark = document.createElement('span');
    mark.className = 'mark';
    button.append(text, mark);
    item.append(button);
  }
}

/** Shows what was chosen, if anything, and then what is right. */
export function show(box: HTMLElement, chosen: number | undefined, t: Messages): void {
  const right = Number(box.dataset['predict']);
  box.dataset['answered'] = String(chosen !== undefined);
  for (const [i, item] of [...box.querySelectorAll<HTMLElement>('[data-choice]')].entries()) {
    const is = verdict(i, chosen, right);
    item.dataset['is'] = is;
    item.querySelector('button')?.setAttribute('aria-pressed', String(i === chosen));
    const mark = item.querySelector('.mark');
    if (mark) mark.textContent = words(is, i === chosen, t);
  }
}

/** What a choice turned out to be. */
export function verdict(choice: number, chosen: number | undefined, right: number): '' | 'right' | 'wrong' {
  if (chosen === undefined) return '';
  if (choice === right) return 'right';
  return choice === chosen ? 'wrong' : '';
}

function words(is: '' | 'right' | 'wrong', chosen: boolean, t: Messages): string {
  if (is === '') return '';
  return [...(chosen ? [t.predictChosen] : []), ...(is === 'right' ? [t.predictIsRight] : [])].join(', ');
}
