import type { CensusGap } from '../../../../shared/cluster/census/census.ts';
import { matchNodes } from '../../../../shared/cluster/drift/match-nodes.ts';
import type { Answers } from '../../../../shared/cluster/questions/answers.ts';
import type { KnownMachine } from '../../../../shared/cluster/questions/machine-class.ts';
import { answerQuestions } from '../../../../shared/cluster/questions/questions.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import { type Censuses, inSlices } from '../census/index.ts';
import { nodeDevices } from '../drift/index.ts';

export interface Answered {
  /** When the cluster was read, UTC milliseconds. */
  readonly readAt: number;
  readonly gaps: CensusGap[];
  readonly answers: Answers;
}

/** The questions of whoever owns the rack; shapes as shared/contract/cluster/questions.ts has them. */
export interface Questions {
  ask(
    asked: { readonly contextId: string; readonly fresh: boolean },
    signal: AbortSignal,
  ): Promise<Answered>;
}

export function createQuestions({
  db,
  censuses,
}: {
  readonly db: Database;
  readonly censuses: Censuses;
}): Questions {
  return {
    async ask({ contextId, fresh }, signal) {
      const census = await censuses.of(contextId, { fresh, signal });
      const candidates = await inSlices(nodeDevices(db, census.nodes), signal);
      const { byNode } = matchNodes(census.nodes, { candidates, members: [] });
      const machines = new Map(
        [...byNode].flatMap(([node, { deviceId }]) => {
          const machine = machineOf(db, deviceId);
          return machine === null ? [] : [[node, machine] as const];
        }),
      );
      const answers = await inSlices(answerQuestions(census, machines), signal);
      return { readAt: census.at, gaps: [...census.gaps], answers };
    },
  };
}

function machineOf({ tables }: Database, deviceId: string): KnownMachine | null {
  const device = tables.devices.get(deviceId);
  if (device === undefined) return null;
  const sort = { field: null, descending: false };
  const where = [{ field: 'device', value: deviceId }];
  const { total } = tables.records.ids(kindOf('gpu'), {
    words: [],
    where,
    sort,
    offset: 0,
    limit: 1,
  });
  return { kind: device.kind, gpus: total };
}
