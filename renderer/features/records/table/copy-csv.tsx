import { IconClipboardCopy } from '@tabler/icons-react';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { countOf } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import type { App } from '../../../app/app-services.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import type { RecordFilter } from '../record-filter.ts';
import { columnsOf } from './record-columns.tsx';
import { recordsCsv } from './records-csv.ts';

interface Copied {
  readonly filter: RecordFilter;
  readonly columns: readonly string[];
  /** Only these rows; null: all that the filter lets through. */
  readonly ids: ReadonlySet<string> | null;
}

/** The rows with the columns that are seen, in their order, as CSV in the clipboard. */
async function copyCsv({ records, notify }: App, { filter, columns, ids }: Copied): Promise<void> {
  const rows = await records.allRows(filter, ids);
  if (rows === null) return;
  const seen = columnsOf(filter.kind)
    .map(({ id }) => id)
    .filter((id, index) => index === 0 || columns.includes(id));
  try {
    await navigator.clipboard.writeText(recordsCsv(filter.kind, seen, rows));
    notify.done(`Copied ${countOf(kindOf(filter.kind), rows.length)} as CSV.`);
  } catch {
    notify.failed({
      code: 'INTERNAL',
      message: 'The clipboard took nothing.',
      hint: 'Allow this window to use it, or export the rows to a file.',
      data: {},
    });
  }
}

export function CopyAll({ filter, columns }: Omit<Copied, 'ids'>) {
  const app = useApp();
  return (
    <IconButton
      label="Copy all as CSV"
      icon={IconClipboardCopy}
      onClick={() => void copyCsv(app, { filter, columns, ids: null })}
    />
  );
}

export function CopySelected({ filter, columns }: Omit<Copied, 'ids'>) {
  const app = useApp();
  return (
    <Button
      icon={IconClipboardCopy}
      onClick={() => {
        const { selected } = app.records.table(filter.kind).store.getState();
        void copyCsv(app, { filter, columns, ids: selected });
      }}
    >
      Copy as CSV
    </Button>
  );
}
