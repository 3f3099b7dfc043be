import en from './en/suggest.json';
import { room } from './say.svelte';

export const say = room('suggest', en);
