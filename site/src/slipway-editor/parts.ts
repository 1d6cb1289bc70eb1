/** The parts around the text, as functions of what they show. */

import { html, nothing, type TemplateResult } from 'lit';
import type { EditorMessages } from '../messages/editor.js';
import type { SchemaField } from '../model.js';
import { icon } from '../theme/icons.js';
import type { Change } from './difference.js';
import type { Mark } from './findings.js';

/** A field, and the way to it. */
export interface About {
  readonly path: string;
  readonly field: SchemaField;
}

export function aboutField(about: About | undefined, e: EditorMessages): TemplateResult | string {
  if (!about) return e.about;
  const { path, field } = about;
  return html`<code>${path} &lt;${field.type}&gt;</code>${field.required ? html` <b>${e.required}</b>` : nothing} ${field.text}
    ${field.values.length > 0 ? html`<span>${e.values(field.values.join(', '))}</span>` : nothing}`;
}

/** What is wrong, each a button that goes there. */
export function problems(found: readonly Mark[], e: EditorMessages, go: (m: Mark) => void): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return html`<ul class="found" aria-label=${e.problems(found.length)}>${found.map((m) => html`<li>
    <button type="button" @click=${() => go(m)}><b>${m.line}:${m.column}</b> ${m.text}${m.hint === '' ? nothing : html` <i>${m.hint}</i>`}</button></li>`)}</ul>`;
}

const signs = { '+': 'more', '-': 'less', ' ': '' } as const;

export function diffView(changes: readonly Change[], e: EditorMessages, close: () => void): TemplateResult {
  const lines = changes.map((c) => html`<span class=${signs[c.sign]}>${c.sign}${c.text}${'\n'}</span>`);
  return html`<div class="diff">
    <header><h2>${e.diffTitle}</h2><button type="button" class="btn icon" aria-label=${e.closeDiff} @click=${close}>${icon('close')}</button></header>
    ${lines.length === 0 ? html`<p>${e.same}</p>` : html`<pre tabindex="0" role="region" aria-label=${e.diffTitle}>${lines}</pre>`}
  </div>`;
}

/** What the buttons of the person's own text do. */
export interface DraftDeeds {
  create(event: Event): void;
  open(): void;
  compare(): void;
  apply(): void;
}

/** The buttons over the person's own text; `name` is that of the object on show elsewhere, empty if there is none. */
export function draftTools(kinds: readonly SchemaField[], name: string, can: { readonly run: boolean; readonly open: boolean }, e: EditorMessages, deeds: DraftDeeds): TemplateResult {
  return html`<select aria-label=${e.createLabel} ?disabled=${kinds.length === 0} @change=${deeds.create}>
      <option value="">${e.create}</option>
      ${kinds.map((k) => html`<option value=${k.name}>${k.name}</option>`)}
    </select>
    ${name === '' ? nothing : html`<button type="button" class="btn" ?disabled=${!can.open} @click=${deeds.open}>${e.edit(name)}</button>`}
    <button type="button" class="btn" ?disabled=${!can.run} @click=${deeds.compare}>${e.diff}</button>
    <button type="button" class="btn primary" ?disabled=${!can.run} @click=${deeds.apply}>${icon('send')}${e.apply}</button>`;
}

/** The buttons over an object. */
export function editTools(run: boolean, e: EditorMessages, deeds: { cancel(): void; compare(): void; apply(): void }): TemplateResult {
  return html`<button type="button" class="btn" @click=${deeds.cancel}>${e.cancel}</button>
    <button type="button" class="btn" @click=${deeds.compare}>${e.diff}</button>
    <button type="button" class="btn primary" ?disabled=${!run} @click=${deeds.apply}>${icon('save')}${e.save}</button>`;
}
