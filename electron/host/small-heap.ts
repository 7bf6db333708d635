import { setFlagsFromString } from 'node:v8';

// Imported first by every entry, since room that grew while the bundle loads stays. Calls and no
// arguments of Node, since Electron's utility process takes none; threads are bound too.

// What was made lately keeps the 2 MiB that it begins with. Else the engine lets it grow to 128 MiB,
// which is more than all that a host holds, and seldom gives any of it back.
setFlagsFromString('--semi-space-growth-factor=1');
