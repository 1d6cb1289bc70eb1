// Sets the colours a person chose, or the address asks for, before anything is drawn. See src/theme/theme.ts.
(() => {
  let theme = new URLSearchParams(location.search).get('theme');
  try {
    theme ??= localStorage.getItem('slipway:theme');
  } catch {
    // A frame that may keep nothing.
  }
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
})();
