import en from './en/rois.json';
import { room } from './say.svelte';

export const say = room('rois', en);
