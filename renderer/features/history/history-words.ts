import {
  type Icon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFileImport,
  IconPencil,
  IconRadar2,
  IconTerminal2,
} from '@tabler/icons-react';
import type { ChangeSet } from '../../../shared/model/history.ts';

/** By what way a change came. */
export const sourceWords: Readonly<Record<ChangeSet['source'], { label: string; icon: Icon }>> = {
  app: { label: 'In the app', icon: IconPencil },
  cli: { label: 'On the command line', icon: IconTerminal2 },
  import: { label: 'Import', icon: IconFileImport },
  facts: { label: 'Facts', icon: IconRadar2 },
  undo: { label: 'Undo', icon: IconArrowBackUp },
  redo: { label: 'Redo', icon: IconArrowForwardUp },
};
