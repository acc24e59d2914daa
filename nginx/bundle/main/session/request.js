/**
 * An answer from the App's own server.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, unknown> | null} json   null if it is not a JSON object: an
 *   error page of an intermediary, for example.
 * @property {number | null} retryAfter              seconds
 */

/**
 * Sends a request to the App's own server. It never throws.
 *
 * @param {object} options
 * @param {typeof fetch} options.fetch
 * @param {string} options.url
 * @param {"GET" | "POST"} options.method
 * @param {string | null} options.bearer
 * @param {unknown} [options.body]          sent as JSON, unless undefined
 * @param {number} options.timeout          milliseconds
 * @param {AbortSignal | undefined} [options.signal]
 * @returns {Promise<Answer | null>} null without a complete answer
 */
export async function request({ fetch, url, method, bearer, body, timeout, signal }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (bearer !== null) headers["X-Welkin-Session"] = bearer;
  /** @type {RequestInit} */
  const init = { method, headers, cache: "no-store", credentials: "same-origin", redirect: "error" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }

  const abort = new AbortController();
  const stop = () => abort.abort();
  const timer = setTimeout(stop, timeout);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    const response = await fetch(url, { ...init, signal: abort.signal });
    const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
    return {
      status: response.status,
      json: parseObject(await response.text()),
      retryAfter: Number.isFinite(seconds) ? seconds : null,
    };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | null}
 */
function parseObject(text) {
  try {
    const json = JSON.parse(text);
    return typeof json === "object" && json && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}
