import en from './en/regions.json';
import { room } from './say.svelte';

export const say = room('regions', en);
