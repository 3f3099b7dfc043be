// Short messages in a corner, read aloud by screen readers.

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
  link?: { href: string; text: string };
  act?: { text: string; run: () => void };
}

class Notices {
  list = $state<Notice[]>([]);
  #last = 0;

  say(text: string, tone: Notice['tone'] = 'plain', link?: Notice['link']): void {
    this.#show({ tone, text, ...(link ? { link } : {}) }, tone === 'bad' ? 12000 : 6000);
  }

  /// Says what was done, with a way to take it back.
  offer(text: string, button: string, run: () => void): void {
    this.#show({ tone: 'plain', text, act: { text: button, run } }, 12000);
  }

  #show(notice: Omit<Notice, 'id'>, milliseconds: number): void {
    const id = ++this.#last;
    this.list.push({ id, ...notice });
    setTimeout(() => this.drop(id), milliseconds);
  }

  drop(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
