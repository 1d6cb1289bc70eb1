/** A command that reads a text, as a person types it. Pure. */

/** The command with the text behind it. The word that ends the text is one that is not in it. */
export function heredoc(command: string, text: string): string {
  const lines = text.replace(/\n*$/, '').split('\n');
  let word = 'EOF';
  for (let n = 1; lines.includes(word); n++) word = `EOF${n}`;
  return `${command} <<'${word}'\n${lines.join('\n')}\n${word}`;
}
