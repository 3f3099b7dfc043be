// Whether the server can be reached. Reads wait here until it can.

import { alive, hooks } from '../api/client';

const soonest = 1000;
const latest = 15000;

class Connection {
  online = $state(true);
  /// Seconds until the next try, for the bar.
  nextTry = $state(0);
  #waiting: (() => void)[] = [];
  #wait = soonest;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    hooks.lost = (signal) => this.#lose(signal);
    hooks.reached = () => {
      if (!this.online) this.#back();
    };
    addEventListener('online', () => {
      if (!this.online) void this.tryNow();
    });
  }

  async tryNow(): Promise<void> {
    clearInterval(this.#clock);
    this.nextTry = 0;
    if (await alive()) this.#back();
    else this.#later();
  }

  #lose(signal?: AbortSignal): Promise<void> {
    if (this.online) {
      this.online = false;
      this.#wait = soonest;
      this.#later();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')), { once: true });
    });
  }

  #later(): void {
    clearInterval(this.#clock);
    this.nextTry = Math.round(this.#wait / 1000);
    this.#wait = Math.min(latest, this.#wait * 2);
    this.#clock = setInterval(() => {
      this.nextTry -= 1;
      if (this.nextTry <= 0) void this.tryNow();
    }, 1000);
  }

  #back(): void {
    clearInterval(this.#clock);
    this.online = true;
    for (const go of this.#waiting.splice(0)) go();
  }
}

export const connection = new Connection();
