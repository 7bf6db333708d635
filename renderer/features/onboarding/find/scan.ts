import type { ScanEvent } from '../../../../shared/onboarding/finding.ts';
import { commandFailure } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import type { Failure } from '../../../rpc/failure.ts';

export interface Scan {
  readonly prefixId: string;
  readonly state: 'running' | 'ended';
  readonly done: number;
  readonly total: number;
  readonly found: readonly Extract<ScanEvent, { type: 'found' }>[];
  readonly failure: Failure | null;
}

/** What an event of the scan makes of it. */
export function withScanEvent(scan: Scan, event: ScanEvent): Scan {
  switch (event.type) {
    case 'progress':
      return { ...scan, done: event.done, total: event.total };
    case 'found':
      return { ...scan, found: [...scan.found, event] };
    case 'ended':
      return { ...scan, state: 'ended', done: event.tried };
  }
}

/** One scan at a time; leaving its stream ends it on the host. */
export function createScan(client: Client, tell: (scan: Scan) => void) {
  let leave = new AbortController();
  return {
    async begin(prefixId: string): Promise<void> {
      leave.abort();
      leave = new AbortController();
      const { signal } = leave;
      let scan: Scan = { prefixId, state: 'running', done: 0, total: 0, found: [], failure: null };
      const set = (next: Scan) => {
        scan = next;
        if (leave.signal === signal) tell(scan);
      };
      set(scan);
      try {
        const events = await client.onboarding.scan({ prefixId, consent: true }, { signal });
        for await (const event of events) set(withScanEvent(scan, event));
        set({ ...scan, state: 'ended' });
      } catch (error) {
        set({ ...scan, state: 'ended', failure: signal.aborted ? null : commandFailure(error) });
      }
    },
    end: () => leave.abort(),
  };
}
