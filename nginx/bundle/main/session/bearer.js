/**
 * The bearer token of this launch: in memory, and in `sessionStorage` for reloads, as
 * `TOKEN UNTIL`; UNTIL is when it expires, in milliseconds by the browser's own clock.
 *
 * One Welkin tab shares one `sessionStorage` between all Apps and launches of this origin, so
 * the key names the launch. If the browser blocks storage in iframes, it throws; then the token
 * lives only in memory, and a reload uses the cookie.
 */
export class BearerStore {
  /** @type {string | null} */
  #token = null;
  #key;
  #storage;
  #now;

  /**
   * @param {string} launch
   * @param {() => Storage} storage   Called each time, because the getter itself may throw.
   * @param {() => number} now        milliseconds: `Date.now`
   */
  constructor(launch, storage, now) {
    this.#key = `welkin:${launch}:bearer`;
    this.#storage = storage;
    this.#now = now;
  }

  /** @returns {string | null} */
  get() {
    return this.#token ?? this.#try((storage) => storage.getItem(this.#key)?.split(" ")[0] ?? null);
  }

  /**
   * @param {string} token
   * @param {number} seconds   How long it is valid.
   */
  set(token, seconds) {
    this.#token = token;
    this.#try((storage) => storage.setItem(this.#key, `${token} ${Math.ceil(this.#now() + seconds * 1000)}`));
  }

  clear() {
    this.#token = null;
    this.#try((storage) => storage.removeItem(this.#key));
  }

  /** Removes expired tokens of launches whose iframe is gone. */
  sweep() {
    this.#try((storage) => {
      for (const key of Object.keys(storage)) {
        if (!/^welkin:[A-Za-z0-9_-]{22}:bearer$/.test(key) || key === this.#key) continue;
        if (!(Number(storage.getItem(key)?.split(" ")[1]) > this.#now())) storage.removeItem(key);
      }
    });
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
