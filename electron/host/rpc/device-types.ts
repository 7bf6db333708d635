import { rpc } from './base.ts';

const { deviceTypes } = rpc;

export const deviceTypesRouter = {
  list: deviceTypes.list.handler(({ context, input }) =>
    context.host.ready().deviceTypes.list(input),
  ),
  get: deviceTypes.get.handler(({ context, input }) => context.host.ready().deviceTypes.get(input)),
  take: deviceTypes.take.handler(({ context, input }) =>
    context.host.ready().deviceTypes.take(input),
  ),
  export: deviceTypes.export.handler(({ context, input }) =>
    context.host.ready().deviceTypes.export(input),
  ),
  importPreview: deviceTypes.importPreview.handler(({ context, input }) =>
    context.host.ready().heavy.run('previewTypes', input),
  ),
  import: deviceTypes.import.handler(({ context, input }) =>
    context.host.ready().heavy.run('importTypes', input),
  ),
  createDevice: deviceTypes.createDevice.handler(async ({ context, input }) => {
    const { deviceTypes: types, heavy } = context.host.ready();
    return heavy.run('createDevice', { ...input, type: await types.chosen(input.type) });
  }),
  applyPreview: deviceTypes.applyPreview.handler(async ({ context, input }) => {
    const { deviceTypes: types, heavy } = context.host.ready();
    return heavy.run('previewApply', { ...input, type: await types.chosen(input.type) });
  }),
  apply: deviceTypes.apply.handler(async ({ context, input }) => {
    const { deviceTypes: types, heavy } = context.host.ready();
    return heavy.run('applyType', { ...input, type: await types.chosen(input.type) });
  }),
};
