import en from './en/sheet.json';
import { room } from './say.svelte';

export const say = room('sheet', en);
