import en from './en/state.json';
import { room } from './say.svelte';

export const say = room('state', en);
