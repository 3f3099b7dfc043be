import en from './en/settings.json';
import { room } from './say.svelte';

export const say = room('settings', en);
