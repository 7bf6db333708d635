import { storageTree } from '../storage/index.ts';
import { rpc } from './base.ts';

const { storage } = rpc;

export const storageRouter = {
  tree: storage.tree.handler(({ context, input }) =>
    storageTree(context.host.ready().database, input),
  ),
};
