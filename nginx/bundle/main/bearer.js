/**
 * The bearer token of this launch: in memory, and in `sessionStorage` for reloads.
 *
 * One Welkin tab shares one `sessionStorage` between all Apps and launches of this
 * origin, so the key names the launch. Where the browser blocks storage in iframes it
 * throws; then the token lives in memory alone, and the cookie serves a reload.
 */
export class BearerStore {
  /** @type {string | null} */
  #token = null;
  #key;
  #storage;

  /**
   * @param {string} launch
   * @param {() => Storage} storage   Called anew each time: already the getter may throw.
   */
  constructor(launch, storage) {
    this.#key = `welkin:${launch}:bearer`;
    this.#storage = storage;
  }

  /** @returns {string | null} */
  get() {
    return this.#token ?? this.#try((storage) => storage.getItem(this.#key));
  }

  /** @param {string} token */
  set(token) {
    this.#token = token;
    this.#try((storage) => storage.setItem(this.#key, token));
  }

  clear() {
    this.#token = null;
    this.#try((storage) => storage.removeItem(this.#key));
  }

  /**
   * @template T
   * @param {(storage: Storage) => T} use
   * @returns {T | null}
   */
  #try(use) {
    try {
      return use(this.#storage());
    } catch {
      return null;
    }
  }
}
