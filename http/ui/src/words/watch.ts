import en from './en/watch.json';
import { room } from './say.svelte';

export const say = room('watch', en);
