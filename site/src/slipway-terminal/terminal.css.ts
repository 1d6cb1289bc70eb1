import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
    background: var(--slipway-term);
    color: var(--slipway-term-ink);
  }
  :focus-visible {
    outline-color: var(--slipway-term-focus);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 38px;
    padding: 3px 14px;
    border-bottom: 1px solid var(--slipway-term-line);
    background: var(--slipway-term-bar);
  }
  header h2 {
    margin-right: auto;
    color: var(--slipway-term-soft);
  }
  .btn {
    min-height: 28px;
    border-color: var(--slipway-term-line);
    background: transparent;
    color: var(--slipway-term-ink);
    font-size: 12.5px;
  }
  .btn:hover:not(:disabled) {
    background: var(--slipway-term-line);
    border-color: var(--slipway-term-soft);
  }
  .btn.stop {
    border-color: var(--slipway-term-err);
    color: var(--slipway-term-err);
  }
  .keys {
    display: none;
    gap: 6px;
    padding: 6px 14px;
    border-top: 1px solid var(--slipway-term-line);
    background: var(--slipway-term-bar);
  }
  .keys .btn {
    flex: 1 1 0;
    min-height: 40px;
    font-family: var(--slipway-mono);
  }
  @media (pointer: coarse) {
    .keys {
      display: flex;
      position: sticky;
      bottom: 0;
    }
  }
  .scroll {
    flex: 1 1 auto;
    min-height: 0;
    overflow: auto;
    padding: 8px 14px 10px;
    font: 13px/1.5 var(--slipway-mono);
    scrollbar-color: var(--slipway-term-line) transparent;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    white-space: pre;
  }
  /* Only what is on show is laid out; where that is not known all of it is, which takes longer. */
  .piece {
    display: block;
    width: max-content;
    min-width: 100%;
    content-visibility: auto;
  }
  li.command {
    margin-top: 6px;
    font-weight: 600;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  li.command:first-child {
    margin-top: 0;
  }
  li.err {
    color: var(--slipway-term-err);
    white-space: pre-wrap;
  }
  li.note,
  .welcome {
    color: var(--slipway-term-soft);
    font-family: var(--slipway-font);
    white-space: pre-wrap;
  }
  .welcome {
    margin: 0 0 4px;
  }
  .prompt {
    color: var(--slipway-term-prompt);
    font-weight: 600;
    white-space: pre;
  }
  form {
    display: flex;
    align-items: flex-start;
    margin-top: 6px;
  }
  form .prompt {
    padding-top: 2px;
  }
  textarea {
    flex: 1 1 auto;
    min-width: 0;
    min-height: 24px;
    padding: 2px 4px;
    margin: 0 4px 0 -4px;
    border: 0;
    border-radius: 4px;
    background: transparent;
    color: var(--slipway-term-ink);
    caret-color: var(--slipway-term-prompt);
    font: inherit;
    resize: none;
    overflow: auto hidden;
    white-space: pre;
    scrollbar-width: none;
  }
  /* Where the line can grow it is wrapped, so that all of a command can be read before it runs. */
  @supports (field-sizing: content) {
    textarea {
      field-sizing: content;
      max-height: 14lh;
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  }
  textarea.many {
    overflow: auto;
    background: var(--slipway-term-bar);
    box-shadow: inset 2px 0 0 var(--slipway-term-prompt);
    padding-left: 10px;
    margin-left: 0;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--slipway-term-soft);
    opacity: 1;
  }
  textarea:focus-visible {
    outline: none;
    box-shadow: inset 0 -2px 0 var(--slipway-term-prompt);
  }
  textarea.many:focus-visible {
    box-shadow: inset 2px 0 0 var(--slipway-term-prompt), 0 0 0 1px var(--slipway-term-prompt);
  }
  .hint {
    margin: 4px 0 0;
    font: 12px/1.4 var(--slipway-font);
    color: var(--slipway-term-soft);
  }
  .offer {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-height: 116px;
    margin: 6px 0 0;
    overflow: auto;
  }
  .offer button {
    min-height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--slipway-term-line);
    border-radius: 6px;
    background: var(--slipway-term-bar);
    color: var(--slipway-term-ink);
    font: 12.5px var(--slipway-mono);
    cursor: pointer;
  }
  .offer button.on {
    border-color: var(--slipway-term-prompt);
    color: var(--slipway-term-prompt);
  }
  .offer.words {
    display: grid;
    grid-template-columns: 1fr;
    gap: 0;
    max-height: 190px;
  }
  .offer.words button {
    display: grid;
    grid-template-columns: minmax(12ch, max-content) 1fr;
    gap: 14px;
    border-color: transparent;
    background: none;
    text-align: left;
  }
  .offer.words button:hover {
    background: var(--slipway-term-line);
  }
  .offer small {
    margin-left: 6px;
    font-family: var(--slipway-font);
    color: var(--slipway-term-soft);
  }
  @media (max-width: 899px) {
    textarea {
      font-size: 16px; /* below this, phones zoom into the page */
    }
    .scroll {
      max-height: 60vh;
      min-height: 180px;
    }
  }
`;
