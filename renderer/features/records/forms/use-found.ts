import { useEffect, useState } from 'react';
import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { useApp } from '../../../app/app-context.ts';

interface Found {
  readonly rows: readonly InventoryRecord[];
  readonly total: number;
  /** What these were found for; null: nothing has come yet. */
  readonly of: string | null;
  readonly failed: boolean;
}

const nothing: Found = { rows: [], total: 0, of: null, failed: false };
/** Between two letters; the last one counts. */
const calmMs = 80;

/** Rows of a kind by a few words, asked of the host while `open`. */
export function useFound(kind: KindName, text: string, open: boolean): Found {
  const { records } = useApp();
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (!open) return;
    const controller = new AbortController();
    const timer = setTimeout(
      () => {
        records
          .find(kind, text.trim(), controller.signal)
          .then(({ rows, total }) => setFound({ rows, total, of: text, failed: false }))
          // One that was overtaken is no failure.
          .catch(
            () => controller.signal.aborted || setFound({ ...nothing, of: text, failed: true }),
          );
      },
      text === '' ? 0 : calmMs,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [records, kind, text, open]);
  return found;
}
