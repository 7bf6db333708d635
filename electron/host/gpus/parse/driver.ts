import { z } from 'zod';
import { jsonOf } from './amd.ts';

/** What containers need to reach the cards of NVIDIA. */
export interface DriverState {
  /** Of the module that runs, `550.54.14`. */
  readonly loaded: string | null;
  /** Of the module that the next boot loads. */
  readonly installed: string | null;
  /** Cards on the bus, with the driver that holds each; empty: none does. */
  readonly cards: readonly {
    readonly busId: string;
    readonly vendor: string;
    readonly driver: string;
  }[];
}

export function readDriver(text: string): DriverState {
  const find = (shape: RegExp) => shape.exec(text)?.[1] ?? null;
  return {
    loaded: find(/^loaded .*?\b(\d{3,4}\.\d{1,4}(?:\.\d{1,4})?)\b/m),
    installed: find(/^installed (\d{3,4}\.\d{1,4}(?:\.\d{1,4})?)$/m),
    cards: [...text.matchAll(/^card ([0-9a-f:.]{4,20}) (0x[0-9a-f]{4}) ?(\S{0,60})$/gm)].map(
      ([, busId = '', vendor = '', driver = '']) => ({ busId, vendor, driver }),
    ),
  };
}

export interface ToolkitState {
  /** `1.14.3`; null: nvidia-ctk is not there. */
  readonly version: string | null;
  readonly hasRuntime: boolean;
  readonly cdiFiles: readonly string[];
}

export function readToolkit(text: string): ToolkitState {
  return {
    version:
      /^tool nvidia-(?:ctk|container-cli) .*?(\d{1,3}\.\d{1,3}\.\d{1,3})/m.exec(text)?.[1] ?? null,
    hasRuntime: /^tool nvidia-container-runtime\b/m.test(text),
    cdiFiles: [...text.matchAll(/^cdi (\/\S{1,200})$/gm)].map(([, file = '']) => file).slice(0, 20),
  };
}

const engine = z.object({
  version: z.string().max(60).catch(''),
  runtimes: z.record(z.string().max(60), z.unknown()).nullable().catch(null),
  default: z.string().max(60).catch(''),
});

export interface EngineState {
  readonly version: string;
  readonly runtimes: readonly string[];
  readonly defaultRuntime: string;
}

/** Null: the engine did not answer, or this user may not ask it. */
export function readEngine(text: string): EngineState | null {
  const told = engine.safeParse(jsonOf(text));
  if (!told.success || told.data.version === '') return null;
  return {
    version: told.data.version,
    runtimes: Object.keys(told.data.runtimes ?? {}).slice(0, 20),
    defaultRuntime: told.data.default,
  };
}
