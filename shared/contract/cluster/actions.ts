import { z } from 'zod';
import { clusterAction } from '../../cluster/actions/action.ts';
import {
  actionDone,
  actionPreview,
  editableObject,
  revision,
} from '../../cluster/actions/preview.ts';
import { objectName } from '../../cluster/object-page.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const context = z.object({ contextId: id });
const asked = context.extend({ action: clusterAction });

/** What a person does to one object of a cluster. Each is tried by the API before it is shown. */
export const actions = {
  preview: procedure.input(asked).output(actionPreview),
  /** Throws CHANGED_SINCE where that is not what was shown. */
  run: procedure.input(asked.extend({ hash: z.string().min(1).max(64) })).output(actionDone),
  /** Of a deployment, a stateful set or a daemon set, newest first. */
  revisions: procedure
    .input(context.extend(objectName.shape))
    .output(z.object({ revisions: z.array(revision) })),
  editable: procedure.input(context.extend(objectName.shape)).output(editableObject),
};
