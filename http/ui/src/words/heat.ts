import en from './en/heat.json';
import { room } from './say.svelte';

export const say = room('heat', en);
