// Keys that work on every page. Typing in a field is never a command.

import { layout } from '../state/layout.svelte';
import { router } from '../state/router.svelte';
import { session } from '../state/session.svelte';
import { undo } from '../state/undo.svelte';
import { uploads } from '../state/uploads.svelte';

/// Whether a key press belongs to a field, a menu or a dialog.
export function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return true;
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at instanceof HTMLInputElement) return at.type !== 'range' && at.type !== 'checkbox';
  return at.isContentEditable || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
}

let lead = -Infinity;

export function globalKeys(event: KeyboardEvent): void {
  if (event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    layout.paletteOpen = true;
    return;
  }
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && /^[zy]$/i.test(event.key) && !isTyping(event)) {
    event.preventDefault();
    void (event.shiftKey || event.key.toLowerCase() === 'y' ? undo.again() : undo.back());
    return;
  }
  if (isTyping(event) || command || event.altKey) return;
  if (event.target instanceof HTMLElement && event.target.closest('[role="menu"], [role="tree"]')) return;
  const afterG = event.timeStamp - lead < 1200;
  lead = event.key === 'g' ? event.timeStamp : -Infinity;
  if (afterG && event.key === 'h') router.go('/');
  else if (afterG && event.key === 'i') uploads.open = true;
  else if (afterG && event.key === 'j') router.go('/jobs');
  else if (afterG && event.key === 't') router.go('/trash');
  else if (afterG && event.key === 's' && session.admin) router.go('/admin/status');
  else if (event.key === '?') layout.helpOpen = true;
  else if (event.key === '[') layout.toggleTree();
  else if (event.key === ']') layout.toggleDetails();
}
