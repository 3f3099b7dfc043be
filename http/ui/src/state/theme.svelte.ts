// Light, dark, or dim red for dark rooms; kept in this browser. public/theme.js applies it
// before the first paint.

export type Theme = 'system' | 'dark' | 'light' | 'dim';
export const themes: Theme[] = ['system', 'dark', 'light', 'dim'];

const light = matchMedia('(prefers-color-scheme: light)');

function kept(): Theme {
  const value = localStorage.getItem('troupe.theme') as Theme | null;
  return value !== null && themes.includes(value) ? value : 'system';
}

class ThemeChoice {
  chosen = $state<Theme>(kept());

  constructor() {
    light.addEventListener('change', () => this.#apply());
  }

  choose(theme: Theme): void {
    this.chosen = theme;
    if (theme === 'system') localStorage.removeItem('troupe.theme');
    else localStorage.setItem('troupe.theme', theme);
    this.#apply();
  }

  #apply(): void {
    const shown = this.chosen === 'system' ? (light.matches ? 'light' : 'dark') : this.chosen;
    document.documentElement.dataset.theme = shown;
  }
}

export const theme = new ThemeChoice();
