import { setFlagsFromString } from 'node:v8';

// Imported first by every entry, since what was grown while the bundle loads stays.
// What was made lately keeps the 2 MiB that it begins with. Else the engine lets it grow to 128 MiB,
// which is more than all that a host holds, and seldom gives any of it back; threads are bound too.
// A call and no argument of Node, since Electron's utility process takes none.
setFlagsFromString('--semi-space-growth-factor=1');
