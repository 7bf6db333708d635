const digits = 12;

/** Numbers in names in their order: `pi-2` before `pi-10`. */
export function sortText(text: string): string {
  return text.toLowerCase().replace(/\d{1,12}/g, (number) => number.padStart(digits, '0'));
}
