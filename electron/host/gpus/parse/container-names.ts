import { harmless } from '../../connections/ssh/index.ts';

/** `4f1c…64 hexadecimal digits… name`, as engines list what runs. */
export function readContainerNames(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) (\S{1,255})$/gm)].map(([, id = '', name = '']) => [
      id,
      harmless(name),
    ]),
  );
}
