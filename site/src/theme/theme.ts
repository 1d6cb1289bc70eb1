/** Light, dark, or as the system has it. `public/theme.js` sets it before anything is drawn; this changes it. */

export type Theme = 'auto' | 'light' | 'dark';

export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

const key = 'slipway:theme';

export function theme(): Theme {
  const set = document.documentElement.dataset['theme'];
  return themes.find((t) => t === set) ?? 'auto';
}

export function setTheme(to: Theme): void {
  if (to === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = to;
}

export function keepTheme(to: Theme): void {
  try {
    if (to === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, to);
  } catch {
    // Forbidden or full: it lasts as long as the page.
  }
}

/** The theme that follows. */
export function following(t: Theme): Theme {
  return themes[(themes.indexOf(t) + 1) % themes.length] ?? 'auto';
}
