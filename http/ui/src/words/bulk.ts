import en from './en/bulk.json';
import { room } from './say.svelte';

export const say = room('bulk', en);
