import en from './en/admin.json';
import { room } from './say.svelte';

export const say = room('admin', en);
