// Rows of history in words.

import { say } from '../words/about';

export const actionWords = (action: string): string => say.or(`action.${action}`, action);
