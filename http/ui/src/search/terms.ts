// The words of a search, as the server takes them apart: by blanks that no quotes hold.

export interface Term {
  text: string;
  start: number;
  end: number;
}

export function termsOf(words: string): Term[] {
  return [...words.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/// The term that is being typed; an empty one after a blank.
export const termAt = (words: string, caret: number): Term =>
  termsOf(words).find(({ start, end }) => start < caret && caret <= end) ?? { text: '', start: caret, end: caret };

export const quoted = (text: string): string => (/[\s":=<>]/.test(text) ? `"${text.replaceAll('"', '')}"` : text);

export const without = (words: string, { start, end }: Term): string =>
  `${words.slice(0, start).trimEnd()} ${words.slice(end).trimStart()}`.trim();
