// What the page says, in the language chosen. Each room of the page has a catalogue: the
// English one comes with the room, another language's are loaded together, before the first
// paint. A word is a text with {places}, or its plural forms by Intl.PluralRules of {n}.

type Forms = { one: string; other: string };
type Word = string | Forms;
type Catalogue = Record<string, Word>;
type Values = Record<string, string | number>;

export const languages = { en: 'English', de: 'Deutsch' };
export type Language = keyof typeof languages;

const keptAs = 'troupe.language';
const known = (name: string | null | undefined): name is Language => name != null && name in languages;

function wished(): Language {
  const kept = localStorage.getItem(keptAs);
  if (known(kept)) return kept;
  return navigator.languages.map((one) => one.slice(0, 2)).find(known) ?? 'en';
}

class Speech {
  language = $state<Language>('en');
  others = $state.raw<Record<string, Catalogue>>({});

  /// Loads what is missing, then changes every word at once.
  async speak(language: Language): Promise<void> {
    this.others = language === 'en' ? {} : (await import('./de')).rooms;
    this.language = language;
    document.documentElement.lang = language;
  }

  async choose(language: Language): Promise<void> {
    localStorage.setItem(keptAs, language);
    await this.speak(language);
  }

  /// As kept in this browser, else as the browser's user wishes.
  start(): Promise<void> {
    return this.speak(wished());
  }
}

export const speech = new Speech();

const shown = (value: string | number): string =>
  typeof value === 'number' ? new Intl.NumberFormat(speech.language).format(value) : value;

function filled(word: Word, values: Values): string {
  const n = Number(values.n);
  const text =
    typeof word === 'string'
      ? word
      : word[new Intl.PluralRules(speech.language).select(n) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? shown(values[name]!) : place));
}

/// The voice of one room: say('key') or say('key', { n: 3 }). `say.or` is for what others name,
/// which may have no word here.
export function room<English extends Catalogue>(name: string, english: English) {
  const say = (key: keyof English & string, values: Values = {}): string =>
    filled(speech.others[name]?.[key] ?? english[key]!, values);
  const or = (key: string, otherwise: string, values: Values = {}): string =>
    key in english ? say(key, values) : otherwise;
  return Object.assign(say, { or });
}
