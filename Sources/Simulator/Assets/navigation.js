// @ts-check
// Moves between the host's pages by replacing <main>, so that an open App stays open.

/** @type {() => void} */
let changed = () => {};
let latest = 0;

/**
 * Follows the host's own links and the browser's history.
 * @param {() => void} callback called after every page change
 */
export function follow(callback) {
  changed = callback;
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || link.origin !== location.origin) return;
    event.preventDefault();
    show(link.pathname);
  });
  addEventListener('popstate', () => show(location.pathname, { remember: false }));
}

/**
 * Shows a page of the host.
 * @param {string} path
 * @param {{remember?: boolean, mustExist?: boolean}} options whether to add the page to the history,
 *   and whether to stay here rather than show the host's error page
 * @returns {Promise<boolean>} whether the page is now on screen
 */
export async function show(path, { remember = true, mustExist = false } = {}) {
  const call = ++latest;
  let page;
  try {
    const answer = await fetch(path, { headers: { Accept: 'text/html' } });
    if (mustExist && !answer.ok) return false;
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    location.assign(path);
    return false;
  }
  if (call !== latest) return false;
  const main = page.querySelector('main');
  const side = page.querySelector('nav');
  if (!main || !side) {
    location.assign(path);
    return false;
  }
  document.querySelector('main')?.replaceWith(main);
  document.querySelector('nav')?.replaceWith(side);
  document.title = page.title;
  if (remember) history.pushState(null, '', path + location.hash);
  main.focus({ preventScroll: true });
  changed();
  return true;
}
