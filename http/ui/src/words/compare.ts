import en from './en/compare.json';
import { room } from './say.svelte';

export const say = room('compare', en);
