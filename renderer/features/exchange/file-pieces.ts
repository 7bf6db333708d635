import { pieceBytes } from '../../../shared/contract/exchange.ts';

/** The parts of a file, one after the other, as base64. Throws where the file cannot be read any more. */
export async function* piecesOf(file: Blob): AsyncGenerator<{ piece: string; sent: number }> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    const part = file.slice(at, at + pieceBytes);
    yield { piece: await base64Of(part), sent: Math.min(at + pieceBytes, file.size) };
  }
}

function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(part);
  });
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
