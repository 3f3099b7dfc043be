// Rows of history in words.

const words: Record<string, string> = {
  create: 'Made',
  import: 'Imported',
  change: 'Changed',
  link: 'Put somewhere',
  unlink: 'Taken out',
  delete: 'Deleted',
  restore: 'Restored',
  purge: 'Purged',
  move: 'Moved to another group',
  give: 'Given away',
  join: 'Joined a group',
  leave: 'Left a group',
  cancel: 'Cancelled',
  revoke: 'Revoked',
  'save-settings': 'Settings saved',
  'paste-settings': 'Settings pasted',
  'change-password': 'Password changed',
  'act-as': 'Acted as somebody',
  'make-token': 'Token made',
  'make-reset-link': 'Reset link made',
};

export const actionWords = (action: string): string => words[action] ?? action;
