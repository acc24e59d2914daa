// Runs first in every document of the App's iframe. Reports, through the binding `benchReport`,
// once, when the page has painted and has left its loading state: the times of the first paint
// and of being usable, in milliseconds since the epoch. And from then on, how long each
// interaction took until its next paint (Event Timing, in steps of 8 ms, from 16 ms).
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
  new PerformanceObserver((list) => {
    for (const { interactionId, name, duration } of list.getEntries()) {
      if (interactionId) benchReport(JSON.stringify({ interaction: name, duration }));
    }
  }).observe({ type: 'event', durationThreshold: 16 });
})();
