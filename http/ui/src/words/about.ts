import en from './en/about.json';
import { room } from './say.svelte';

export const say = room('about', en);
