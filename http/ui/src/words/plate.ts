import en from './en/plate.json';
import { room } from './say.svelte';

export const say = room('plate', en);
