import en from './en/closer.json';
import { room } from './say.svelte';

export const say = room('closer', en);
