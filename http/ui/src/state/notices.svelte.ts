// Short messages in a corner, read aloud by screen readers.

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
  link?: { href: string; text: string };
  act?: { text: string; run: () => void };
  /// Of work under way; such a notice stays until the work has ended.
  fraction?: number;
}

class Notices {
  list = $state<Notice[]>([]);
  #last = 0;

  say(text: string, tone: Notice['tone'] = 'plain', link?: Notice['link']): void {
    this.#show({ tone, text, ...(link ? { link } : {}) }, tone === 'bad' ? 12000 : 6000);
  }

  /// Says what was done, with a way to take it back. @returns its id.
  offer(text: string, button: string, run: () => void): number {
    return this.#show({ tone: 'plain', text, act: { text: button, run } }, 12000);
  }

  /// Tells of work under way.
  begin(text: string, act: Notice['act']): { reach: (fraction: number) => void; end: () => void } {
    const id = ++this.#last;
    this.list.push({ id, tone: 'plain', text, fraction: 0, ...(act ? { act } : {}) });
    return {
      reach: (fraction) => {
        const notice = this.list.find((one) => one.id === id);
        if (notice) notice.fraction = fraction;
      },
      end: () => this.drop(id),
    };
  }

  #show(notice: Omit<Notice, 'id'>, milliseconds: number): number {
    const id = ++this.#last;
    this.list.push({ id, ...notice });
    setTimeout(() => this.drop(id), milliseconds);
    return id;
  }

  drop(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
