import en from './en/print.json';
import { room } from './say.svelte';

export const say = room('print', en);
