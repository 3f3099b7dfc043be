import en from './en/arrive.json';
import { room } from './say.svelte';

export const say = room('arrive', en);
