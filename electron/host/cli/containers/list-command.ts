import type { TableWindow } from '../../../../shared/cluster/table.ts';
import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import { isErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { Installation } from '../../installation.ts';
import { clusterTable } from '../cluster/cluster-live-text.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import {
  type ContainersSession,
  type EngineOptions,
  engineNamed,
  withContainers,
} from './containers-session.ts';

export interface ListOptions extends EngineOptions {
  readonly wide?: true;
  readonly limit: number;
}

interface Asked {
  readonly kind: EngineKind;
  readonly words: readonly string[];
}

const pageRows = 500;

/** `rackhelm containers list` and its like. */
export function listOfEngine(
  installation: Installation,
  asked: Asked,
  options: ListOptions,
): Promise<void> {
  return withContainers(installation, options, async (session) => {
    const { id, name } = engineNamed(session.containers, options.engine);
    const found = await readRows(session, { engineId: id, asked, limit: options.limit });
    const { standing, total, rows, columns } = found;
    if (standing.state === 'failed') {
      const { code, why, hint } = standing;
      throw new RackhelmError(isErrorCode(code) ? code : 'DOCKER_FAILED', why, { hint });
    }
    if (options.json) printJson({ engine: { id, name }, kind: asked.kind, total, standing, rows });
    else if (rows.length > 0) {
      const how = { now: Date.now(), wide: options.wide === true, spaces: 'PROJECT' };
      print(clusterTable({ columns, rows }, how));
    } else tell('There are none.\n');
    if (total > rows.length) tell(`${rows.length} of ${total}; --limit shows more.\n`);
  });
}

async function readRows(
  { containers, signal }: ContainersSession,
  { engineId, asked, limit }: { engineId: string; asked: Asked; limit: number },
): Promise<TableWindow> {
  const column = asked.kind === 'containers' ? 'namespace' : 'name';
  const query = {
    ...{ engineId, kind: asked.kind, search: asked.words.join(' ') },
    ...{ namespaces: [], levels: [], where: [] },
    sort: { column, descending: false },
  };
  const page = (offset: number) =>
    containers.live.list({ ...query, offset, limit: Math.min(pageRows, limit - offset) }, signal);
  const first = await page(0);
  const rows = [...first.rows];
  while (rows.length < Math.min(limit, first.total)) {
    const next = await page(rows.length);
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { ...first, rows };
}
