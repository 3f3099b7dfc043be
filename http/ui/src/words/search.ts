import en from './en/search.json';
import { room } from './say.svelte';

export const say = room('search', en);
