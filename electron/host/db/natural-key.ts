/** A key that sorts `pi-2` before `pi-10`: lower case, digits after their own count. */
export function naturalKey(text: string): string {
  return text.toLowerCase().replaceAll(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '');
    return `${String(significant.length).padStart(3, '0')}${significant}`;
  });
}
