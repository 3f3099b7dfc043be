import en from './en/viewer.json';
import { room } from './say.svelte';

export const say = room('viewer', en);
