/** Sessions as files of the person's own, and as text to pass on. */

/** Hands text to the browser as a download. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts text into the clipboard; where that is not allowed, shows it to be copied by hand. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt('', text);
  }
}

/** Asks for a file and reads it; undefined if the person chose none. */
export function pick(accept = '.slipway,.txt,text/plain', most = 8_000_000): Promise<string | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve, reject) => {
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file && file.size > most) reject(new Error(`the file has ${file.size} bytes; at most ${most} are read`));
      else if (file) file.text().then(resolve, reject);
      else resolve(undefined);
    });
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
