import en from './en/parts.json';
import { room } from './say.svelte';

export const say = room('parts', en);
