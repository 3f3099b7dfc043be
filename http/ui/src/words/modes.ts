import en from './en/modes.json';
import { room } from './say.svelte';

export const say = room('modes', en);
