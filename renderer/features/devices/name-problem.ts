/** As long as a host name may be. */
const longest = 253;

/** Why a device cannot be called that, else null. */
export function nameProblem(name: string): string | null {
  const text = name.trim();
  if (text === '') return 'A device needs a name.';
  if (text.length <= longest) return null;
  return `A name has ${longest} characters at most; this one has ${text.length}.`;
}
