import en from './en/shelf.json';
import { room } from './say.svelte';

export const say = room('shelf', en);
