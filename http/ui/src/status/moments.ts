// Times of day with their thousandths, as one compares them with a log.

import { speech } from '../words/say.svelte';

export const timeOfDay = (ms: number): string =>
  new Intl.DateTimeFormat(speech.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(ms);
