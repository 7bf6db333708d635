import { typesOfEntry } from '../quick-entry/index.ts';
import { rpc } from './base.ts';

const { quickEntry } = rpc;

export const quickEntryRouter = {
  preview: quickEntry.preview.handler(async ({ context, input }) => {
    const { deviceTypes, heavy } = context.host.ready();
    const types = await typesOfEntry(deviceTypes, input.source);
    return heavy.run('previewEntry', { ...input, types });
  }),
  apply: quickEntry.apply.handler(async ({ context, input }) => {
    const { deviceTypes, heavy } = context.host.ready();
    const types = await typesOfEntry(deviceTypes, input.source);
    return heavy.run('applyEntry', { ...input, types });
  }),
};
