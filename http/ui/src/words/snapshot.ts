import en from './en/snapshot.json';
import { room } from './say.svelte';

export const say = room('snapshot', en);
