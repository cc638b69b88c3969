// Not a module, so that it runs before the first paint: a dark page must not flash white.
document.documentElement.dataset.theme = localStorage.getItem('cache-app-theme') ?? 'system';
