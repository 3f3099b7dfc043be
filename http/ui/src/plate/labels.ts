// Names of rows and columns.

/// @param naming  "letter" or "number"
/// @param index   from 0. @returns "A" ... "Z", "AA" ..., or "1" ...
export function labelOf(naming: string, index: number): string {
  if (naming !== 'letter') return String(index + 1);
  let text = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    text = String.fromCharCode(65 + (rest % 26)) + text;
  }
  return text;
}
