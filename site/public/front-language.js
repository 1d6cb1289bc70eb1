// Shows the front page in the language of the address, of the person's choice or of their browser before anything is drawn:
// a page in two languages of which one goes away would jump. It chooses as `choose` in src/messages/messages.ts does.
(() => {
  const wishes = [new URLSearchParams(location.search).get('lang'), null, ...navigator.languages];
  try {
    wishes[1] = localStorage.getItem('slipway:lang');
  } catch {
    // A browser that may keep nothing.
  }
  const found = wishes.map((w) => w?.toLowerCase().split('-')[0]).find((l) => l === 'en' || l === 'vi');
  document.documentElement.lang = document.documentElement.dataset.shown = found ?? 'en';
})();
