import type { LookContext } from './look.ts';

export function writeServices(_context: LookContext): void {}
