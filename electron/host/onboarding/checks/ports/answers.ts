import type { Part } from '../../../facts/index.ts';

export type Listening = 'own' | 'taken' | 'no';
export type Tried = 'open' | 'other' | 'refused' | 'silent' | 'failed';

/** What a machine listens on for us, by `PORT/PROTOCOL`; `tools`: whether anything there can. */
export interface ListenAnswer {
  readonly ports: ReadonlyMap<string, { readonly how: Listening; readonly why: string }>;
  readonly tools: boolean;
}

/** How attempts went, by `HOST/PORT/PROTOCOL`. */
export interface TryAnswer {
  readonly tries: ReadonlyMap<string, { readonly how: Tried; readonly why: string }>;
  readonly tools: boolean;
}

/** No machine is asked for more. */
const mostLines = 2_000;

/** Lines of `listen`, as they come. */
export function readListening(lines: readonly string[]): ListenAnswer {
  const ports = new Map<string, { how: Listening; why: string }>();
  for (const line of lines.slice(0, mostLines)) {
    const told = /^listen (\d{1,5}\/(?:tcp|udp)) (own|taken|no)\b ?(.{0,200})/.exec(line);
    // The pattern has these three words.
    if (told?.[1]) ports.set(told[1], { how: told[2] as Listening, why: told[3] ?? '' });
  }
  return { ports, tools: !lines.includes('no-tool') };
}

export function readTries(part: Part | undefined): TryAnswer {
  const tries = new Map<string, { how: Tried; why: string }>();
  const lines = (part?.text ?? '').split('\n').slice(0, mostLines);
  for (const line of lines) {
    const told =
      /^try ([\w.:%-]{1,255}\/\d{1,5}\/(?:tcp|udp)) (open|other|refused|silent|failed)\b ?(.{0,200})/.exec(
        line,
      );
    if (told?.[1] && !tries.has(told[1])) {
      // The pattern has these five words.
      tries.set(told[1], { how: told[2] as Tried, why: (told[3] ?? '').trim() });
    }
  }
  return { tries, tools: !lines.some((line) => line.trim() === 'no-tool') };
}
