import { type Ending, mostHops } from './trace.ts';

/** Why a branch of a trace ends, in a sentence. */
export const endingWords: Readonly<Record<Ending, string>> = {
  connected: 'Connected.',
  'no-cable': 'No cable is plugged in here.',
  'open-end': 'The other end of this cable is plugged in nowhere.',
  'no-rear': 'This front port leads to no rear port.',
  'no-front': 'No front port leads here at this position.',
  'no-lane': 'This cable has no end on that lane.',
  circle: 'From here it goes round in a circle.',
  'too-long': `Given up after ${mostHops} cables.`,
};
