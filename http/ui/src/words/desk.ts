import en from './en/desk.json';
import { room } from './say.svelte';

export const say = room('desk', en);
