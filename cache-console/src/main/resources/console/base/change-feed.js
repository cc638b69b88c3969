// The changes on all servers, live. Browsers open six connections to a service, so one tab holds
// the stream and shares it with the others that follow the same.
import { open } from './api.js';
import { events } from './events.js';
import { API } from './service-address.js';
import { report } from './session.js';
import { token } from './token.js';

/** Another service on the same origin has streams of its own. */
const NAME = `cache-app-changes ${API.pathname}`;
const PAUSE_MILLIS = 5_000;
/** The service says something every two seconds. */
const SILENCE_MILLIS = 20_000;

/**
 * How a feed is doing: `connecting`; `live`: this tab holds the stream; `shared`: another tab holds
 * it; `elsewhere`: another tab holds a stream of other changes; `waiting`: it is asked again soon;
 * `ended`: asking again is of no use.
 * @typedef {'connecting' | 'live' | 'shared' | 'elsewhere' | 'waiting' | 'ended'} FeedState
 */

const HANDOVER_MILLIS = 1_000;
/** When this tab closed a stream that it held. */
let releasedAt = 0;

export class ChangeFeed {
  #abort = new AbortController();

  /** What ends the stream that this tab holds. @type {AbortController | null} */
  #held = null;

  /** @type {BroadcastChannel | null} */
  #channel = null;

  #id = '';

  /** The last `servers` event, for tabs that come later. @type {any} */
  #servers = null;

  /**
   * @param {URL} url of the events
   * @param {{onEvents: (events: {name: string, data: any}[]) => void, onState: (state: FeedState, failure: any) => void}} listener
   */
  constructor(url, listener) {
    this.url = url;
    this.listener = listener;
  }

  /** Follows until close(). */
  async start() {
    this.listener.onState('connecting', null);
    // Pages over plain HTTP from elsewhere have no locks; each of their tabs has a stream of its own.
    if (!navigator.locks) {
      this.#held = new AbortController();
      this.#follow(this.#held.signal);
      return;
    }
    this.#id = await digest(`${this.url.href}\n${token()}`);
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#channel = new BroadcastChannel(NAME);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#channel.postMessage({ isQuestion: true });
    // Another filter in the same tab goes on with the stream that this tab has.
    this.#claim(Date.now() - releasedAt < HANDOVER_MILLIS);
  }

  /** Ends the stream of another tab and begins one here. */
  takeOver() {
    this.#claim(true);
  }

  close() {
    if (this.#held) {
      releasedAt = Date.now();
    }
    this.#abort.abort();
    this.#held?.abort();
    this.#channel?.close();
  }

  /** Waits until no other tab holds a stream. @param {boolean} steal whether that tab must end it now */
  async #claim(steal) {
    const held = new AbortController();
    try {
      await navigator.locks.request(NAME, steal ? { steal } : { signal: this.#abort.signal }, async () => {
        // A lock that is stolen comes even if nobody wants it any more.
        if (this.#abort.signal.aborted) {
          return;
        }
        this.#held?.abort();
        this.#held = held;
        await this.#follow(held.signal);
      });
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        throw failure;
      }
      if (this.#held === held && !this.#abort.signal.aborted) {
        // Another tab took the lock.
        held.abort();
        this.#held = null;
        this.listener.onState('elsewhere', null);
        this.#claim(false);
      }
    }
  }

  /** @param {{isQuestion?: boolean, id?: string, events?: any[], state?: FeedState}} said by another tab */
  #hear(said) {
    if (said.isQuestion) {
      if (this.#held) {
        this.#tell({ state: 'live', events: this.#servers ? [this.#servers] : [] });
      }
      return;
    }
    if (this.#held) {
      return;
    }
    const isSame = said.id === this.#id;
    if (said.state) {
      this.listener.onState(!isSame ? 'elsewhere' : said.state === 'live' ? 'shared' : said.state, null);
    }
    if (isSame && said.events?.length > 0) {
      this.listener.onEvents(said.events);
    }
  }

  /** @param {{state?: FeedState, events?: any[]}} what */
  #tell(what) {
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#channel?.postMessage({ id: this.#id, ...what });
  }

  /** @param {FeedState} state @param {any} failure */
  #enter(state, failure) {
    this.listener.onState(state, failure);
    this.#tell({ state });
  }

  /** Holds the stream, and opens it again when it breaks. @param {AbortSignal} signal */
  async #follow(signal) {
    while (!signal.aborted) {
      let failure = null;
      try {
        await this.#read(signal);
      } catch (problem) {
        failure = problem;
      }
      if (signal.aborted) {
        return;
      }
      if (failure?.status === 401) {
        report(failure);
      }
      if (failure && [400, 401, 403, 404].includes(failure.status)) {
        this.#enter('ended', failure.status === 401 ? null : failure);
        return;
      }
      this.#enter('waiting', failure);
      await pause(Math.max(PAUSE_MILLIS, (failure?.retryAfter ?? 0) * 1000), signal);
    }
  }

  /** One stream to its end. @param {AbortSignal} signal */
  async #read(signal) {
    const silence = new AbortController();
    let timer = 0;
    const listen = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MILLIS);
    };
    try {
      listen();
      const body = await open(this.url, AbortSignal.any([signal, silence.signal]));
      this.#enter('live', null);
      const heard = new TransformStream({ transform: (chunk, controller) => { listen(); controller.enqueue(chunk); } });
      for await (const found of events(body.pipeThrough(heard))) {
        this.#servers = found.findLast((event) => event.name === 'servers') ?? this.#servers;
        this.listener.onEvents(found);
        this.#tell({ events: found });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @param {number} millis @param {AbortSignal} signal ends it early */
function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(undefined); }, { once: true });
  });
}

/** So that no tab sees what the token of another may see. @param {string} text */
async function digest(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
