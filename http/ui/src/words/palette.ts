import en from './en/palette.json';
import { room } from './say.svelte';

export const say = room('palette', en);
