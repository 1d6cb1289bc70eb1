/** What the editor tells the page. */

interface Details {
  /** A command line is to be run. */
  'slipway-command': { readonly text: string };
  /** Something a command would have said, had it been run. */
  'slipway-said': { readonly text: string };
  /** An object is no longer edited: it was saved, or not. */
  'slipway-edited': undefined;
  /** The object of a key is to be edited. */
  'slipway-edit': { readonly key: string };
}

type EditorEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends EditorEvents {}
}

export function editorEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
