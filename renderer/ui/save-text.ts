interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly parts: readonly string[];
}

/** Gives a text to the person as a file, wherever their browser puts such. */
export function saveText({ name, type, parts }: TextFile): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
