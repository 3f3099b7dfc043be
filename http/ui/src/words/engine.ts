import en from './en/engine.json';
import { room } from './say.svelte';

export const say = room('engine', en);
