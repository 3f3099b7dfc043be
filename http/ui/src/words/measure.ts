import en from './en/measure.json';
import { room } from './say.svelte';

export const say = room('measure', en);
