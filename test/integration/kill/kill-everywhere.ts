import type { Rack } from '../../rack/index.ts';
import {
  isOneOfMany,
  killOnNode,
  type NodeCase,
  nameOfCase,
  nodeCases,
  readyNode,
} from './node-kill.ts';
import type { NodeScenario } from './node-scenario.ts';

/** `npm run test:slow`: all ends of all phases. Else one end of one phase. */
export const isWhole = process.env.RACKHELM_SLOW === '1';
const sample: NodeCase = { point: 'middle', call: 2, powerCut: true, next: 'undo' };
const mostCalls = 12;
/** Only points whose name matches, say `^undo`. */
const wanted = new RegExp(process.env.RACKHELM_KILLS ?? '');

/** Kills a host at each point of one phase, and says how often, what failed and what was never met. */
export async function killEverywhere(rack: Rack, scenario: NodeScenario, scratch: string) {
  const ready = await readyNode(rack, scenario, scratch);
  const failed: string[] = [];
  const unmet: NodeCase[] = [];
  /** How many a phase makes, as soon as that was found out by the points between them. */
  const calls = new Map<boolean, number>();
  let killed = 0;
  const kill = async (each: NodeCase): Promise<boolean> => {
    try {
      const met = await killOnNode(ready, each);
      if (met) killed += 1;
      if (met && killed % 10 === 0) process.stdout.write(`${scenario.name}: ${killed} so far.\n`);
      if (!met && each.call === 1) unmet.push(each);
      return met;
    } catch (error) {
      failed.push(`${nameOfCase(each)}: ${String(error)}`);
      process.stdout.write(`${scenario.name}, ${failed.at(-1)}\n`);
      return true;
    }
  };
  const cases = nodeCases().filter(({ point }) => wanted.test(point));
  for (const each of isWhole ? cases : [sample]) {
    const undoing = each.point.startsWith('undo');
    const many = isWhole && isOneOfMany(each.point);
    const last = many ? (calls.get(undoing) ?? mostCalls) : each.call;
    for (let { call } = each; call <= last; call += 1) {
      const met = await kill({ ...each, call });
      // Where one call is not made there are no later ones; one that was too quick may be followed.
      if (met || !each.point.endsWith('middle')) continue;
      calls.set(undoing, call - 1);
      break;
    }
  }
  return { killed, failed, unmet };
}
