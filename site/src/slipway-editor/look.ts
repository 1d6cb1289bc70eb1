/** CodeMirror in the page's colours: all of them are tokens, so dark and light come by themselves. */

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--slipway-accent)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--slipway-busy)' },
  { tag: tags.comment, color: 'var(--slipway-ink-soft)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: 'var(--slipway-ink-soft)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword], color: 'var(--slipway-hue-2)' },
]);

const box = { border: '1px solid var(--slipway-line-strong)', borderRadius: '8px', backgroundColor: 'var(--slipway-surface)', color: 'var(--slipway-ink)', boxShadow: 'var(--slipway-shadow)' };

export const look = [
  syntaxHighlighting(highlight),
  EditorView.theme({
    '&': { height: '100%', color: 'var(--slipway-ink)', backgroundColor: 'var(--slipway-raised)', fontSize: '13px' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--slipway-mono)', lineHeight: '1.5' },
    '.cm-content': { caretColor: 'var(--slipway-ink)', padding: '6px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--slipway-ink)', borderLeftWidth: '2px' },
    '.cm-gutters': { backgroundColor: 'var(--slipway-raised)', color: 'var(--slipway-ink-soft)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--slipway-accent-soft) 45%, transparent)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--slipway-accent-soft)' },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--slipway-accent-soft)', outline: '1px solid var(--slipway-accent)' },
    '.cm-tooltip': box,
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--slipway-mono)', fontSize: '12.5px', maxHeight: '14em' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', minHeight: '24px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--slipway-accent)', color: 'var(--slipway-on-accent)' },
    '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--slipway-ink-soft)' },
    'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
    '.cm-tooltip.cm-completionInfo': { ...box, maxWidth: '320px', padding: '6px 10px', fontFamily: 'var(--slipway-font)', fontSize: '12.5px' },
    '.cm-tooltip-hover': { maxWidth: '380px', padding: '6px 10px', fontSize: '12.5px', lineHeight: '1.4' },
    '.cm-tooltip-lint': { padding: '0' },
    '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--slipway-font)' },
    '.cm-diagnostic-error': { borderLeft: '4px solid var(--slipway-bad)' },
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--slipway-bad)', textUnderlineOffset: '3px' },
    '.cm-lint-marker-error': { content: 'none', width: '10px', height: '10px', margin: '5px 2px', borderRadius: '50%', backgroundColor: 'var(--slipway-bad)' },
  }),
];
