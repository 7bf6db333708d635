import type { KubeClient } from '../connections/kubernetes/index.ts';
import type { Database } from '../db/index.ts';
import { createCensuses } from './census/index.ts';
import { createDrift, type Drift } from './drift/index.ts';
import { createQuestions, type Questions } from './questions/index.ts';

/** What is told of a cluster from one reading of it, beside the inventory. */
export interface Compare {
  readonly drift: Drift;
  readonly questions: Questions;
  close(): void;
}

export function createCompare({
  db,
  clientOf,
}: {
  readonly db: Database;
  readonly clientOf: (contextId: string) => Pick<KubeClient, 'list'>;
}): Compare {
  const censuses = createCensuses({ clientOf });
  return {
    drift: createDrift({ db, censuses }),
    questions: createQuestions({ db, censuses }),
    close: () => censuses.close(),
  };
}
