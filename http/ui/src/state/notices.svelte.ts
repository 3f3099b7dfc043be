// Short messages in a corner, read aloud by screen readers.

export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
  link?: { href: string; text: string };
}

class Notices {
  list = $state<Notice[]>([]);
  #last = 0;

  say(text: string, tone: Notice['tone'] = 'plain', link?: Notice['link']): void {
    const id = ++this.#last;
    this.list.push({ id, tone, text, ...(link ? { link } : {}) });
    setTimeout(() => this.drop(id), tone === 'bad' ? 12000 : 6000);
  }

  drop(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
