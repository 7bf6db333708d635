import { formatResource } from '../quantity.ts';
import { said, spelled } from '../status.ts';
import type { Container, ContainerEnd } from './pod.ts';

/** What the numbers mean that shells and kernels give. */
const exits: Readonly<Record<number, string>> = {
  1: 'an error of its own',
  2: 'wrong usage, or an error of its own',
  125: 'the container runtime failed',
  126: 'its command cannot be run: no permission, or not a program',
  127: 'its command was not found',
  128: 'the container could not be started',
  129: 'ended by SIGHUP',
  130: 'interrupted by SIGINT',
  132: 'an instruction that this processor does not have (SIGILL)',
  134: 'it aborted itself (SIGABRT)',
  135: 'a bus error (SIGBUS)',
  136: 'an arithmetic error (SIGFPE)',
  137: 'killed by SIGKILL',
  139: 'a memory fault (SIGSEGV)',
  141: 'nobody read what it wrote (SIGPIPE)',
  143: 'ended by SIGTERM',
  255: 'an error of its own, or its state was lost',
};

/** What a code means to whoever knows nothing else of it; undefined: nothing in general. */
export function exitMeaning(code: number): string | undefined {
  return exits[code];
}

/** `ended with code 137: killed, since it took more memory than its limit of 256 MiB`. */
export function exitText(end: ContainerEnd, container: Container | undefined): string {
  if (end.reason === 'OOMKilled') {
    const limit = container?.resources.limits.memory;
    const than =
      limit === undefined ? 'there was' : `its limit of ${formatResource('memory', limit)}`;
    return `ended with code ${end.exitCode}: killed, since it took more memory than ${than}`;
  }
  if (end.exitCode === 0) return 'ended without an error';
  const message = said(end.message);
  const odd = !['', 'Error', 'Completed'].includes(end.reason) ? spelled(end.reason) : '';
  const meant = exits[end.exitCode] ?? signalText(end) ?? odd;
  const detail = [meant, message].filter((part) => part !== '').join('; ');
  return `ended with code ${end.exitCode}${detail === '' ? '' : `: ${detail}`}`;
}

function signalText({ exitCode, signal }: ContainerEnd): string | undefined {
  const number = signal > 0 ? signal : exitCode > 128 && exitCode < 193 ? exitCode - 128 : 0;
  return number === 0 ? undefined : `ended by signal ${number}`;
}
