/**
 * Marks whatever stands for an object, in any view: elements that carry its key in `data-key`.
 *
 * It is an attribute of its own and not part of a template, so that pointing at something draws nothing anew.
 */

export function showMark(root: ParentNode, before: string, key: string): void {
  if (before !== '' && before !== key) for (const el of of(root, before)) el.removeAttribute('data-marked');
  if (key !== '') for (const el of of(root, key)) el.setAttribute('data-marked', '');
}

function of(root: ParentNode, key: string): NodeListOf<Element> {
  return root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
}
