// Before anything is painted: the theme that was chosen, else the system's.
(() => {
  const chosen = localStorage.getItem('troupe.theme');
  const light = matchMedia('(prefers-color-scheme: light)').matches;
  const theme = ['dark', 'light', 'dim'].includes(chosen ?? '') ? chosen : light ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
})();
