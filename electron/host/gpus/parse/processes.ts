import { containerOfCgroup } from '../../../../shared/gpus/container-of-cgroup.ts';
import type { GpuProcess } from '../../../../shared/gpus/gpu-reading.ts';
import { modelOfCommand } from '../../../../shared/gpus/model-of-command.ts';
import { bytesOf, mebibyte } from './cells.ts';

/** No machine has more that matter; a list without an end is none. */
const most = 500;

interface About {
  readonly cgroup: string[];
  readonly argument: string[];
  readonly comm: string[];
}

/** Rows of `--query-compute-apps`, and the lines about each process below them. */
export function readNvidiaProcesses(text: string): GpuProcess[] {
  const lines = text.split('\n');
  const about = readAbout(lines);
  const seen = new Set<string>();
  return lines
    .flatMap((line) => {
      const [, gpuKey, digits, said = '', memory] =
        /^(GPU-[\w-]{1,100}|MIG-[\w-]{1,100}), *(\d{1,10}), *(.*), *([^,]*)$/.exec(line) ?? [];
      const pid = Number(digits);
      const name = `${gpuKey} ${digits}`;
      if (gpuKey === undefined || !(pid > 0) || seen.has(name)) return [];
      seen.add(name);
      return [{ gpuKey, pid, memoryBytes: bytesOf(memory, mebibyte), ...of(about.get(pid), said) }];
    })
    .slice(0, most);
}

/** `4711 cgroup 0::/system.slice/docker-….scope`, `4711 argument --model`, `4711 comm python3`. */
export function readAbout(lines: readonly string[]): ReadonlyMap<number, About> {
  const about = new Map<number, About>();
  for (const line of lines) {
    const [, digits, what, value = ''] =
      /^(\d{1,10}) (cgroup|argument|comm) (.*)$/.exec(line) ?? [];
    if (digits === undefined || about.size > most) continue;
    const pid = Number(digits);
    const one = about.get(pid) ?? { cgroup: [], argument: [], comm: [] };
    about.set(pid, one);
    if (what === 'cgroup' || what === 'argument' || what === 'comm') one[what].push(value);
  }
  return about;
}

/** What is told of a process, and what its arguments say of a model; they themselves go no further. */
function of(
  about: About | undefined,
  said: string,
): Pick<GpuProcess, 'name' | 'container' | 'server' | 'model'> {
  const argv = about?.argument ?? [];
  const place = containerOfCgroup(about?.cgroup ?? []);
  const program = (argv[0] ?? said).split(' ')[0]?.split('/').at(-1) ?? '';
  return {
    name: (program || about?.comm[0] || said || 'unknown').slice(0, 200),
    container: place && { ...place, name: null },
    ...modelOfCommand(argv.length > 0 ? argv : [said]),
  };
}
