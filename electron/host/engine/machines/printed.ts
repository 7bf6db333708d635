/** Bytes of one line of script: shells read lines of any length, people and logs do not. */
const pieceBytes = 4_096;

/**
 * Commands of sh that print these bytes. `printf` is part of the shell, so that the content stands on no
 * command line and needs no tool.
 */
export function printed(content: Buffer): string {
  if (content.length === 0) return ':';
  const lines: string[] = [];
  for (let at = 0; at < content.length; at += pieceBytes)
    lines.push(`printf '${escaped(content.subarray(at, at + pieceBytes))}'`);
  return lines.join(' &&\n');
}

function escaped(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte);
    const plain = byte >= 32 && byte < 127 && letter !== "'" && letter !== '\\' && letter !== '%';
    text += plain ? letter : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  // A first minus would be taken for an option.
  return text.startsWith('-') ? `\\055${text.slice(1)}` : text;
}
