/** Where a stream from a machine leads to. */
export type ForwardTarget =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string };
