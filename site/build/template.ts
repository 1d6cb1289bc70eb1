/** Fills a page's placeholders. Pure. */

/** Replaces each `{{name}}`; a name without a value is an error, so that no page goes out half filled. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{([a-z-]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`page template: nothing for {{${name}}}`);
    return value;
  });
}

/** What the pages may load: their own files, and wasm. Nothing inline, nothing from elsewhere. */
export const csp = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
