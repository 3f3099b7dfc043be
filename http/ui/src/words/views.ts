import en from './en/views.json';
import { room } from './say.svelte';

export const say = room('views', en);
