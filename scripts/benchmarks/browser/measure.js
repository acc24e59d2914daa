// Runs first in every document of the App's iframe. Reports once, through the binding
// `benchReport`, when the page has painted and has left its loading state: the times of the first
// paint and of being usable, in milliseconds since the epoch.
(() => {
  if (window.top === window.self) return;
  const seen = { state: null, firstPaint: null, usable: null };

  function report() {
    if (seen.usable !== null && seen.firstPaint !== null) benchReport(JSON.stringify(seen));
  }

  function look() {
    const state = document.body?.dataset.state;
    if (!state || state === 'loading') return;
    observer.disconnect();
    seen.state = state;
    // Usable is when it is on the screen: after the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => {
      seen.usable = performance.timeOrigin + performance.now();
      report();
    }));
  }

  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] });
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-paint')[0];
    if (!paint) return;
    seen.firstPaint = performance.timeOrigin + paint.startTime;
    report();
  }).observe({ type: 'paint', buffered: true });
})();
