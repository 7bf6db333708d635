interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly parts: readonly string[];
}

/** Gives a text to the person as a file, wherever their browser puts such. */
export function saveText({ name, type, parts }: TextFile): void {
  save(name, new Blob([...parts], { type }));
}

interface BytesFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export function saveBytes({ name, type, base64 }: BytesFile): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  save(name, new Blob([bytes], { type }));
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
