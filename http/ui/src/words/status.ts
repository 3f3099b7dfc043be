import en from './en/status.json';
import { room } from './say.svelte';

export const say = room('status', en);
