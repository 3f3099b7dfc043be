import en from './en/undo.json';
import { room } from './say.svelte';

export const say = room('undo', en);
