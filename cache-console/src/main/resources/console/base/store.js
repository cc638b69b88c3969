// State that several components share.
import { useEffect, useState } from './html.js';

/**
 * A value that components follow.
 * @template T
 */
export class Store {
  /** @param {T} value */
  constructor(value) {
    this.value = value;
    /** @type {Set<(value: T) => void>} */
    this.followers = new Set();
  }

  /** Replaces some members of the value. @param {Partial<T>} changes */
  set(changes) {
    this.value = { ...this.value, ...changes };
    this.followers.forEach((follower) => follower(this.value));
  }
}

/**
 * The value of a store; the component is drawn again when it changes.
 * @template T
 * @param {Store<T>} store
 * @returns {T}
 */
export function useStore(store) {
  const [value, setValue] = useState(store.value);
  useEffect(() => {
    store.followers.add(setValue);
    setValue(store.value);
    return () => void store.followers.delete(setValue);
  }, [store]);
  return value;
}
