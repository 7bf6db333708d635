import { createEngines, type Engines, type EnginesNeeds } from './engines/index.ts';
import { createEngineLive, type EngineLive } from './live/index.ts';

export interface ContainersNeeds extends EnginesNeeds {
  readonly report: (error: unknown) => void;
}

/** Container engines and all that is in them. */
export interface Containers {
  readonly engines: Engines;
  readonly live: EngineLive;
  close(): Promise<void>;
}

export function createContainers(needs: ContainersNeeds): Containers {
  const engines = createEngines(needs);
  const { clientOf } = engines;
  const live = createEngineLive({ clientOf, report: needs.report });
  engines.onForget((id) => live.drop(id));
  return {
    engines,
    live,
    async close() {
      await live.close();
      engines.close();
    },
  };
}
