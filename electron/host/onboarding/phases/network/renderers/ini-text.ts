/** One section of an ini file as it stands, its heading included; the first may have none. */
export interface IniSection {
  /** `Network`; null: what stands before the first heading. */
  readonly name: string | null;
  readonly lines: readonly string[];
}

/** Cuts a text; put together again it is the same. */
export function sectionsOf(text: string): IniSection[] {
  const sections: { name: string | null; lines: string[] }[] = [{ name: null, lines: [] }];
  for (const line of text.split('\n')) {
    const name = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (name === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ name, lines: [line] });
  }
  return sections;
}

export function iniText(sections: readonly IniSection[]): string {
  return sections.flatMap(({ lines }) => lines).join('\n');
}

/** `Key=value` of a line; comments and the rest are null. */
export function pairOf(line: string): { readonly key: string; readonly value: string } | null {
  const [, key, value] = /^\s*([A-Za-z0-9_.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  return key === undefined || value === undefined ? null : { key, value };
}

export function valuesOf(section: IniSection, key: string): string[] {
  return section.lines.flatMap((line) => {
    const pair = pairOf(line);
    return pair?.key === key ? [pair.value] : [];
  });
}

/**
 * A section without the lines that `drop` takes, and with these instead: where the first of them stood, or
 * at its end, before the empty lines there.
 */
export function replaced(
  section: IniSection,
  drop: (pair: { readonly key: string; readonly value: string }) => boolean,
  lines: readonly string[],
): IniSection {
  const isOld = (line: string) => {
    const pair = pairOf(line);
    return pair !== null && drop(pair);
  };
  const first = section.lines.findIndex(isOld);
  const kept = section.lines.filter((line) => !isOld(line));
  let at = first;
  if (first === -1) {
    at = kept.length;
    while (at > 1 && kept[at - 1]?.trim() === '') at -= 1;
  }
  return { ...section, lines: [...kept.slice(0, at), ...lines, ...kept.slice(at)] };
}
